// The command palette: Ctrl+K or the search button; the server answers options in groups, the keys choose one.

const WAIT_MS = 120;
const palette = document.getElementById("palette");
const field = document.getElementById("palette_query");
const results = document.getElementById("palette_results");
const words = document.getElementById("announcer").dataset;
let timer = 0;
let running = null;

const options = () => [...results.querySelectorAll('[role="option"]')];
const chosen = () => results.querySelector('[aria-selected="true"]');

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.id ||= `palette_option_${options().indexOf(option)}`;
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function load() {
  running?.abort();
  running = new AbortController();
  const address = new URL(results.dataset.paletteUrl, location.origin);
  address.searchParams.set("q", field.value.trim());
  address.searchParams.set("from", location.pathname);
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok) throw new TypeError(answer.statusText);
    results.innerHTML = await answer.text();
    tell();
  } catch (error) {
    if (error.name === "AbortError") return;
    results.textContent = words.lost;
  }
}

function tell() {
  const found = options();
  // links inside the list are reached by the arrow keys, not by Tab
  found.forEach((option) => { option.tabIndex = -1; option.setAttribute("aria-selected", "false"); });
  choose(found[0]);
  const text = found.length ? words.found.replace("{count}", found.length) : words.none;
  document.dispatchEvent(new CustomEvent("implementor:say", { detail: { text } }));
}

function open() {
  if (palette.open) return field.select();
  palette.showModal();
  field.value = "";
  field.focus();
  load();
}

function run(option) {
  palette.close();
  option.click();
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(load, WAIT_MS);
});

field.addEventListener("keydown", (event) => {
  const all = options();
  const present = all.indexOf(chosen());
  const next = { ArrowDown: present + 1, ArrowUp: present - 1, PageDown: present + 8, PageUp: Math.max(0, present - 8) }[event.key];
  if (next !== undefined && all.length) {
    event.preventDefault();
    choose(all[event.key.startsWith("Page") ? Math.min(next, all.length - 1) : (next + all.length) % all.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (chosen()) run(chosen());
    else if (field.value.trim()) location.assign(`/search?q=${encodeURIComponent(field.value.trim())}`);
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette-open]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open();
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && results) {
    event.preventDefault();
    open();
  }
});
