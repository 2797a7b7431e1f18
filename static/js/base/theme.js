// Light, dark, or as the system has it; kept on this device only.
const root = document.documentElement;

function apply(theme) {
  root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch { /* storage is off: the choice holds for this page */ }
}

for (const choice of document.querySelectorAll("[data-theme-choice]")) {
  const current = choice.querySelector(`[value="${root.dataset.theme}"]`);
  if (current) current.checked = true;
  choice.addEventListener("change", (event) => apply(event.target.value));
  choice.hidden = false;
}
