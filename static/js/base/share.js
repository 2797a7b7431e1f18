// Share and print buttons appear where the phone can do it.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    const { title = document.title, url = location.href } = button.dataset;
    navigator.share({ title, url }).catch(() => {});
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
