// A small toolbar for Markdown fields and a preview drawn by the server, so that what is shown is what will be stored.

const AROUND = { bold: ["**", "**"], italic: ["_", "_"], code: ["`", "`"], link: ["[", "](https://)"] };
const BEFORE = { heading: "## ", list: "- ", numbers: "1. ", tasks: "- [ ] ", quote: "> " };

function replace(field, start, end, text, from, until) {
  field.focus();
  field.setSelectionRange(start, end);
  // keeps the browser's own undo; where that is gone the text is set directly
  if (!document.execCommand?.("insertText", false, text)) field.setRangeText(text, start, end, "end");
  field.setSelectionRange(from, until);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(field, [open, close]) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const text = value.slice(start, end);
  replace(field, start, end, `${open}${text}${close}`, start + open.length, end + open.length);
}

function prefix(field, mark) {
  const { selectionEnd: end, value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const lines = value.slice(start, end).split("\n");
  const on = !lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (on ? mark + line : line.slice(mark.length))).join("\n");
  replace(field, start, end, text, start, start + text.length);
}

async function preview(editor, button) {
  const field = editor.querySelector("textarea");
  const result = editor.querySelector("[data-markdown-result]");
  const show = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(show));
  if (show) result.innerHTML = await drawn(editor.dataset.previewUrl, field.value);
  field.hidden = show;
  result.hidden = !show;
}

async function drawn(address, text) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" }, body: new URLSearchParams({ text }) });
    if (answer.ok) return await answer.text();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const holder = document.createElement("p");
  holder.textContent = document.getElementById("announcer").dataset.lost;
  return holder.outerHTML;
}

function showTools() {
  document.querySelectorAll("[data-markdown-tools][hidden]").forEach((tools) => { tools.hidden = false; });
}

document.addEventListener("click", (event) => {
  const editor = event.target.closest("[data-markdown]");
  const button = event.target.closest("[data-markdown-do], [data-markdown-preview]");
  if (!editor || !button) return;
  if ("markdownPreview" in button.dataset) preview(editor, button);
  else if (button.dataset.markdownDo in AROUND) wrap(editor.querySelector("textarea"), AROUND[button.dataset.markdownDo]);
  else prefix(editor.querySelector("textarea"), BEFORE[button.dataset.markdownDo]);
});

document.addEventListener("keydown", (event) => {
  const verb = { b: "bold", i: "italic" }[event.key];
  if (!verb || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("[data-markdown] textarea")) return;
  event.preventDefault();
  wrap(event.target, AROUND[verb]);
});

document.addEventListener("htmx:after:swap", showTools);
showTools();
