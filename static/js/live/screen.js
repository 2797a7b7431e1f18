// The projector: the scene comes from the server, the numbers from the socket, a long wall turns its pages.
import { countDown } from "./clock.js";
import { here, tally } from "./counts.js";
import { Refresh } from "./refresh.js";
import { Socket } from "./socket.js";

const TURN_MS = 8000;
const screen = document.querySelector("[data-screen]");
const { code, ...known } = screen.dataset;
const refresh = new Refresh(() => turn(0));

const frames = {
  ev: ({ seq }) => {
    known.seq = Math.max(known.seq, seq);
    refresh.run();
  },
  snap: ({ epoch, seq }) => {
    Object.assign(known, { epoch, seq });
    refresh.run();
  },
  here,
  tally: (frame) => {
    const shown = document.querySelector("[data-ballot]");
    if (frame.ballot && Number(shown?.dataset.ballot) === frame.ballot) tally(frame);
  },
};

const lamp = document.querySelector(".link-state");
const socket = new Socket(`/ws/e/${code}/screen/`, {
  hello: () => ({ epoch: known.epoch, seq: Number(known.seq), view: "screen" }),
  frame: (frame) => frames[frame.t]?.(frame),
  link: (how) => {
    lamp.dataset.link = how === "blocked" ? "off" : how;
    lamp.textContent = screen.dataset[lamp.dataset.link];
  },
});
countDown(() => socket.skew);

// Topics that do not fit are shown after each other.
let first = 0;
function turn(from) {
  const wall = document.querySelector("[data-wall]");
  if (!wall) return;
  const topics = [...wall.children];
  topics.forEach((topic, place) => (topic.hidden = place < from));
  const floor = wall.getBoundingClientRect().bottom;
  const over = topics.findIndex((topic) => !topic.hidden && topic.getBoundingClientRect().bottom > floor + 1);
  for (const topic of over < 0 ? [] : topics.slice(over)) topic.hidden = true;
  first = over < 0 ? 0 : Math.max(over, from + 1);
}
turn(0);
setInterval(() => turn(first), TURN_MS);
