// Papers written down one after the other: the form is free again at once, and what finds no network waits its turn.
import { Outbox } from "./outbox.js";
import { Refresh } from "./refresh.js";

const form = document.querySelector("[data-scribe]");
const list = document.querySelector("[data-sent]");
const refresh = new Refresh();

const outbox = new Outbox(`paper.${form.dataset.name}`, {
  waiting: (presses) => {
    list.replaceChildren(...presses.map(({ label }) => row(label, list.dataset.waiting, "tone-sun")));
  },
  leave: (url) => location.assign(url),
  answered: (press, { status, url }, html) => {
    if (new URL(url).pathname !== location.pathname) location.assign(url);
    else if (status === 422) again(press, html);
    else if (status < 400) refresh.read(html);
  },
});

form.addEventListener("submit", (event) => {
  if (!form.checkValidity()) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "op"].includes(name));
  outbox.add(location.pathname, fields, form.elements.title.value);
  form.reset();
  for (const field of form.elements) field.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.title.focus();
});

// Not accepted: what was typed comes back with the sentence that says why.
function again(press, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-scribe]");
  form.replaceChildren(...document.importNode(fresh, true).childNodes);
  form.elements.title.focus();
}

function row(text, state, tone) {
  const line = document.createElement("li");
  const name = document.createElement("b");
  const pill = document.createElement("span");
  name.textContent = text;
  name.dir = "auto";
  pill.textContent = state;
  pill.className = `pill ${tone}`;
  line.append(name, " ", pill);
  return line;
}
