// Numbers that change several times a second: written in place, wherever the page names them.
const write = (selector, text) => {
  for (const place of document.querySelectorAll(selector)) if (place.textContent !== text) place.textContent = text;
};
const say = (n) => n.toLocaleString(document.documentElement.lang);

export function here({ joined, connected }) {
  write('[data-count="joined"]', say(joined));
  write('[data-count="connected"]', say(connected));
}

export function tally(frame) {
  if (frame.plan) {
    for (const [topic, n] of Object.entries(frame.plan)) write(`[data-plan="${topic}"]`, say(n));
    for (const place of document.querySelectorAll("[data-here]")) place.textContent = say(frame.here[place.dataset.here] ?? 0);
    return;
  }
  if (frame.interest) {
    for (const [topic, n] of Object.entries(frame.interest)) write(`[data-interest="${topic}"]`, say(n));
    return;
  }
  if (frame.joins) {
    for (const [outcome, n] of Object.entries(frame.joins)) write(`[data-joins="${outcome}"]`, say(n));
    return;
  }
  write('[data-count="n"], [data-n]', say(frame.n));
  write('[data-count="of"], [data-of]', say(frame.of));
  for (const bar of document.querySelectorAll("[data-bar]")) Object.assign(bar, { max: frame.of || 1, value: frame.n });
}
