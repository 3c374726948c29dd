// Menus are details elements; this adds arrow keys, Escape, closing when the focus leaves, and turning where there is no room.

const items = (menu) => [...menu.querySelectorAll(".menu-list :is(a, button, input, select)")].filter((item) => item.checkVisibility());

// Regions that scroll would cut the list off; there it is laid over the page instead.
const CUTTING = ".table-region, .board, dialog, .tabs";

function place(list, anchor) {
  const trigger = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const wide = list.offsetWidth;
  const high = list.offsetHeight;
  const left = trigger.left + wide > width && trigger.right - wide > 0;
  const up = trigger.bottom + high > window.innerHeight && trigger.top - high > 0;
  list.classList.toggle("opens-left", left);
  list.classList.toggle("opens-up", up);
  if (!anchor.closest(CUTTING)) return;
  list.classList.add("is-over");
  list.style.insetInlineStart = `${Math.max(8, left ? trigger.right - wide : trigger.left)}px`;
  list.style.insetBlockStart = `${up ? trigger.top - high - 4 : trigger.bottom + 4}px`;
}

function close(menu, focusBack) {
  menu.open = false;
  if (focusBack) menu.querySelector("summary").focus();
}

function step(menu, key) {
  const all = items(menu);
  const present = all.indexOf(document.activeElement);
  const next = { ArrowDown: present + 1, ArrowUp: present < 0 ? all.length - 1 : present - 1, Home: 0, End: all.length - 1 }[key];
  all[(next + all.length) % all.length]?.focus();
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("[data-menu]")) return;
  if (!menu.open) return;
  document.querySelectorAll("[data-menu][open]").forEach((other) => other.contains(menu) || close(other, false));
  place(menu.querySelector(".menu-list"), menu);
}, { capture: true });

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && menu.open) {
    event.preventDefault();
    close(menu, true);
  } else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) && !event.target.matches("input, select, textarea")) {
    if (!menu.open && !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    menu.open = true;
    step(menu, event.key);
  }
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu, false);
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => menu.contains(event.target) || close(menu, false));
});

document.addEventListener("implementor:place", ({ detail }) => place(detail.list, detail.anchor));
document.addEventListener("scroll", (event) => {
  if (event.target.matches?.(".menu-list")) return;
  document.querySelectorAll("[data-menu][open]").forEach((menu) => menu.querySelector(".is-over") && close(menu, false));
}, { capture: true, passive: true });
