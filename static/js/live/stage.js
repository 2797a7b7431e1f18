// The facilitator's phone: every button is a plain form; this keeps the numbers and the parts of the page fresh.
import { countDown } from "./clock.js";
import { here, tally } from "./counts.js";
import { Refresh } from "./refresh.js";
import { Socket } from "./socket.js";

const HOLD_MS = 1000;
const known = JSON.parse(document.getElementById("live").textContent);
const words = document.querySelector("[data-words]").dataset;
const last = {};
const refresh = new Refresh(() => {
  if (last.here) here(last.here);
  lamp(document.querySelector("[data-stage] .link-state").dataset.link);
});

const frames = {
  ev: ({ seq }) => {
    known.seq = Math.max(known.seq, seq);
    refresh.run();
  },
  snap: ({ epoch, seq }) => {
    Object.assign(known, { epoch, seq });
    refresh.run();
  },
  here: (frame) => here((last.here = frame)),
  tally,
};

function lamp(how) {
  const place = document.querySelector("[data-stage] .link-state");
  place.dataset.link = how === "blocked" ? "off" : how;
  place.textContent = words[place.dataset.link];
}

const socket = new Socket(`/ws/e/${known.code}/stage/`, {
  hello: () => ({ epoch: known.epoch, seq: known.seq, view: "stage" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link: lamp,
});
countDown(() => socket.skew);

// What cannot be taken back is held for a second. With the keyboard, Enter is enough.
let held;
document.addEventListener("pointerdown", ({ target }) => {
  const button = target.closest("[data-hold]");
  if (!button) return;
  button.setAttribute("data-holding", "");
  held = setTimeout(() => {
    button.setAttribute("data-held", "");
    button.form.requestSubmit(button);
  }, HOLD_MS);
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
  document.addEventListener(end, () => {
    clearTimeout(held);
    for (const button of document.querySelectorAll("[data-holding]")) button.removeAttribute("data-holding");
  });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hold]");
  if (button && event.detail > 0 && !button.hasAttribute("data-held")) event.preventDefault();
});
