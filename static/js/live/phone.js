// The phone in the hall: state from the page, news from the socket, acts through the queue.
import { toast } from "../base/toast.js";
import { BallotView } from "./ballot.js";
import { countDown } from "./clock.js";
import { Poll } from "./poll.js";
import { Queue } from "./queue.js";
import { Socket } from "./socket.js";
import { apply, current } from "./state.js";
import { WallView } from "./wall.js";

const page = document.querySelector("[data-live]");
const begin = JSON.parse(document.getElementById("live").textContent);
const { words, code } = begin;
const part = (name) => page.querySelector(`[data-part="${name}"]`);
let { state, you, epoch, seq } = begin;

const queue = new Queue(`${code}.${you.seat}`, {
  send: (op) => (socket?.welcomed && socket.say(op)) || poll.send(op),
  told: (op, step, answer) => told[op.k]?.(op, step, answer),
});
const ballot = new BallotView(part("ballot"), words, (shown, choice) => {
  queue.add(`paper ${shown.id}`, "paper.cast", { ballot: shown.id, choice });
});
const wall = new WallView(part("wall"), words, {
  mark: (topic, on) => queue.add(`interest ${topic}`, "topic.interest", { topic, on }),
  propose: (title, text) => queue.add("proposal", "topic.propose", { title, text }),
});
const said = (answer) => words.refused[answer?.code] ?? words.refused.other;

// What happened to an operation, said where the person is looking.
const told = {
  "paper.cast"({ a }, step, answer) {
    if (step === "done") you.papers[a.ballot] = { choice: a.choice, receipt: answer.receipt, at: answer.at };
    if (ballot.ballot?.id !== a.ballot) return;
    if (step === "done") ballot.tell("counted", you.papers[a.ballot]);
    else ballot.tell(step, answer);
  },
  "topic.interest"({ a }, step, answer) {
    if (step !== "refused") return;
    wall.set(a.topic, !a.on);
    toast(said(answer), "bad");
  },
  "topic.propose"(op, step, answer) {
    if (step === "done") {
      wall.proposed();
      toast(words.proposed);
    } else if (step === "refused") toast(said(answer), "bad");
    else if (step === "waiting") toast(words.waiting);
  },
};

function show(first = false) {
  const now = current(state);
  page.querySelector("[data-state]").textContent = state.event.state === "live" ? "LIVE" : words.states[state.event.state];
  page.querySelector("[data-title]").textContent = state.event.title;
  ballot.show(now, you.papers[now?.id], first);
  wall.show(state, first ? you.interest : undefined);
  const moment = { live: "", archived: "closed", wrap_up: now ? "" : "wrap_up" }[state.event.state] ?? state.event.state;
  part("moment").hidden = !moment;
  for (const screen of part("moment").children) screen.hidden = screen.dataset.moment !== moment;
}

function take(entry) {
  if (entry.seq <= seq) return;
  seq = entry.seq;
  const before = current(state)?.state;
  state = apply(state, entry);
  if (entry.k === "ballot.voided") toast(words.refused.closed, "bad");
  show();
  if (before === "paused" && current(state)?.state === "open") queue.flush();
}

function restart(next) {
  ({ state, epoch, seq } = next);
  show();
}

const frames = {
  welcome: (frame) => {
    ({ epoch } = frame);
    you = frame.you;
    wall.show(state, you.interest);
  },
  snap: restart,
  ev: take,
  tally: (frame) => {
    if (frame.interest) wall.tally(frame.interest);
    else if (frame.ballot === current(state)?.n) ballot.tally(frame);
  },
  ack: (frame) => queue.answered(frame),
  nack: (frame) => queue.answered(frame),
  bye: ({ why }) => why === "no_seat" && location.reload(),
};

const lamp = page.querySelector(".link-state");
function link(how) {
  const shown = how === "blocked" ? "waiting" : how;
  lamp.hidden = false;
  lamp.dataset.link = shown;
  const text = how === "blocked" ? words.link.slow : words.link[how];
  if (lamp.textContent !== text) lamp.textContent = text;
  if (how === "blocked") poll.start();
  if (how === "on") poll.stop();
  if (how === "on" || how === "blocked") queue.flush();
}

const poll = new Poll({
  ops: begin.ops,
  sync: begin.sync,
  token: page.querySelector("[name=csrfmiddlewaretoken]")?.value,
  known: () => ({ epoch, seq }),
  answer: (frame) => queue.answered(frame),
  news: (news) => {
    if (news.state) restart(news);
    for (const entry of news.events ?? []) take(entry);
    wall.tally(news.tallies.interest);
    const progress = news.tallies.ballots[current(state)?.n];
    if (progress) ballot.tally(progress);
  },
});

show(true);
for (const op of queue.ops) told[op.k]?.(op, "waiting");
const socket = new Socket(`/ws/e/${code}/`, {
  hello: () => ({ epoch, seq, view: "phone" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link,
});
countDown(() => socket.skew);
