// Choosing rows of a list for one change: all of the page, a range with Shift, or everything that matches the filter.

let last = null;

const rows = (form) => [...document.querySelectorAll(`[data-bulk-one="${CSS.escape(form.id)}"]`)];

function show(form) {
  const all = rows(form);
  const chosen = all.filter((row) => row.checked).length;
  const matching = form.querySelector("[data-bulk-matching]");
  if (chosen < all.length) matching.value = "";
  const everything = form.querySelector("[data-bulk-everything]");
  const total = Number(form.dataset.bulkTotal);
  const count = matching.value ? total : chosen;
  const text = count === 1 ? form.dataset.bulkOneText : form.dataset.bulkManyText.replace("{count}", count.toLocaleString(document.documentElement.lang));
  form.dataset.noneText ??= form.querySelector("[data-bulk-count]").textContent;
  form.querySelector("[data-bulk-count]").textContent = count ? text : form.dataset.noneText;
  form.classList.toggle("is-chosen", count > 0);
  form.querySelector("[data-bulk-clear]").hidden = !count;
  everything.hidden = !(chosen === all.length && all.length && total > all.length && !matching.value);
  const head = document.querySelector(`[data-bulk-all="${CSS.escape(form.id)}"]`);
  if (head) {
    head.checked = Boolean(all.length) && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
}

function chooseRange(form, to) {
  const all = rows(form);
  const [from, until] = [all.indexOf(last), all.indexOf(to)].sort((a, b) => a - b);
  if (from < 0) return;
  all.slice(from, until + 1).forEach((row) => { row.checked = to.checked; });
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-bulk-one], [data-bulk-all]");
  if (box) {
    const form = document.getElementById(box.dataset.bulkOne ?? box.dataset.bulkAll);
    if (box.dataset.bulkAll) rows(form).forEach((row) => { row.checked = box.checked; });
    else if (event.shiftKey && last) chooseRange(form, box);
    last = box.dataset.bulkOne ? box : null;
    show(form);
    return;
  }
  const button = event.target.closest("[data-bulk-everything], [data-bulk-clear]");
  const form = button?.closest("[data-bulk]");
  if (!form) return;
  const clear = "bulkClear" in button.dataset;
  rows(form).forEach((row) => { row.checked = !clear; });
  form.querySelector("[data-bulk-matching]").value = clear ? "" : "1";
  show(form);
  form.querySelector("[data-bulk-count]").scrollIntoView({ block: "nearest" });
});

const showAll = () => document.querySelectorAll("[data-bulk]").forEach(show);
document.addEventListener("htmx:after:swap", showAll);
window.addEventListener("pageshow", showAll);
showAll();
