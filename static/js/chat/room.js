// A chat room: news by the socket (or by asking, where sockets are blocked), writing by HTTP through the outbox.
import { newId } from "../base/id.js";
import { toast } from "../base/toast.js";
import { Socket } from "../live/socket.js";
import { Log } from "./log.js";
import { Outbox } from "./outbox.js";
import { Post } from "./post.js";
import { Reader } from "./reader.js";

const ASK_EVERY_MS = 5000;
const PAGE = 50;

const page = document.querySelector("[data-chat]");
const find = (name) => page.querySelector(`[data-${name}]`);
const words = Object.fromEntries(
  Object.entries(page.dataset)
    .filter(([name]) => name.startsWith("say"))
    .map(([name, text]) => [name.slice(3).toLowerCase(), text]),
);
const me = Number(page.dataset.me);
const isTeam = "team" in page.dataset;
const composer = find("composer");
const text = composer.elements.text;
const error = find("error");
const older = find("older");
const draftKey = `anstoss.chat.draft.${page.dataset.room}.${me}`;

const blanks = { mine: find("blank='mine'"), theirs: find("blank='theirs'") };
const log = new Log(find("log"), blanks, words, { me, zone: page.dataset.zone, lang: document.documentElement.lang });
const post = new Post(page.dataset.messages, composer.elements.csrfmiddlewaretoken.value);
const reader = new Reader(find("scroll"), find("jump"), log, `anstoss.chat.seen.${page.dataset.room}.${me}`);
let seq = Number(page.dataset.seq);
let isOver = false;

// --- news ------------------------------------------------------------------------------------------------
function take(messages, upTo) {
  let news = false;
  for (const message of messages) news = log.put(message) || news;
  seq = Math.max(seq, upTo);
  if (messages.length) find("empty")?.remove();
  reader.settle(seq, news);
}

function begin({ messages, older: hasOlder }, upTo) {
  log.reset(messages);
  older.hidden = !hasOlder;
  take([], upTo);
}

const frames = {
  ev: ({ seq: number, d }) => take([d], number),
  snap: ({ seq: number, state }) => begin(state, number),
  here: ({ joined, mode }) => {
    find("people").textContent = words.people.replace("{n}", joined);
    setMode(mode);
  },
  bye: ({ why, retry_ms }) => retry_ms === 0 && ["left", "gone"].includes(why) && leave(),
};

const socket = new Socket(page.dataset.socket, {
  hello: () => ({ epoch: page.dataset.epoch, seq }),
  frame: (frame) => frames[frame.t]?.(frame),
  link: (state) => {
    page.dataset.link = state;
    if (state === "on") outbox.flush();
  },
});

// School and café networks block sockets: then the page asks by itself.
async function ask() {
  if (page.dataset.link === "on" || document.hidden || isOver) return;
  const answer = await post.read({ after: seq, limit: 200 }).catch(() => null);
  if (answer?.ok) take(answer.body.messages, answer.body.more ? answer.body.messages.at(-1).changed_seq : answer.body.seq);
  else if (answer?.status === 404) leave();
}
setInterval(ask, ASK_EVERY_MS);

function setMode(mode) {
  if (isOver) return;
  const isOpen = mode === "open" || (isTeam && mode === "read_only");
  composer.hidden = !isOpen;
  find("closed").hidden = isOpen;
  find("closed").textContent = isOpen ? "" : words[mode];
}

// Not (or no more) in the room: nothing comes and nothing goes.
function leave() {
  isOver = socket.over = true;
  composer.hidden = true;
  find("closed").hidden = false;
  find("closed").textContent = words.left;
}

// --- writing ---------------------------------------------------------------------------------------------
const outbox = new Outbox(`anstoss.chat.outbox.${page.dataset.room}.${me}`, ({ id, text: said }) => post.write(id, said), {
  waiting: ({ id }) => {
    log.state(id, "waiting", words.waiting);
    reader.settle(seq, false);
  },
  sent: (letter, message) => take([message], 0),
  refused: (letter, { body, status }) => {
    const sentence = body.detail ?? words.failed;
    if (status === 404) leave();
    if (text.value) log.state(letter.id, "failed", sentence);
    else {
      log.drop(letter.id);
      text.value = letter.text;
    }
    complain(sentence);
  },
});
for (const letter of outbox.letters) log.putWaiting(letter);
outbox.flush();

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  complain("");
  if (!text.value.trim()) return text.focus();
  const letter = { id: newId(), text: text.value.trim(), at: new Date().toISOString() };
  text.value = "";
  text.dispatchEvent(new Event("input", { bubbles: true }));
  find("empty")?.remove();
  log.putWaiting(letter);
  reader.toEnd();
  outbox.add(letter);
  text.focus();
});

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

// What is typed survives a reload.
try {
  text.value ||= localStorage.getItem(draftKey) ?? "";
  text.addEventListener("input", () => {
    if (text.value) localStorage.setItem(draftKey, text.value);
    else localStorage.removeItem(draftKey);
  });
} catch {
  // A device without storage keeps the text as long as the page.
}

function complain(sentence) {
  error.hidden = !sentence;
  error.querySelector("span").textContent = sentence;
}

// --- older ones ------------------------------------------------------------------------------------------
async function showOlder() {
  if (older.hidden || older.dataset.busy) return;
  older.dataset.busy = "yes";
  const answer = await post.read({ before: log.firstSeq, limit: PAGE }).catch(() => null);
  if (answer?.ok) {
    reader.keepPlace(() => {
      for (const message of answer.body.messages.toReversed()) log.put(message);
      older.hidden = !answer.body.more;
    });
  }
  delete older.dataset.busy;
}
older.addEventListener("click", (event) => {
  event.preventDefault();
  showOlder();
});
new IntersectionObserver(([entry]) => entry.isIntersecting && showOlder(), { root: find("scroll") }).observe(older);

// --- deleting --------------------------------------------------------------------------------------------
const dialog = find("delete-dialog");
page.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-delete]");
  if (!tool || !dialog.showModal) return;
  event.preventDefault();
  dialog.returnValue = "";
  dialog.dataset.id = tool.closest(".message").dataset.id;
  dialog.showModal();
});
dialog.addEventListener("close", async () => {
  if (dialog.returnValue !== "delete") return;
  const answer = await post.remove(dialog.dataset.id).catch(() => null);
  if (answer?.ok) take([answer.body], 0);
  else toast(answer?.body.detail ?? words.failed, "bad");
});

reader.begin(seq);
