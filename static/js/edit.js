// Editing in place: Enter saves (one-line fields do that themselves), Escape leaves, and the focus returns to the edit button.

let returnTo = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-inline-edit]");
  if (button) returnTo = button.dataset.inlineEdit;
});

document.addEventListener("htmx:after:swap", () => {
  const area = returnTo && document.getElementById(returnTo);
  if (!area) return;
  const field = area.querySelector(".inline-form :is(input:not([type='hidden']), select, textarea)");
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
  const form = event.target.closest?.(".inline-form");
  if (!form || event.key !== "Escape") return;
  event.preventDefault();
  form.reset();
  form.querySelector("[data-inline-cancel]")?.click();
});
