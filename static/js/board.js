// Moving cards between columns and rows within lists, three equal ways: dragging, a menu, Alt with the arrow keys.
// The move is shown at once, sent as POST card, status, after, before, version, and taken back when the server refuses it.

const LISTS = "[data-board][data-move-url] [data-cards], [data-rank-list][data-move-url]";
const ITEM = "[data-card], [data-rank]";
const words = document.getElementById("announcer").dataset;
const ready = new WeakSet();
const shown = new Map(); // id of the board -> status of the column that a phone shows

const announce = (name, detail) => document.dispatchEvent(new CustomEvent(`implementor:${name}`, { detail }));
const ownerOf = (item) => item.closest("[data-board], [data-rank-list]");
const idOf = (item) => item?.dataset.card ?? item?.dataset.rank ?? "";
const isSorted = (item) => ownerOf(item).hasAttribute("data-board-sorted"); // no places within a column
const columnOf = (item) => item.closest("[data-column]");
const columns = (item) => [...ownerOf(item).querySelectorAll("[data-column]")];
const nameOf = (item) => (item.querySelector(".board-card-title, th[scope='row'], a")?.textContent ?? "").trim();

function besides(item, way) {
  let next = item[way];
  while (next && !next.matches(ITEM)) next = next[way];
  return next;
}

// place: "first" or "last" of the whole order, which is longer than the page.
function payload(item, place) {
  if (place) return new URLSearchParams({ card: idOf(item), place });
  return new URLSearchParams({
    card: idOf(item),
    status: columnOf(item)?.dataset.column ?? "",
    after: idOf(besides(item, "previousElementSibling")),
    before: idOf(besides(item, "nextElementSibling")),
    version: item.dataset.version ?? "",
  });
}

async function send(item, place) {
  const url = (item.dataset.moveUrl ?? ownerOf(item).dataset.moveUrl).replace("{card}", idOf(item));
  const token = document.querySelector('meta[name="csrf-token"]').content;
  try {
    const answer = await fetch(url, { method: "POST", body: payload(item, place), headers: { "X-CSRFToken": token, Accept: "application/json" } });
    if (answer.ok) return { headers: answer.headers };
    const problem = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return { refused: problem.detail ?? words.notMoved, answered: true }; // what is drawn may be old
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { refused: words.lost };
  }
}

function remember(item) {
  const place = { list: item.parentElement, next: item.nextElementSibling };
  return () => place.list.insertBefore(item, place.next?.parentElement === place.list ? place.next : null);
}

async function settle(item, putBack, place) {
  const had = item.contains(document.activeElement) ? document.activeElement : null;
  item.classList.add("is-waiting");
  item.dataset.busy = "";
  const { refused, answered, headers } = await send(item, place);
  item.classList.remove("is-waiting");
  delete item.dataset.busy;
  if (refused) {
    putBack();
    had?.focus();
    announce("toast", { text: refused, tone: "refusal" });
    if (answered) item.dispatchEvent(new CustomEvent("implementor:refresh", { bubbles: true }));
    return;
  }
  item.dataset.version = headers.get("X-Implementor-Version") ?? item.dataset.version ?? "";
  if (headers.get("X-Implementor-Told")) announce("told", { headers });
  else announce("say", { text: words.moved.replace("{name}", nameOf(item)).replace("{column}", columnOf(item)?.dataset.columnName ?? "") });
  item.dispatchEvent(new CustomEvent("implementor:refresh", { bubbles: true }));
}

function move(item, change, place) {
  if ("busy" in item.dataset) return;
  const putBack = remember(item);
  const focused = item.contains(document.activeElement) ? document.activeElement : item.querySelector("a");
  change();
  focused?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
  settle(item, putBack, place);
}

function moveToColumn(item, column) {
  if (!column || column === columnOf(item)) return;
  move(item, () => {
    column.querySelector("[data-cards]").prepend(item);
    if (column.closest("[data-board]").querySelector(".is-shown")) showColumn(column);
  });
}

function moveBy(item, step) {
  if (isSorted(item)) return;
  const other = besides(item, step < 0 ? "previousElementSibling" : "nextElementSibling");
  if (other) move(item, () => (step < 0 ? other.before(item) : other.after(item)));
}

document.addEventListener("keydown", (event) => {
  const item = event.altKey && !event.ctrlKey && event.target.closest?.(ITEM);
  if (!item || !item.closest("[data-move-url]") || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const all = columnOf(item) ? columns(item) : [];
  const here = all.indexOf(columnOf(item));
  if (event.key === "ArrowUp") moveBy(item, -1);
  else if (event.key === "ArrowDown") moveBy(item, 1);
  else if (all.length) moveToColumn(item, all[here + (event.key === "ArrowLeft" ? -1 : 1)]);
});

// Dragging starts at the handle. Fewer pixels than a finger's tremble are not a drag.
function makeSortable(list) {
  if (ready.has(list) || !window.Sortable) return;
  ready.add(list);
  let putBack = null;
  window.Sortable.create(list, {
    group: list.closest("[data-board]")?.id,
    draggable: ITEM,
    sort: !list.closest("[data-board-sorted]"),
    handle: "[data-handle], [data-rank-handle]",
    animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    ghostClass: "board-ghost",
    chosenClass: "board-chosen",
    fallbackTolerance: 4,
    onStart: ({ item }) => {
      putBack = remember(item);
      announce("picked", { item });
    },
    onEnd: ({ item, from, to, oldIndex, newIndex }) => {
      if (from !== to || oldIndex !== newIndex) settle(item, putBack);
    },
  });
}

// The move menu is built from the columns on the page, so that two hundred cards need not carry it.
function moveMenu(link) {
  const item = link.closest(ITEM);
  const { to, up, down, more, top, bottom } = words;
  const list = Object.assign(document.createElement("div"), { className: "menu-list is-floating" });
  const add = (label, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "menu-item", textContent: label });
    button.addEventListener("click", () => { closeMenu(link); act(); });
    list.append(button);
    return button;
  };
  columns(item).filter((column) => column !== columnOf(item)).forEach((column) => {
    add(to.replace("{column}", column.dataset.columnName), () => moveToColumn(item, column)).dataset.to = column.dataset.column;
  });
  if (list.childElementCount) list.append(document.createElement("hr"));
  const ends = ownerOf(item).hasAttribute("data-rank-list");
  if (ends) add(top, () => move(item, () => item.parentElement.prepend(item), "first"));
  const places = !isSorted(item);
  if (places && besides(item, "previousElementSibling")) add(up, () => moveBy(item, -1));
  if (places && besides(item, "nextElementSibling")) add(down, () => moveBy(item, 1));
  if (ends) add(bottom, () => move(item, () => item.parentElement.append(item), "last"));
  list.append(Object.assign(document.createElement("a"), { href: link.href, className: "menu-item", textContent: more }));
  link.after(list);
  link.setAttribute("aria-expanded", "true");
  announce("place", { list, anchor: link });
  announce("picked", { item });
  list.firstElementChild.focus({ preventScroll: true });
}

function closeMenu(link, focusBack = true) {
  link.nextElementSibling?.matches(".is-floating") && link.nextElementSibling.remove();
  link.removeAttribute("aria-expanded");
  if (focusBack) link.focus();
}

document.addEventListener("scroll", () => openLink() && closeMenu(openLink(), false), { capture: true, passive: true });

const openLink = () => document.querySelector("[data-move-menu][aria-expanded]");

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-move-menu]");
  const open = openLink();
  if (open && !event.target.closest(".is-floating")) closeMenu(open, false);
  if (!link || event.ctrlKey || event.metaKey || !link.closest("[data-move-url]")) return;
  event.preventDefault();
  if (link !== open) moveMenu(link);
});

document.addEventListener("keydown", (event) => {
  const open = openLink();
  const list = event.target.closest?.(".is-floating");
  if (!open || !list) return;
  const all = [...list.querySelectorAll(".menu-item")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") closeMenu(open);
  else if (step && !event.altKey) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  else return;
  event.preventDefault();
});

// On a phone one column is shown at a time.
function showColumn(column) {
  const board = column.closest("[data-board]");
  shown.set(board.id, column.dataset.column);
  board.querySelectorAll("[data-column]").forEach((other) => other.classList.toggle("is-shown", other === column));
  const bar = document.querySelector(`[data-board-switch="${CSS.escape(board.id)}"]`);
  const choice = bar?.querySelector("[data-board-choice]");
  if (!choice) return;
  choice.value = column.dataset.column;
  bar.querySelector('[data-board-step="-1"]').disabled = choice.selectedIndex === 0;
  bar.querySelector('[data-board-step="1"]').disabled = choice.selectedIndex === choice.length - 1;
}

function prepare() {
  document.querySelectorAll(LISTS).forEach(makeSortable);
  document.querySelectorAll("[data-board-switch]").forEach((bar) => {
    const board = document.getElementById(bar.dataset.boardSwitch);
    const all = [...board.querySelectorAll("[data-column]")];
    bar.hidden = false;
    const column = all.find((one) => one.dataset.column === shown.get(board.id)) ?? all[0];
    if (column) showColumn(column);
  });
}

function choose(bar, index) {
  const board = document.getElementById(bar.dataset.boardSwitch);
  const column = board.querySelectorAll("[data-column]")[index];
  if (column) showColumn(column);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-board-step]");
  const bar = button?.closest("[data-board-switch]");
  if (bar) choose(bar, bar.querySelector("[data-board-choice]").selectedIndex + Number(button.dataset.boardStep));
});
document.addEventListener("change", (event) => {
  const bar = event.target.closest("[data-board-choice]")?.closest("[data-board-switch]");
  if (bar) choose(bar, event.target.selectedIndex);
});

document.addEventListener("htmx:after:swap", prepare);
prepare();
