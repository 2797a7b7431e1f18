// The page of a topic: notes go through the queue, news make the server draw the parts anew, and what somebody types
// stays: through news, through a reload, and without a network.
import { toast } from "../base/toast.js";
import { readdress } from "./address.js";
import { Poll } from "./poll.js";
import { Queue } from "./queue.js";
import { Refresh } from "./refresh.js";
import { Socket } from "./socket.js";
import { Store } from "./store.js";

const SPREAD_MS = 1500; // a whole group reads the same page: not all ask in the same moment
const LULL_MS = 2500;
const DRAFT = "note ";
const WRITE = "note.write";

const page = document.querySelector("[data-topic-page]");
const begin = JSON.parse(document.getElementById("live").textContent);
const { words, topic, seat } = begin;
let { code, epoch, seq } = begin;
const forms = [...page.querySelectorAll("form[data-note]")];
const section = (form) => form.elements.section.value;

// --- what the page shows ---------------------------------------------------------------------------------
const refresh = new Refresh(() => {
  const open = page.querySelector("[data-switch]").dataset.switch === "open";
  for (const part of [...forms, ...page.querySelectorAll("[data-photo-form], [data-hint]")]) part.hidden = !open;
  for (const [op, done] of settled) if (done) settled.delete(op), waiting.delete(op);
  drawWaiting();
});
// Hidden or withdrawn meanwhile: nothing of it stays in view. What was half typed stays in the store.
refresh.gone = () => location.replace(page.querySelector(".live-head a").href);
let due;
function soon(spread = SPREAD_MS) {
  due ??= setTimeout(() => {
    due = undefined;
    refresh.run();
  }, spread && LULL_MS / 2 + Math.random() * spread);
}

// Notes on their way, shown below the others until the page knows them.
const waiting = new Map();
const settled = new Map();
function drawWaiting() {
  for (const form of forms) {
    const list = form.closest("[data-section]").querySelector("[data-waiting]");
    const rows = [...waiting.values()].filter(({ a }) => a.section === section(form)).map(drawn);
    list.replaceChildren(...rows);
    list.hidden = !rows.length;
  }
}
function drawn({ a, step }) {
  const row = document.getElementById("sample-waiting-note").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-text]").textContent = a.text;
  row.querySelector("[data-state]").textContent = step === "waiting" ? words.waiting : words.sent;
  return row;
}

// --- notes -----------------------------------------------------------------------------------------------
const said = (answer) => words.refused[answer?.code] ?? words.refused.other;
function told({ op, k, a }, step, answer) {
  if (k !== WRITE || a.topic !== topic) return;
  if (step === "refused") {
    waiting.delete(op);
    giveBack(a);
    toast(said(answer), "bad");
  } else waiting.set(op, { a, step });
  if (step === "done") {
    settled.set(op, true);
    refresh.run();
  }
  drawWaiting();
}
// What was refused goes back to where it was typed.
function giveBack({ section: name, text }) {
  const field = forms.find((form) => section(form) === name)?.elements.text;
  if (!field) return;
  field.value = [text, field.value].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input"));
}

// Without a seat this is the team's page: its forms are plain, and only the news come by the socket.
const store = new Store(`${epoch}.${seat ?? "team"}`, (message) => (message.left ? soon() : queue?.heard(message)));
const queue = seat && new Queue(store, {
  send: (op) => (socket.welcomed && socket.say(op) ? "socket" : poll.send(op) ? "http" : ""),
  told,
});
const draft = (form) => `${DRAFT}${topic} ${section(form)}`;
const byQueue = seat && !page.hasAttribute("data-leads");

for (const form of forms) {
  const { text } = form.elements;
  text.addEventListener("input", () => (text.value ? store.put(draft(form), text.value) : store.drop(draft(form))));
  form.addEventListener("submit", (event) => {
    store.drop(draft(form));
    if (!byQueue || !form.checkValidity()) return;
    event.preventDefault();
    const words = text.value.trim();
    text.value = "";
    text.focus();
    if (words) queue.add(null, WRITE, { topic, section: section(form), text: words });
  }, true);
}
store.all().then((kept) => {
  queue?.load(kept);
  for (const form of forms) {
    const typed = kept.get(draft(form));
    if (typed && !form.elements.text.value) form.elements.text.value = typed;
  }
});

// --- news ------------------------------------------------------------------------------------------------
function take({ seq: number, k, d }) {
  if (number <= seq) return;
  seq = number;
  const about = { note: d.topic, photo: d.topic, topic: d.n, session: d.n }[k.split(".")[0]];
  if (k === "event.changed") follow(d.code);
  if (about === topic || k === "event.changed") soon();
}
function follow(next) {
  if (!next || next === code) return;
  readdress(code, next, poll, socket);
  code = next;
}
function restart(next) {
  follow(next.state.event.code);
  const missed = next.seq !== seq;
  ({ epoch, seq } = next);
  if (missed) soon();
}
const frames = {
  snap: restart,
  ev: take,
  ack: (frame) => queue?.answered(frame),
  nack: (frame) => queue?.answered(frame),
  bye: ({ why }) => why === "no_seat" && location.reload(),
};

const lamp = page.querySelector(".link-state");
function link(how) {
  const shown = how === "blocked" ? "waiting" : how;
  lamp.hidden = false;
  lamp.dataset.link = shown;
  if (lamp.textContent !== lamp.dataset[shown]) lamp.textContent = lamp.dataset[shown];
  queue?.lost(how === "on" ? "http" : "socket");
  if (how === "blocked") {
    poll.start();
    if (!seat) soon(); // the code may have changed meanwhile: the page knows where to
  }
  if (how === "on") poll.stop();
  if (how === "on" || how === "blocked") queue?.flush();
}

const poll = new Poll({
  ops: begin.ops,
  sync: begin.sync,
  token: page.querySelector("[name=csrfmiddlewaretoken]")?.value,
  known: () => ({ epoch, seq }),
  answer: (frame) => queue?.answered(frame),
  news: (news) => {
    if (news.state) restart(news);
    for (const entry of news.events ?? []) take(entry);
  },
});
const socket = new Socket(seat ? `/ws/e/${code}/` : `/ws/e/${code}/stage/`, {
  hello: () => ({ epoch, seq, view: seat ? "phone" : "stage" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link,
});
