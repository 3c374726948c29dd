// Says what a move would break before it is made: a board with data-ask-url="ADDRESS" asks the server for the card that was
// picked up, opened in the move menu or walked to, and writes the answer into the columns' data-would and the menu.

const WAIT_MS = 200;
const said = new WeakMap(); // board -> id of the card that is told about
let timer = 0;

const columnOf = (item) => item.closest("[data-column]");

function clear(board) {
  said.delete(board);
  board.querySelectorAll("[data-would]").forEach((place) => { place.textContent = ""; });
}

function show(board, item, here, answer) {
  const texts = [];
  board.querySelectorAll("[data-column]").forEach((column) => {
    const name = column.dataset.column;
    const text = name === here ? "" : answer[name] ?? "";
    const place = column.querySelector("[data-would]");
    if (place) place.textContent = text;
    if (!text) return;
    texts.push(`${column.dataset.columnName}: ${text}`);
    const button = item.querySelector(`.menu-list.is-floating [data-to="${CSS.escape(name)}"]`);
    if (button && !button.querySelector("small")) button.append(Object.assign(document.createElement("small"), { className: "board-would", textContent: ` ${text}` }));
  });
  if (texts.length) document.dispatchEvent(new CustomEvent("implementor:say", { detail: { text: texts.join(". ") } }));
}

async function ask(item) {
  const board = item.closest("[data-board][data-ask-url]");
  const card = item.dataset.card;
  if (!board || !card) return;
  const here = columnOf(item)?.dataset.column; // while it is dragged it stands elsewhere
  clear(board);
  said.set(board, card);
  try {
    const answer = await fetch(`${board.dataset.askUrl}?card=${encodeURIComponent(card)}`, { headers: { Accept: "application/json" } });
    if (answer.ok && said.get(board) === card) show(board, item, here, await answer.json());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the network is gone: nothing is told, and the move itself will be refused
  }
}

document.addEventListener("implementor:picked", ({ detail }) => ask(detail.item));
document.addEventListener("focusin", ({ target }) => {
  clearTimeout(timer);
  const item = target.closest?.("[data-card]");
  const board = target.closest?.("[data-board][data-ask-url]");
  if (item && board && said.get(board) !== item.dataset.card) timer = setTimeout(() => ask(item), WAIT_MS);
});
