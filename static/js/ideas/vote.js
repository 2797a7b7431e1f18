// Votes without loading the page again. The button answers at once and goes back if the server says no; taps while
// a request is on its way are not lost: the last wish is sent afterwards. Without this file the form works by itself.
import { fresh } from "../base/token.js";
import { toast } from "../base/toast.js";

const words = document.querySelector("script[data-vote-failed]").dataset;
const states = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-vote]")) return;
  event.preventDefault();
  const state = states.get(form) ?? { known: seen(form), wish: seen(form), busy: false };
  states.set(form, state);
  const voted = !state.wish.voted;
  state.wish = { voted, count: state.known.count + (voted === state.known.voted ? 0 : voted ? 1 : -1) };
  show(form, state.wish);
  if (!state.busy) settle(form, state);
}, true); // before base/once.js, which would swallow the second tap

function seen(form) {
  const count = Number(form.querySelector("[data-vote-count]").textContent);
  return { voted: button(form).getAttribute("aria-pressed") === "true", count };
}

function show(form, { voted, count }) {
  button(form).setAttribute("aria-pressed", voted);
  form.elements.on.value = voted ? "0" : "1";
  form.querySelector("[data-vote-count]").textContent = count;
}

const button = (form) => form.querySelector("button[aria-pressed]");

async function settle(form, state) {
  state.busy = true;
  while (state.wish.voted !== state.known.voted) {
    const answer = await send(form, state.wish.voted);
    if (answer.entry) return enter(form, state);
    if (answer.error) {
      state.wish = state.known;
      show(form, state.known);
      toast(answer.error, "bad");
      break;
    }
    state.known = answer;
    if (state.wish.voted === state.known.voted) show(form, (state.wish = state.known));
  }
  state.busy = false;
}

async function send(form, voted) {
  const body = new URLSearchParams({ act: voted ? "cast" : "take_back" });
  const headers = { Accept: "application/json", "X-CSRFToken": fresh(form) };
  try {
    const response = await fetch(form.action, { method: "POST", body, headers, keepalive: true }); // outlives the page
    if (response.status === 401) return { entry: true };
    const answer = await response.json();
    return response.ok ? answer : { error: answer.detail };
  } catch {
    return { error: words.voteFailed };
  }
}

// A newcomer is asked for a nickname first: the plain form leads there and takes the vote along.
function enter(form, state) {
  show(form, state.known);
  form.elements.on.value = "1";
  form.submit();
}
