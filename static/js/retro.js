// Notes of a retrospective: dropped on another note they lie under it, dropped into a column they lie there on their own.
// The page of a note does the same without dragging; data-move-url is where `to` is sent: an id or column-2.

let moving = null;

const noteOf = (target) => target.closest?.("[data-retro-note]") ?? null;
const columnOf = (target) => target.closest?.("[data-retro-column]") ?? null;

function placeOf(target) {
  const note = noteOf(target);
  if (note && note !== moving) return note.dataset.retroNote;
  const column = columnOf(target);
  return column && !note ? `column-${column.dataset.retroColumn}` : null;
}

document.addEventListener("dragstart", (event) => {
  moving = event.target.closest?.("[data-retro-note][data-move-url]") ?? null;
  if (moving) event.dataTransfer.setData("text/plain", moving.dataset.retroNote);
});
document.addEventListener("dragover", (event) => {
  if (moving && placeOf(event.target)) event.preventDefault();
});
document.addEventListener("dragend", () => { moving = null; });
document.addEventListener("drop", (event) => {
  const to = moving && placeOf(event.target);
  if (!to || !window.htmx) return;
  event.preventDefault();
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const table = document.getElementById("retro_table");
  window.htmx.ajax("POST", moving.dataset.moveUrl, { source: table, target: table, swap: "outerMorph", values: { to }, headers: { "X-CSRFToken": token } });
  moving = null;
});

// the form stays when the table is drawn anew, so that nothing typed is lost; only what was sent is taken out of it
document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement, response } = event.detail.ctx;
  if (sourceElement?.id !== "write_note" || (response?.status ?? response?.raw?.status ?? 200) >= 400) return;
  const field = sourceElement.querySelector("textarea");
  field.value = "";
  field.focus();
});
