// While somebody types a name after @, the people who can be named are offered below the text; the keys choose one.
// Without this module a name that is typed whole does the same.

const WAIT_MS = 150;
const TYPED = /(?:^|[^\p{L}\p{N}_@/.])@((?:[\p{L}\p{N}_][\p{L}\p{N}_'’.-]*(?: [\p{L}\p{N}_'’.-]*){0,3})?)$/u;
const words = document.getElementById("announcer").dataset;
let timer = 0;
let running = null;
let nobody = null; // what was asked in vain: more letters find nobody either

const isText = (element) => element?.matches?.("textarea[data-mention-url]");
const listOf = (text) => document.getElementById(`${text.id}_people`);
const options = (list) => [...list.querySelectorAll('[role="option"]')];
const chosen = (list) => list.querySelector('[aria-selected="true"]');
const say = (sentence) => document.dispatchEvent(new CustomEvent("implementor:say", { detail: { text: sentence } }));

function typedIn(text) {
  if (text.selectionStart !== text.selectionEnd) return null;
  const found = TYPED.exec(text.value.slice(0, text.selectionStart));
  return found ? found[1] : null;
}

function mark(text, option) {
  const list = listOf(text);
  chosen(list)?.setAttribute("aria-selected", "false");
  if (!option) return text.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  text.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function close(text) {
  clearTimeout(timer);
  running?.abort();
  mark(text, null);
  listOf(text).hidden = true;
}

function show(text, people) {
  const list = listOf(text);
  list.replaceChildren(...people.map((person, at) => {
    const option = document.createElement("li");
    option.id = `${list.id}_${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = person.name;
    return option;
  }));
  list.hidden = false;
  const { top, bottom } = list.parentElement.getBoundingClientRect();
  list.classList.toggle("opens-up", bottom + list.offsetHeight > innerHeight && top > list.offsetHeight);
  mark(text, options(list)[0]);
  say(words.found.replace("{count}", people.length));
}

async function load(text) {
  const asked = typedIn(text);
  if (asked === null || (nobody !== null && asked.startsWith(nobody))) return close(text);
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const address = new URL(text.dataset.mentionUrl, location.origin);
  address.searchParams.set("q", asked);
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    const people = answer.ok && !answer.redirected ? (await answer.json()).people : [];
    if (signal.aborted || !text.isConnected) return;
    nobody = people.length ? null : asked;
    if (people.length) show(text, people);
    else close(text);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof TypeError)) throw error;
    close(text); // the connection is lost: the name can still be typed whole
  }
}

function choose(text, option) {
  const end = text.selectionStart;
  const start = end - typedIn(text).length;
  const name = `${option.textContent} `;
  close(text);
  text.focus();
  text.setSelectionRange(start, end);
  // keeps the browser's own undo; where that is gone the text is set directly
  if (!document.execCommand?.("insertText", false, name)) text.setRangeText(name, start, end, "end");
  close(text); // what was just put in is a name, not a question
}

function step(text, by) {
  const all = options(listOf(text));
  mark(text, all[(all.indexOf(chosen(listOf(text))) + by + all.length) % all.length]);
}

document.addEventListener("input", (event) => {
  if (!isText(event.target)) return;
  clearTimeout(timer);
  if (typedIn(event.target) === null) {
    nobody = null;
    close(event.target);
  } else timer = setTimeout(load, WAIT_MS, event.target);
});

// Before others hear the key: Enter chooses instead of breaking the line, Escape closes the list alone.
document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (!isText(text) || listOf(text).hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const option = chosen(listOf(text));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(text, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Escape") close(text);
  else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && option && typedIn(text) !== null) choose(text, option);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });

document.addEventListener("keyup", (event) => {
  const goes = ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key);
  if (goes && isText(event.target) && !listOf(event.target).hidden) load(event.target);
});

document.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-mention-list]")) event.preventDefault(); // the text keeps the focus
});

document.addEventListener("click", (event) => {
  const option = event.target.closest('[data-mention-list] [role="option"]');
  if (option) choose(document.getElementById(option.parentElement.id.replace(/_people$/, "")), option);
});

document.addEventListener("focusout", (event) => {
  if (isText(event.target) && !listOf(event.target).hidden) close(event.target);
});
