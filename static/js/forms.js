// Forms: no double submit, no lost text, filters that apply themselves, files that can be dropped, Ctrl+Enter to save.

const WAIT_MS = 400;
const words = document.getElementById("announcer").dataset;
const changed = new Set();

const isWriting = (form) => form.method === "post" && !form.matches("[data-no-guard], .button-form, .bulk-bar, .quick-add, .menu-list form, .plain-languages form");

function setBusy(form, busy) {
  form.querySelectorAll('button[type="submit"]').forEach((button) => {
    if (busy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  });
  if (busy) form.dataset.busy = "";
  else delete form.dataset.busy;
}

// Pressing twice sends once: the second submit is stopped before anybody sees it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if ("busy" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, { capture: true });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || (event.defaultPrevented && !form.hasAttribute("hx-post"))) return;
  changed.delete(form);
  setBusy(form, true);
});

document.addEventListener("htmx:finally:request", (event) => {
  const { form } = event.detail.ctx.request;
  if (form instanceof HTMLFormElement) setBusy(form, false);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach((form) => setBusy(form, false)));

document.addEventListener("input", (event) => {
  const { form } = event.target;
  if (form && isWriting(form)) changed.add(form);
});

document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// Filters: a choice applies at once, typed words after a pause. Only where the answer is swapped in and the focus stays;
// what is folded away (columns, order) waits for the button, or it would close under the hand.
let timer = 0;
document.addEventListener("input", (event) => {
  const { form } = event.target;
  if (!form?.matches("[data-auto-submit][hx-get]") || event.target.closest(".disclosure")) return;
  if (event.target.matches("[data-lookup-text]") && event.target.value) return; // half a name is not yet what is meant
  clearTimeout(timer);
  timer = setTimeout(() => form.isConnected && form.requestSubmit(), event.target.matches("select, [type='checkbox'], [type='radio']") ? 0 : WAIT_MS);
});

// What is folded away is asked for when it is opened, with all that stands in the form; `toggle` does not bubble.
document.addEventListener("toggle", (event) => {
  const button = event.target.open && event.target.matches(".disclosure") && event.target.querySelector("[data-unfold]");
  if (button) button.form.requestSubmit(button);
}, { capture: true });

document.addEventListener("keydown", (event) => {
  const { form } = event.target;
  if (!form) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("[data-quick-add] textarea") && !event.isComposing) {
    event.preventDefault();
    if (event.target.value.trim()) form.requestSubmit();
  }
});

function dropArea(event) {
  const area = event.target.closest?.("[data-file-drop]");
  if (area && event.dataTransfer?.types.includes("Files")) event.preventDefault();
  return area;
}

document.addEventListener("dragover", (event) => dropArea(event)?.classList.add("is-over"));
document.addEventListener("dragleave", (event) => event.target.closest?.("[data-file-drop]")?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const area = dropArea(event);
  const field = area?.querySelector('input[type="file"]');
  area?.classList.remove("is-over");
  if (!field || !event.dataTransfer.files.length) return;
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

// A link in the error summary leads into the field itself, also for groups of choices.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.matches("fieldset") ? field.querySelector("input") ?? field : field).focus();
});

// Leaving through htmx is leaving too.
document.addEventListener("htmx:before:request", (event) => {
  const { target } = event.detail.ctx;
  const lost = [...changed].find((form) => form.isConnected && target?.contains(form) && form !== event.detail.ctx.request.form);
  if (lost && !window.confirm(words.left)) event.preventDefault();
});
