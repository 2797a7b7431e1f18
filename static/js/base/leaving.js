// form[data-leaves]: who logs out leaves nothing on the phone that was on its way or half filled in.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-leaves]")) return;
  try {
    indexedDB.deleteDatabase("anstoss-live");
    for (const name of Object.keys(localStorage)) if (/^(live|stage)\./.test(name)) localStorage.removeItem(name);
  } catch { /* storage is blocked: nothing was kept */ }
});
