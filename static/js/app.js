// Starts the page for people with scripts: marks it, owns the one live region, and moves the focus to what needs reading.
// Modules never import each other (every file has its own cached address); they speak through events on the document:
//   implementor:say {text}   implementor:toast {text, tone, undoUrl}   implementor:ask {text, yes}   implementor:refresh (on an element)
//   implementor:picked {item} (a card is about to be moved)

const root = document.documentElement;
const announcer = document.getElementById("announcer");
let waiting = [];

root.classList.add("has-script");

function say(text) {
  waiting.push(text);
  if (waiting.length > 1) return;
  // the region is emptied first, so that the same sentence is read twice when it happens twice
  announcer.textContent = "";
  requestAnimationFrame(() => requestAnimationFrame(() => {
    announcer.textContent = waiting.join(" ");
    waiting = [];
  }));
}

function focusOnProblem(scope) {
  const problem = scope.querySelector?.("[data-focus]");
  if (problem) problem.focus();
}

document.addEventListener("implementor:say", (event) => say(event.detail.text));
document.addEventListener("htmx:after:swap", (event) => focusOnProblem(event.detail.ctx.target?.isConnected ? event.detail.ctx.target : document));
focusOnProblem(document);

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copy]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(new URL(link.dataset.copy, location.href).href);
  document.dispatchEvent(new CustomEvent("implementor:toast", { detail: { text: link.dataset.copied } }));
});
