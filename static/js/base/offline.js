// body[data-offline] while the phone has no network. The sentence is in the page, translated.
const bar = document.querySelector("[data-offline-text]");

function update() {
  document.body.toggleAttribute("data-offline", !navigator.onLine);
  if (bar) bar.textContent = navigator.onLine ? "" : bar.dataset.offlineText;
}
addEventListener("online", update);
addEventListener("offline", update);
update();
