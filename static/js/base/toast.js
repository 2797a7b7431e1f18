// A short message in the page's polite live region. The text comes from the page, already translated.
const SHOWN_MS = 6000;

export function toast(text, kind = "good") {
  const region = document.querySelector(".toasts");
  if (!region) return;
  const note = document.createElement("p");
  note.className = `notice ${kind === "bad" ? "tone-blush" : "tone-leaf"}`;
  note.dir = "auto";
  note.textContent = text;
  region.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
