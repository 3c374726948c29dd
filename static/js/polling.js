// Asks the server again while the page is seen: data-poll="ADDRESS" data-poll-seconds="20" data-poll-version="7" on the element to redraw.
// An answer of 204 or 304 changes nothing. A job ends its polling by answering with an element that has no data-poll.

const PAUSES = "[data-menu][open], .inline-form, [data-inline-form], .board-ghost, [data-busy], .menu-list.is-floating";
const due = new WeakMap();

function isBusy(element) {
  const field = document.activeElement;
  return element.querySelector(PAUSES) !== null || (element.contains(field) && field.matches("input:not([type='checkbox']), textarea, select"));
}

async function refresh(element) {
  const version = element.dataset.pollVersion;
  const headers = version ? { "If-None-Match": /["]/.test(version) ? version : `"${version}"` } : {};
  due.set(element, Infinity);
  try {
    await window.htmx.ajax("GET", element.dataset.poll, { source: element, target: element, swap: "outerMorph", headers });
  } finally {
    due.set(element, nextTime(element));
  }
}

const nextTime = (element) => Date.now() + 1000 * Number(element.dataset.pollSeconds || 20);

function tick() {
  if (document.visibilityState !== "visible" || !window.htmx) return;
  document.querySelectorAll("[data-poll]").forEach((element) => {
    if (!due.has(element)) due.set(element, nextTime(element));
    if (Date.now() >= due.get(element) && !isBusy(element)) refresh(element);
  });
}

document.addEventListener("implementor:refresh", (event) => {
  const element = event.target.closest?.("[data-poll]");
  if (element && window.htmx) refresh(element);
});
document.addEventListener("visibilitychange", tick);
setInterval(tick, 500);
