// Textareas with data-grow grow with their text, where the browser does not do it by itself.
if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-grow]")) return;
    target.style.blockSize = "auto";
    target.style.blockSize = `${target.scrollHeight + 4}px`;
  });
}
