// The facilitator's phone: every button is a plain form; this sends it also over a bad network and keeps the page fresh.
import { toast } from "../base/toast.js";
import { readdress } from "./address.js";
import { countDown } from "./clock.js";
import { here, tally } from "./counts.js";
import { Outbox } from "./outbox.js";
import { Refresh } from "./refresh.js";
import { Socket } from "./socket.js";

const HOLD_MS = 1000;
const STAGE = /^\/e\/([^/]+)\/leitung\/$/;
const RING = [300, 150, 300, 150, 300];
const known = JSON.parse(document.getElementById("live").textContent);
const stage = document.querySelector("[data-stage]");
const words = document.querySelector("[data-words][data-on]").dataset;
const last = {};
const refresh = new Refresh(fresh);

// What changes several times a second stands in again after the page was laid over.
function fresh() {
  if (last.here) here(last.here);
  if (last.interest) tally(last.interest);
  if (last.plan) tally(last.plan);
  if (last.ballot?.ballot === running()) tally(last.ballot);
  tick?.();
  ring();
  centre();
}

// The step of now stands in the middle of the row of phases. Whoever scrolls it is left alone until the next one.
let centred;
function centre() {
  const now = document.querySelector(".phases [aria-current]");
  const row = now?.parentElement;
  if (row && centred !== now.textContent) row.scrollLeft += now.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - now.clientWidth) / 2;
  centred = now?.textContent;
}

let calls = new Set([...document.querySelectorAll("[data-call]")].map(({ dataset }) => dataset.call));
const title = document.title;
function ring() {
  const now = [...document.querySelectorAll(".call-ring")].map(({ dataset }) => dataset.call);
  if (now.some((call) => !calls.has(call))) navigator.vibrate?.(RING);
  calls = new Set(now);
  document.title = now.length ? `(${now.length}) ${title}` : title;
}

const frames = {
  welcome: ({ epoch }) => Object.assign(known, { epoch }),
  ev: ({ seq, k, d }) => {
    known.seq = Math.max(known.seq, seq);
    if (k === "ballot.extended") toast(words.extended);
    if (k === "event.changed") follow(d.code);
    refresh.run();
  },
  snap: ({ epoch, seq, state }) => {
    Object.assign(known, { epoch, seq });
    follow(state?.event.code);
    refresh.run();
  },
  here: (frame) => here((last.here = frame)),
  tally: (frame) => {
    if (frame.interest) last.interest = frame;
    else if (frame.plan) last.plan = frame;
    else if (frame.ballot) last.ballot = frame;
    if (!frame.ballot || frame.ballot === running()) tally(frame);
  },
};

// The number of the ballot whose papers are counted on the page.
const running = () => Number(document.querySelector("[data-part=counts] [data-ballot]")?.dataset.ballot);

function follow(code) {
  if (!code || code === known.code) return;
  readdress(known.code, code, socket);
  known.code = code;
}

const lamp = stage.querySelector(".link-state");
const socket = new Socket(`/ws/e/${known.code}/stage/`, {
  hello: () => ({ epoch: known.epoch, seq: known.seq, view: "stage" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link: (how) => {
    lamp.dataset.link = how === "blocked" ? "off" : how;
    lamp.textContent = words[lamp.dataset.link];
    if (how === "on") outbox.hurry();
    if (how === "blocked") refresh.run();
  },
});
const tick = countDown(() => socket.skew);

// --- buttons on a bad network
const unsent = stage.querySelector("[data-unsent]");
const sending = new Map();
const told = (fields) => [...fields].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "op");
const typed = (form) => new URLSearchParams([...new FormData(form)].filter(([name]) => form.elements[name]?.type !== "hidden")).toString();
const outbox = new Outbox(known.epoch, {
  waiting: (presses) => {
    unsent.hidden = presses.length === 0;
    const text = `${unsent.dataset.words} ${presses.map(({ label }) => label).join(" · ")}`;
    if (!unsent.hidden && unsent.textContent !== text) unsent.textContent = text;
  },
  leave: (url) => location.assign(url),
  answered: (press, { status, url }, html) => {
    const { form, was, turn } = sending.get(press.body) ?? {};
    sending.delete(press.body);
    for (const button of form?.querySelectorAll("[aria-busy]") ?? []) button.removeAttribute("aria-busy");
    follow(new URL(url).pathname.match(STAGE)?.[1]);
    if (new URL(url).pathname !== location.pathname || status === 403) {
      location.assign(status === 403 ? location.href : url);
      return;
    }
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.querySelector("[data-stage]")) {
      toast(page.querySelector("h1")?.textContent.trim() ?? "", "bad");
      refresh.run();
      return;
    }
    const notes = [...page.querySelectorAll("[data-part=messages] .notice")].map((note) => [note.textContent.trim(), note.classList.contains("tone-blush") ? "bad" : "good"]);
    if (status < 400 && notes.every(([, how]) => how === "good")) {
      // Who has gone on typing meanwhile keeps it.
      if (form && typed(form) === was) form.reset();
      if (location.search && form?.closest("#thema")) history.replaceState(null, "", location.pathname);
    }
    looked(page);
    refresh.lay(page);
    for (const [words, how] of notes) toast(words, how);
    // This page may be older than news that came while it was on its way.
    if (turn !== undefined && turn + 1 !== refresh.turn) refresh.run();
  },
});

// The topic that is looked at is the one of now, not that of when the button was pressed.
function looked(page) {
  const [now, then] = [document.getElementById("thema"), page.getElementById("thema")];
  if (location.search && now && now.dataset.key === then?.dataset.key) return;
  then?.remove();
  if (location.search && now) page.querySelector("#themen > h2")?.after(now.cloneNode(true));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!stage.contains(form) || form.method !== "post" || form.enctype !== "application/x-www-form-urlencoded" || !form.elements.act) return;
  event.preventDefault();
  const fields = told(new FormData(form, event.submitter));
  const body = new URLSearchParams(fields).toString();
  sending.set(body, { form, was: typed(form), turn: refresh.turn });
  event.submitter?.setAttribute("aria-busy", "true");
  outbox.add(location.pathname + location.search, fields, event.submitter?.textContent.trim() ?? "");
}, true);

// --- a topic is looked at without leaving the page
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-look]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const address = link.href.split("#")[0];
  const before = document.getElementById("thema")?.dataset.key;
  const { turn } = refresh;
  history.replaceState(null, "", address);
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || location.href !== address) return;
  if (!refresh.read(await answer.text(), turn)) await refresh.run();
  const place = document.getElementById(link.hash.slice(1));
  place?.scrollIntoView({ block: "start" });
  // The keyboard goes along: into the topic, and back to its row.
  const hand = place?.id === "thema" ? place : document.querySelector(`#zeile-${before} a`);
  hand?.focus({ preventScroll: true });
});

// --- a press is what was meant by it
// News may put another button where one was meant, or make another of it: neither holding on, nor lifting the finger,
// nor tapping twice, nor a key that is held down presses that one.
const TWICE_MS = 500;
const NEAR_PX = 30;
const meaning = (form) => new URLSearchParams(told(new FormData(form)).filter(([name]) => name !== "client_id")).toString();
let down = {};
let pressed = {};
document.addEventListener("pointerdown", ({ target }) => {
  const button = target.closest("button");
  down = button?.form ? { button, meant: meaning(button.form) } : {};
}, true);
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && !event.target.matches("textarea")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button?.form || !stage.contains(button)) return;
  const { detail, timeStamp, clientX, clientY, pointerType } = event;
  const meant = meaning(button.form);
  const became = detail > 0 && down.button === button && down.meant !== meant;
  const there = button === pressed.button || (detail > 0 && Math.hypot(clientX - pressed.x, clientY - pressed.y) < NEAR_PX);
  const twice = pointerType === "mouse" ? detail > 1 : timeStamp - pressed.at < TWICE_MS;
  const again = twice && there && meant !== pressed.meant;
  if (became || again) {
    event.preventDefault();
    event.stopPropagation();
  } else pressed = { button, meant, at: timeStamp, x: detail > 0 ? clientX : NaN, y: clientY };
}, true);

// What cannot be taken back is held for a second. With the keyboard, Enter is enough.
let held;
let acted = false;
document.addEventListener("pointerdown", ({ target }) => {
  acted = false;
  const button = target.closest("[data-hold]");
  if (!button) return;
  const meant = meaning(button.form);
  button.setAttribute("data-holding", "");
  held = setTimeout(() => {
    acted = true;
    if (button.isConnected && meaning(button.form) === meant) button.form.requestSubmit(button);
  }, HOLD_MS);
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
  document.addEventListener(end, () => {
    clearTimeout(held);
    for (const button of document.querySelectorAll("[data-holding]")) button.removeAttribute("data-holding");
  });
}
document.addEventListener("click", (event) => {
  if (event.detail > 0 && (acted || event.target.closest("[data-hold]"))) event.preventDefault();
});
ring();
centre();
