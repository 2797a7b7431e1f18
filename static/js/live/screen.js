// The projector: the scene comes from the server, the numbers from the socket, a long wall turns its pages.
import { toast } from "../base/toast.js";
import { countDown } from "./clock.js";
import { here, tally } from "./counts.js";
import { Refresh } from "./refresh.js";
import { Socket } from "./socket.js";

const TURN_MS = 8000;
const screen = document.querySelector("[data-screen]");
const { code, ...known } = screen.dataset;
const last = {};
const refresh = new Refresh(() => {
  if (last.here) here(last.here);
  lamp(last.link);
  tick?.();
  turn(first);
});

const frames = {
  ev: ({ seq, k }) => {
    known.seq = Math.max(known.seq, seq);
    if (k === "ballot.extended") toast(screen.dataset.extended);
    refresh.run();
  },
  snap: ({ epoch, seq }) => {
    Object.assign(known, { epoch, seq });
    refresh.run();
  },
  here: (frame) => here((last.here = frame)),
  tally: (frame) => {
    const shown = document.querySelector("[data-ballot]");
    if (frame.ballot && Number(shown?.dataset.ballot) === frame.ballot) tally(frame);
  },
};

function lamp(how = "waiting") {
  last.link = how === "blocked" ? "off" : how;
  const place = document.querySelector(".link-state");
  place.dataset.link = last.link;
  if (place.textContent !== screen.dataset[last.link]) place.textContent = screen.dataset[last.link];
}

const socket = new Socket(`/ws/e/${code}/screen/`, {
  hello: () => ({ epoch: known.epoch, seq: Number(known.seq), view: "screen" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link: (how) => {
    lamp(how);
    if (how === "blocked") refresh.run(); // the code may have changed: the page knows where to
  },
});
const tick = countDown(() => socket.skew);

// Topics that do not fit are shown after each other, page by page.
let first = 0;
let next = 0;
function turn(from) {
  const wall = document.querySelector("[data-wall]");
  if (!wall) return;
  const topics = [...wall.children];
  const begin = from < topics.length ? from : 0;
  topics.forEach((topic, place) => (topic.hidden = place < begin));
  const floor = wall.getBoundingClientRect().bottom;
  const over = topics.findIndex((topic) => !topic.hidden && topic.getBoundingClientRect().bottom > floor + 1);
  for (const topic of over < 0 ? [] : topics.slice(over)) topic.hidden = true;
  first = begin;
  next = over < 0 ? 0 : Math.max(over, begin + 1);
  pages(begin, over < 0 ? topics.length : next, topics.length);
}
function pages(from, to, of) {
  const place = document.querySelector("[data-pages]");
  if (!place) return;
  place.hidden = from === 0 && to === of;
  place.textContent = place.dataset.text.replace("{from}", from + 1).replace("{to}", to).replace("{of}", of);
}
turn(0);
setInterval(() => turn(next), TURN_MS);
addEventListener("resize", () => turn(first));
