// Counts characters of the field named in data-counter, as the server counts them (code points).
for (const counter of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(counter.dataset.counter);
  const max = field?.maxLength;
  if (!(max > 0)) continue;
  const pattern = counter.dataset.text || "{n} / {max}";
  const update = () => {
    const n = [...field.value].length;
    counter.textContent = pattern.replace("{n}", n).replace("{max}", max);
    counter.toggleAttribute("data-over", n > max * 0.95);
  };
  field.addEventListener("input", update);
  counter.hidden = false;
  update();
}
