// A double tap sends once. The button stays pressable: after eight seconds without an answer a further
// tap sends again, with the same id, and the server returns the first result.
import { newId } from "./id.js";

const PATIENCE_MS = 8000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-once]")) return;
  const now = Date.now();
  if (now - (form.dataset.sentAt ?? 0) < PATIENCE_MS) {
    event.preventDefault();
    return;
  }
  form.dataset.sentAt = now;
  event.submitter?.setAttribute("aria-busy", "true");
});

// A page from the browser's cache was sent already: what is typed now is a new act.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    if (form.dataset.sentAt) for (const field of form.querySelectorAll("input[data-op]")) field.value = newId();
    delete form.dataset.sentAt;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});
