// Everything about requests of htmx: the token, what to do with answers that are whole pages, failures, and the focus after a swap.

const token = () => document.querySelector('meta[name="csrf-token"]').content;
const words = document.getElementById("announcer").dataset;
const toast = (text, tone) => document.dispatchEvent(new CustomEvent("implementor:toast", { detail: { text, tone } }));
let focused = null;

// an answer may name its target anew, and then it is a selector
const elementOf = (target) => (typeof target === "string" ? document.querySelector(target) : target);

function isWholePage(text) {
  return /^\s*<!doctype/i.test(text ?? "");
}

// Nobody asked for a poll, so its failure is not worth a message; the next one comes by itself.
const isPolling = (event) => event.detail.ctx.sourceElement?.matches?.("[data-poll]");

function problemIn(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const parts = [page.querySelector("h1"), page.querySelector("[data-problem]")];
  return parts.map((part) => part?.textContent.trim()).filter(Boolean).join(". ");
}

function told(headers) {
  const packed = headers.get("X-Implementor-Told");
  if (!packed) return;
  const { text, undo_url: undoUrl } = JSON.parse(decodeURIComponent(packed));
  document.dispatchEvent(new CustomEvent("implementor:toast", { detail: { text, undoUrl } }));
}

document.addEventListener("implementor:told", (event) => told(event.detail.headers));

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  if (request.method !== "GET") request.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status, raw } = ctx.response;
  told(raw.headers);
  if (!isWholePage(ctx.text) || ctx.target === document.body) return;
  ctx.swap = "none";
  if (status >= 500) return;
  if (status >= 400) toast(problemIn(ctx.text), "refusal");
  else location.assign(raw.redirected ? raw.url : ctx.request.action);
});

document.addEventListener("htmx:response:error", (event) => {
  const { raw, status } = event.detail.ctx.response;
  if (status < 500 || isPolling(event)) return;
  const reference = raw.headers.get("X-Request-Id") ?? String(status);
  toast(words.failed.replace("{reference}", reference), "error");
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response && !isPolling(event)) toast(words.lost, "error");
});

// Focus: htmx keeps it where an element with the same id comes back; for the rest we go to the nearest thing that remains.
document.addEventListener("htmx:before:swap", (event) => {
  const target = elementOf(event.detail.ctx.target);
  const active = document.activeElement;
  focused = target?.contains(active) ? { id: active.id, name: active.name, area: target.id } : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!focused || (document.activeElement && document.activeElement !== document.body)) return;
  const area = focused.area ? document.getElementById(focused.area) : null;
  const next = (focused.id && document.getElementById(focused.id))
    || (focused.name && area?.querySelector(`[name="${CSS.escape(focused.name)}"]:not([type="hidden"])`))
    || area?.querySelector("[autofocus]");
  if (next) next.focus();
  else if (area) {
    area.tabIndex = -1;
    area.focus({ preventScroll: true });
  }
});
