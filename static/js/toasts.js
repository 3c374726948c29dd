// Short messages in the corner: read out once, and kept while they hold the focus or the mouse. Refusals stay until dismissed.

const SHOWN_MS = 8000;
const UNDO_SHOWN_MS = 30000;
const MOST = 3;
const box = document.getElementById("toasts");
const template = document.getElementById("toast_template");

function dismiss(item) {
  const hadFocus = item.contains(document.activeElement);
  item.remove();
  if (hadFocus) document.getElementById("content").focus({ preventScroll: true });
}

function leaveLater(item) {
  if (item.matches(".toast-error, .toast-refusal")) return;
  setTimeout(() => {
    if (item.matches(":hover, :focus-within")) leaveLater(item);
    else item.remove();
  }, item.querySelector("form") ? UNDO_SHOWN_MS : SHOWN_MS);
}

function welcome(item) {
  item.dataset.seen = "";
  item.querySelector("[data-toast-close]").hidden = false;
  const text = item.querySelector(".toast-text").textContent;
  document.dispatchEvent(new CustomEvent("implementor:say", { detail: { text } }));
  leaveLater(item);
  const old = [...box.children].slice(0, -MOST);
  old.filter((one) => !one.matches(":hover, :focus-within")).forEach((one) => one.remove());
}

function undoForm(address) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  const token = Object.assign(document.createElement("input"), { type: "hidden", name: "csrf_token" });
  token.value = document.querySelector('meta[name="csrf-token"]').content;
  const button = Object.assign(document.createElement("button"), { type: "submit", className: "button button-quiet" });
  button.textContent = template.dataset.undo;
  form.append(token, button);
  return form;
}

document.addEventListener("implementor:toast", ({ detail }) => {
  const item = template.content.firstElementChild.cloneNode(true);
  if (detail.tone) item.classList.add(`toast-${detail.tone}`);
  item.querySelector("use").setAttribute("href", detail.tone ? "#i-octagon" : "#i-ok");
  item.querySelector(".toast-text").textContent = detail.text;
  if (detail.undoUrl) item.querySelector("[data-toast-close]").before(undoForm(detail.undoUrl));
  box.append(item);
});

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-toast-close]");
  if (close) dismiss(close.closest("[data-toast]"));
});

box.classList.add("is-lifted");
box.querySelectorAll("[data-toast]").forEach(welcome);
new MutationObserver(() => box.querySelectorAll("[data-toast]:not([data-seen])").forEach(welcome)).observe(box, { childList: true });
