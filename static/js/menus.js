// Menus are details elements; this adds arrow keys, Escape, closing when the focus leaves, and turning where there is no room.

const items = (menu) => [...menu.querySelectorAll(".menu-list :is(a, button, input, select)")].filter((item) => item.checkVisibility());

function place(menu) {
  const list = menu.querySelector(".menu-list");
  list.classList.remove("opens-left", "opens-up");
  const box = list.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const trigger = menu.getBoundingClientRect();
  list.classList.toggle("opens-left", box.right > width && trigger.right - box.width > 0);
  list.classList.toggle("opens-up", box.bottom > window.innerHeight && trigger.top - box.height > 0);
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
  place(menu);
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
