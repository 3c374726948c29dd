// Single keys and short sequences ("g b"): never inside fields, and not at all when the person switched them off.

const SEQUENCE_MS = 1200;
const sheet = document.getElementById("key_sheet");
let typed = "";
let timer = 0;

const allowed = () => document.documentElement.dataset.singleKeys !== "off";

function inField(target) {
  return target.isContentEditable || target.closest?.("input, textarea, select, [role='combobox'], dialog[open] form:not([method='dialog'])");
}

function shortcuts() {
  return new Map([...document.querySelectorAll("[data-shortcut]")].map((link) => [link.dataset.shortcut, link]));
}

function press(key) {
  const known = shortcuts();
  typed = typed ? `${typed} ${key}` : key;
  if (![...known.keys()].some((keys) => keys === typed || keys.startsWith(`${typed} `))) typed = key;
  const link = known.get(typed);
  clearTimeout(timer);
  if (link) {
    typed = "";
    link.click();
  } else {
    timer = setTimeout(() => { typed = ""; }, SEQUENCE_MS);
  }
  return Boolean(link);
}

// j and k walk along the rows of a list or the cards of a board.
function walk(step) {
  const stops = [...document.querySelectorAll("main .table tbody th[scope='row'] a, main .board-card-title")].filter((stop) => stop.checkVisibility());
  const present = stops.indexOf(document.activeElement);
  const next = stops[Math.max(0, Math.min(stops.length - 1, present + step))];
  next?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (!allowed() || inField(event.target)) return;
  if (event.key === "?") sheet.open ? sheet.close() : sheet.showModal();
  else if (document.querySelector("dialog[open]")) return;
  else if (!press(event.key) && "jk".includes(event.key)) walk(event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
});
