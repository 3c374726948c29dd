// Dialogs: opening by link, the side bar on narrow screens, and the question before a risky step.

const question = document.getElementById("confirm_question");
const sidebarDialog = document.getElementById("sidebar_dialog");

function openDialog(dialog) {
  const opener = document.activeElement;
  dialog.showModal();
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
}

function openSidebar() {
  const sidebar = document.getElementById("sidebar");
  const home = document.createComment("side bar");
  sidebar.replaceWith(home);
  sidebarDialog.append(sidebar);
  openDialog(sidebarDialog);
  sidebarDialog.addEventListener("close", () => home.replaceWith(sidebar), { once: true });
}

function ask(text, yes) {
  document.getElementById("question_text").textContent = text;
  question.returnValue = "";
  openDialog(question);
  question.addEventListener("close", () => question.returnValue === "yes" && yes(), { once: true });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
  if (dialog) {
    event.preventDefault();
    openDialog(dialog);
  } else if (event.target.closest("[data-sidebar-open]")) {
    event.preventDefault();
    openSidebar();
  } else if (event.target.closest("#sidebar_dialog a[href*='#']")) {
    sidebarDialog.close(); // it may lead to a part of this very page, which lies below
  } else if (event.target instanceof HTMLDialogElement && outside(event, event.target)) {
    event.target.close();
  }
});

function outside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("implementor:ask", ({ detail }) => ask(detail.text, detail.yes));

// The question comes before htmx and the browser see the submit.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || "confirmed" in form.dataset) {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  ask(text, () => {
    form.dataset.confirmed = "";
    form.requestSubmit(submitter);
  });
}, { capture: true });

// Widening the window while the side bar is in its dialog gives it back to the page.
window.matchMedia("(min-width: 60rem)").addEventListener("change", (query) => query.matches && sidebarDialog.open && sidebarDialog.close());
