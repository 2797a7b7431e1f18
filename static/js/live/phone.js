// The phone in the hall: state from the page, news from the socket, acts through the queue.
import { toast } from "../base/toast.js";
import { readdress } from "./address.js";
import { BallotView } from "./ballot.js";
import { countDown } from "./clock.js";
import "./notes.js";
import { showNow } from "./now.js";
import { OwnView } from "./own.js";
import { Poll } from "./poll.js";
import { Queue } from "./queue.js";
import { Socket } from "./socket.js";
import { apply, current } from "./state.js";
import { Store } from "./store.js";
import { WallView } from "./wall.js";

const page = document.querySelector("[data-live]");
const begin = JSON.parse(document.getElementById("live").textContent);
const { words } = begin;
let { code } = begin;
const part = (name) => page.querySelector(`[data-part="${name}"]`);
let { state, you, epoch, seq } = begin;

const store = new Store(`${epoch}.${you.seat}`, (message) => (message.left ? setTimeout(() => own.refresh(), 1500) : queue.heard(message)));
// Who leaves in one tab has left in all of them.
document.querySelector("#weg form")?.addEventListener("submit", () => store.tell({ left: true }));
const queue = new Queue(store, {
  send: (op) => (socket.welcomed && socket.say(op) ? "socket" : poll.send(op) ? "http" : ""),
  told: (op, step, answer) => told[op.k]?.(op, step, answer),
});
const ballot = new BallotView(part("ballot"), words, (shown, choice) => {
  queue.add(`paper ${shown.id}`, "paper.cast", { ballot: shown.id, choice });
});
part("ballot").querySelector("[data-more]").addEventListener("submit", (event) => {
  event.preventDefault();
  const id = ballot.ballot.id;
  queue.add(`more ${id}`, "ballot.more_time", { ballot: id });
});
const wall = new WallView(part("wall"), words, {
  mark: (topic, on) => queue.add(`interest ${topic}`, "topic.interest", { topic, on }),
  propose: (title, text) => queue.add(null, "topic.propose", { title, text }),
});
let socket;
let plan;
let outcomes;
const counts = {};

// What the first half of the day does not need is fetched when there is something to show. Until then the server's
// plain forms stand there.
const BEFORE_OUTCOMES = new Set(["circle", "collect", "pitch", "market", "rounds", "news"]);
async function fetchLate() {
  const wants = [
    !plan && state.slots.length > 0 && import("./plan.js").then(({ PlanView }) => (plan ??= planFrom(PlanView))),
    !outcomes && (state.outcomes.length > 0 || !BEFORE_OUTCOMES.has(state.event.phase)) && import("./outcomes.js").then(({ OutcomesView }) => (outcomes ??= outcomesFrom(OutcomesView))),
  ].filter(Boolean);
  if (!wants.length) return;
  await Promise.allSettled(wants);
  plan?.tally(counts.plan);
  outcomes?.tally(counts.joins);
  own.bar(state);
}

function planFrom(PlanView) {
  const view = new PlanView(part("plan"), words, () => Date.now() + (socket?.skew ?? begin.now - Date.now()), {
    signUp: (topic, on) => queue.add(`plan ${topic}`, "plan.sign_up", { topic, on }),
    here: (topic) => queue.add("here", "here.set", { topic }),
    place: (topic, room, slot, rev) => queue.add(`place ${topic}`, "topic.place", { topic, room, slot }, rev),
    act: (kind, topic, rev) => queue.add(`place ${topic}`, kind, { topic }, kind === "topic.unplace" ? rev : undefined),
  });
  view.show(state, you);
  return view;
}

function outcomesFrom(OutcomesView) {
  const view = new OutcomesView(part("outcomes"), {
    join: (outcome, on) => queue.add(`join ${outcome}`, "outcome.join", { outcome, on }),
    propose: (topic, title, text) => queue.add(null, "outcome.propose", { topic, title, text }),
  });
  view.show(state, you.outcomes);
  return view;
}
const own = new OwnView(page, you.mine, { act: (slot, k, a) => queue.add(slot, k, a), tick: () => tick() });
const said = (answer) => words.refused[answer?.code] ?? words.refused.other;
const sorry = (op, step, answer) => step === "refused" && toast(said(answer), "bad");

// What happened to an operation.
const told = {
  "paper.cast"({ a }, step, answer) {
    const { at, receipt } = answer ?? {};
    if (step === "done" && you.papers[a.ballot]?.at > at) return;
    if (step === "done") you.papers[a.ballot] = { choice: a.choice, receipt, at };
    if (ballot.ballot?.id !== a.ballot) return sorry(0, step, answer);
    // A secret paper that is in stays as it is.
    if (ballot.ballot.secrecy === "secret" && you.papers[a.ballot]) return show();
    if (step !== "refused") ballot.adopt(a.choice);
    if (step === "done") ballot.tell("counted", you.papers[a.ballot]);
    else ballot.tell(step, answer);
  },
  "ballot.more_time"({ a }, step, answer) {
    if (step === "done") you.more[a.ballot] = Math.max(answer.seconds, you.more[a.ballot] ?? 0);
    else if (step === "refused") toast(said(answer), "bad");
    else if (step === "waiting") toast(words.waiting);
    if (step === "done") show();
  },
  "topic.interest"({ a }, step, answer) {
    wall.set(a.topic, (step === "refused") !== a.on);
    if (step === "refused") toast(said(answer), "bad");
  },
  "topic.withdraw": (...op) => own.told(...op, said),
  "topic.restore": (...op) => own.told(...op, said),
  "help.call": (...op) => own.told(...op, said, words.help),
  "help.cancel": (...op) => own.told(...op, said),
  "outcome.join": (...op) => outcomes?.joined(...op),
  "outcome.propose": (...op) => outcomes?.proposed(...op),
  "plan.sign_up"({ a }, step, answer) {
    if (step === "done") you.plan = [...you.plan.filter((n) => n !== a.topic), ...(a.on ? [a.topic] : [])];
    plan?.sign(a.topic, (step === "refused") !== a.on);
    if (step === "refused") toast(said(answer), "bad");
  },
  "here.set"({ a }, step, answer) {
    if (step === "done") you.here = a.topic ?? 0;
    plan?.stand(step === "refused" ? you.here : (a.topic ?? 0));
    if (step === "refused") toast(said(answer), "bad");
  },
  "topic.place"({ a }, step, answer) {
    if (step === "waiting") toast(words.waiting);
    if (step === "done" && plan) toast(plan.warned(answer.warnings));
    if (step !== "refused") return;
    const free = plan?.offer(a.topic, answer.free ?? []);
    toast(free ? `${said(answer)} ${words.plan.free.replace("{cells}", free)}` : said(answer), "bad");
  },
  "topic.unplace": sorry,
  "session.begin": sorry,
  "session.finish": sorry,
  "topic.propose"(op, step, answer) {
    if (step === "done") {
      you.mine = [...you.mine, answer.topic];
      plan?.proposed(answer.topic);
      wall.proposed(op.a);
      own.proposed(answer.topic);
      toast(answer.held ? words.topic_held : words.proposed);
    } else if (step === "refused") toast(said(answer), "bad");
    else if (step === "waiting") toast(words.waiting);
  },
};

// While topics are gathered the wall stands above the plan. Nothing moves under a finger that types.
const WALL_FIRST = new Set(["circle", "collect", "pitch"]);
function inOrder([above, below]) {
  const wrong = part(below).compareDocumentPosition(part(above)) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (wrong && !page.contains(document.activeElement)) part(below).before(part(above));
}

// Whoever has a seat when an event vote opens is on its roll.
const older = new Set(state.ballots.map(({ id }) => id));
const isOnRoll = ({ id, tier }) => tier === "signal" || you.roll.includes(id) || (tier === "event" && !older.has(id));

// Long lists are folded, except in the phases that are about them.
const ABOUT = { wall: WALL_FIRST, plan: new Set(["market", "rounds", "news"]) };
let phase;
function unfold() {
  if (phase === state.event.phase) return;
  ({ phase } = state.event);
  for (const [name, phases] of Object.entries(ABOUT)) if (phases.has(phase)) part(name).querySelector("[data-all]").open = true;
}

function show(first = false) {
  const last = current(state);
  const now = /closed|archived/.test(state.event.state) && !last?.result ? undefined : last; // nothing is coming any more
  page.querySelector("[data-state]").textContent = state.event.state === "live" ? "LIVE" : words.states[state.event.state];
  page.querySelector("[data-title]").textContent = state.event.title;
  ballot.show(now, you.papers[now?.id], first, you.more[now?.id], now && isOnRoll(now));
  wall.show(state, first ? you.interest : undefined);
  plan?.show(state, first ? you : undefined);
  outcomes?.show(state, first ? you.outcomes : undefined);
  fetchLate();
  const moment = { live: "", archived: "closed", wrap_up: now ? "" : "wrap_up" }[state.event.state] ?? state.event.state;
  part("moment").hidden = !moment;
  page.querySelector("[data-frozen]").hidden = !state.event.frozen;
  const ticket = page.querySelector("[data-ticket]");
  ticket.hidden = now?.tier !== "binding" || !["open", "paused"].includes(now.state) || isOnRoll(now);
  showNow(part("now"), state, words.now, Boolean(now && now.state !== "revealed"));
  own.bar(state);
  inOrder(WALL_FIRST.has(state.event.phase) ? ["wall", "plan"] : ["plan", "wall"]);
  unfold();
  follow(state.event.code);
  for (const screen of part("moment").children) screen.hidden = screen.dataset.moment !== moment;
}

function follow(next) {
  if (!next || next === code) return;
  readdress(code, next, poll, socket);
  code = next;
}

function take(entry) {
  if (entry.seq <= seq) return;
  seq = entry.seq;
  const before = current(state)?.state;
  const { frozen } = state.event;
  state = apply(state, entry);
  if (entry.k === "ballot.extended") toast(words.paused);
  if (entry.k === "ballot.voided") toast(words.voided.replace("{reason}", entry.d.reason), "bad");
  if (entry.k === "extension.given" && entry.d.mark === you.mark) {
    const about = state.ballots.find(({ n }) => n === entry.d.ballot);
    if (about) you.more[about.id] = entry.d.seconds;
  }
  show();
  own.heard(entry);
  if (frozen && !state.event.frozen) queue.flush();
  if (before === "paused" && current(state)?.state !== "paused") queue.flush();
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
    plan?.show(state, you);
    outcomes?.show(state, you.outcomes);
    const shown = ballot.ballot?.id;
    if (you.papers[shown] && !queue.holds(`paper ${shown}`)) ballot.known(you.papers[shown]);
    show();
  },
  snap: restart,
  ev: take,
  tally: (frame) => {
    if (frame.interest) wall.tally(frame.interest);
    else if (frame.plan || frame.joins) {
      Object.assign(counts, frame);
      if (frame.plan) plan?.tally(frame.plan);
      else outcomes?.tally(frame.joins);
    }
    else if (frame.ballot === current(state)?.n) ballot.tally(frame);
  },
  ack: (frame) => queue.answered(frame),
  nack: (frame) => queue.answered(frame),
  // Whoever has no place here any more leaves nothing on this phone.
  bye: ({ why }) => {
    if (!["no_seat", "left", "gone"].includes(why)) return;
    queue.clear().finally(() => why === "no_seat" && location.reload());
  },
};

const lamp = page.querySelector(".link-state");
function link(how) {
  const shown = how === "blocked" ? "waiting" : how;
  lamp.hidden = false;
  lamp.dataset.link = shown;
  const text = how === "blocked" ? words.link.slow : words.link[how];
  if (lamp.textContent !== text) lamp.textContent = text;
  queue.lost(how === "on" ? "http" : "socket");
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
    socket.skew = news.now - Date.now();
    if (news.state) restart(news);
    for (const entry of news.events ?? []) take(entry);
    wall.tally(news.tallies.interest);
    Object.assign(counts, news.tallies);
    plan?.tally(counts.plan);
    outcomes?.tally(counts.joins);
    const progress = news.tallies.ballots[current(state)?.n];
    if (progress) ballot.tally(progress);
  },
});

show(true);
socket = new Socket(`/ws/e/${code}/`, {
  hello: () => ({ epoch, seq, view: "phone" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link,
});
if (begin.now) socket.skew = begin.now - Date.now();
const tick = countDown(() => socket.skew);

// A half-filled ballot is kept as well, until it is cast or gone.
const DRAFT = "draft ";
ballot.keep = (id, choice) => (choice ? store.put(DRAFT + id, choice) : store.drop(DRAFT + id));
store.alone(`${epoch}.`);
store.all().then((kept) => {
  for (const [key, choice] of kept) {
    if (!key.startsWith(DRAFT)) continue;
    if (key === DRAFT + ballot.ballot?.id) ballot.restore(choice);
    else store.drop(key);
  }
  queue.load(kept);
});
