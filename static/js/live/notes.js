// The way from a topic on the wall or in the plan to its page. Rows that the script has copied do not know their
// number when they are made, so the link is set when somebody is about to follow it.
function lead({ target }) {
  const link = target.closest?.("a[data-notes]");
  const { topic, session } = link?.closest("[data-topic], [data-session]")?.dataset ?? {};
  if (link) link.href = link.href.replace(/\/\d+\/$/, `/${topic ?? session}/`);
}
for (const about of ["pointerdown", "focusin", "click"]) document.addEventListener(about, lead, true);
