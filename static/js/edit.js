// Editing in place: Enter saves (one-line fields do that themselves), Escape leaves, and the focus returns to the edit button.
// A form in place carries data-inline-form="ID of its element" and data-cancel-url, which answers the value as it was;
// or it has a link marked data-inline-cancel that does the same.

const FORMS = ".inline-form, [data-inline-form]";
let returnTo = null;

function firstField(area) {
  const form = area.matches(FORMS) ? area : area.querySelector(FORMS);
  return form?.querySelector("input:not([type='hidden']), select, textarea");
}

function leave(form) {
  const cancel = form.querySelector("[data-inline-cancel]");
  form.reset();
  if (cancel) cancel.click();
  else if (form.dataset.cancelUrl && window.htmx) {
    // asked for by the page, not by the form: its tokens do not belong in an address
    window.htmx.ajax("GET", form.dataset.cancelUrl, { target: form, swap: "outerHTML", headers: { "HX-Target": `form#${form.id}` } });
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-inline-edit]");
  if (button) returnTo = button.dataset.inlineEdit;
  const cancel = event.target.closest("[data-inline-form][data-cancel-url] .form-buttons a");
  if (!cancel || !window.htmx || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  leave(cancel.closest("[data-inline-form]"));
});

document.addEventListener("htmx:after:swap", () => {
  const area = returnTo && document.getElementById(returnTo);
  if (!area) return;
  const field = firstField(area);
  if (field) {
    if (!area.contains(document.activeElement) || document.activeElement === area) field.focus();
    if (field.select && document.activeElement === field) field.select();
    return;
  }
  const button = area.matches("[data-inline-edit]") ? area : area.querySelector("[data-inline-edit]");
  if (button) button.focus();
  returnTo = null;
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(FORMS);
  if (!form || event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  leave(form);
});
