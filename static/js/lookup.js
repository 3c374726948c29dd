// A text that finds one record among very many becomes a combobox: the server answers options, the keys choose one.
// What was chosen stands in the hidden mark beside the text as "key|title"; without this module the server compares titles.

const WAIT_MS = 150;
const words = document.getElementById("announcer").dataset;
let timer = 0;
let running = null;

const boxOf = (element) => element?.closest?.("[data-lookup]");
const part = (box, name) => box.querySelector(`[data-lookup-${name}]`);
const options = (box) => [...part(box, "list").querySelectorAll('[role="option"]:not([aria-disabled])')];
const chosen = (box) => part(box, "list").querySelector('[aria-selected="true"]');
const isOpen = (box) => !part(box, "list").hidden;
const say = (text) => document.dispatchEvent(new CustomEvent("implementor:say", { detail: { text } }));

function enhance(box) {
  const text = part(box, "text");
  if (text.getAttribute("role") === "combobox") return;
  const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": part(box, "list").id };
  Object.entries(states).forEach(([name, value]) => text.setAttribute(name, value));
}

function mark(box, option) {
  chosen(box)?.setAttribute("aria-selected", "false");
  const text = part(box, "text");
  if (!option) return text.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.id ||= `${part(box, "list").id}_${options(box).indexOf(option)}`;
  text.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function show(box, open) {
  part(box, "list").hidden = !open;
  part(box, "text").setAttribute("aria-expanded", String(open));
  if (open) part(box, "list").classList.toggle("opens-up", hasNoRoom(box));
  else mark(box, null);
}

function hasNoRoom(box) {
  const { top, bottom } = box.getBoundingClientRect();
  const high = part(box, "list").offsetHeight;
  return bottom + high > window.innerHeight && top > high;
}

function close(box) {
  clearTimeout(timer);
  running?.abort();
  show(box, false);
}

async function load(box) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const asked = part(box, "text").value.trim();
  const address = new URL(box.dataset.lookupUrl, location.origin);
  address.searchParams.set("q", asked);
  try {
    const answer = await fetch(address, { signal, headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new TypeError(answer.statusText);
    const found = await answer.text();
    if (signal.aborted || !box.isConnected) return;
    const fixed = asked ? "" : (part(box, "fixed")?.innerHTML ?? "");
    part(box, "list").innerHTML = fixed + found;
    show(box, true);
    const count = options(box).length;
    say(count ? words.found.replace("{count}", count) : words.none);
  } catch (error) {
    if (error.name === "AbortError") return;
    close(box);
    say(words.lost);
  }
}

function choose(box, option) {
  const text = part(box, "text");
  const hidden = part(box, "mark");
  text.value = option.dataset.title;
  hidden.value = `${option.dataset.key}|${option.dataset.title}`;
  box.parentElement.querySelectorAll(`[type="radio"][name="${CSS.escape(hidden.name)}"]`).forEach((radio) => { radio.checked = false; });
  close(box);
  // the form hears of it by the mark, for the text alone says too little
  hidden.dispatchEvent(new Event("input", { bubbles: true }));
  hidden.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("focusin", (event) => {
  const box = boxOf(event.target);
  if (box && event.target.matches("[data-lookup-text]")) enhance(box);
});

document.addEventListener("input", (event) => {
  const box = boxOf(event.target);
  if (!box || !event.target.matches("[data-lookup-text]")) return;
  part(box, "mark").value = "";
  clearTimeout(timer);
  timer = setTimeout(load, WAIT_MS, box);
});

function step(box, by) {
  if (!isOpen(box)) return load(box);
  const all = options(box);
  const present = all.indexOf(chosen(box));
  if (all.length) mark(box, all[(present < 0 && by < 0 ? all.length - 1 : present + by + all.length) % all.length]);
}

// Before others hear the key: Escape closes the list, not the form, and Enter chooses before it sends.
document.addEventListener("keydown", (event) => {
  const box = boxOf(event.target);
  if (!box || !event.target.matches("[data-lookup-text]") || event.isComposing || event.ctrlKey || event.metaKey) return;
  const option = isOpen(box) ? chosen(box) : null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(box, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && option) {
    event.preventDefault();
    event.stopPropagation();
    choose(box, option);
  } else if (event.key === "Escape" && isOpen(box)) {
    event.preventDefault();
    event.stopPropagation();
    close(box);
  } else if (event.key === "Tab" && option) {
    choose(box, option);
  }
}, { capture: true });

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-lookup-list]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const option = event.target.closest('[data-lookup-list] [role="option"]:not([aria-disabled])');
  if (option) choose(boxOf(option), option);
  else if (event.target.matches("[data-lookup-text]") && !isOpen(boxOf(event.target))) load(boxOf(event.target));
});

document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && !box.contains(event.relatedTarget)) close(box);
});
