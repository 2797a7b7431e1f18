// The list of messages: puts each one where its number belongs, with lines between days and before what is new.
export class Log {
  constructor(list, blanks, words, { me, zone, lang }) {
    this.list = list;
    this.blanks = blanks;
    this.words = words;
    this.me = me;
    this.time = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", timeZone: zone });
    this.date = new Intl.DateTimeFormat(lang, { weekday: "short", day: "numeric", month: "short", timeZone: zone });
    this.iso = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
    this.byId = new Map();
    this.byClientId = new Map();
    for (const item of this.#items()) this.byId.set(Number(item.dataset.id), item);
  }

  get firstSeq() {
    return Number(this.#items()[0]?.dataset.seq ?? 0);
  }

  // A message as the server tells it: new, changed, or known already. True when it is new and somebody else's.
  put(message) {
    const known = this.byId.get(message.id);
    if (known) {
      // Written before a reload that came faster than the answer: the page has it, it waits no more.
      if (this.byClientId.has(message.client_id)) this.drop(message.client_id);
      if (message.gone) this.#empty(known);
      else this.#fill(known, message);
      return false;
    }
    const waiting = this.byClientId.get(message.client_id);
    const item = waiting ?? this.#blank(message.author === this.me);
    item.dataset.id = message.id;
    item.dataset.seq = message.seq;
    item.id = `m${message.id}`;
    delete item.dataset.state;
    item.querySelector("[data-waiting]")?.remove();
    for (const tool of item.querySelectorAll(".message-tool")) {
      tool.href = tool.href.replace(/\/0\//, `/${message.id}/`);
      tool.hidden = false;
    }
    this.#fill(item, message);
    if (message.gone) this.#empty(item);
    this.byId.set(message.id, item);
    this.byClientId.delete(message.client_id);
    this.#place(item, message.seq);
    return !waiting && message.author !== this.me;
  }

  // One's own words before the server has them.
  putWaiting({ id, text, at }) {
    if (this.byClientId.has(id)) return;
    const item = this.#blank(true);
    this.#fill(item, { author: this.me, text, sent_at: at, staff: item.classList.contains("message-staff") });
    for (const tool of item.querySelectorAll(".message-tool")) tool.hidden = true;
    item.querySelector("[data-waiting]").hidden = true;
    this.byClientId.set(id, item);
    this.list.append(item);
    this.#label(item);
  }

  state(id, state, sentence) {
    const item = this.byClientId.get(id);
    if (!item) return;
    item.dataset.state = state;
    const note = item.querySelector("[data-waiting]");
    note.hidden = false;
    note.querySelector("span").textContent = sentence;
  }

  drop(id) {
    const item = this.byClientId.get(id);
    const next = item && this.#next(item);
    item?.remove();
    this.byClientId.delete(id);
    if (next) this.#label(next);
    this.#tidy();
  }

  // Everything anew, after having been away for too long.
  reset(messages) {
    for (const item of this.byId.values()) item.remove();
    this.byId.clear();
    for (const line of this.list.querySelectorAll(".chat-line")) line.remove();
    for (const message of messages) this.put(message);
  }

  // The line above the first message of others after a number.
  markNew(seq) {
    if (this.list.querySelector("[data-new-line]")) return;
    const first = this.#items().find((item) => Number(item.dataset.seq) > seq && !item.matches(".message-mine"));
    first?.before(this.#line(this.words.new, "newLine"));
  }

  unmarkNew() {
    this.list.querySelector("[data-new-line]")?.remove();
  }

  #items() {
    return [...this.list.querySelectorAll(".message[data-id]")].filter((item) => Number(item.dataset.id));
  }

  #blank(mine) {
    return this.blanks[mine ? "mine" : "theirs"].content.querySelector(".message").cloneNode(true);
  }

  #fill(item, message) {
    const name = item.querySelector("[data-name]");
    if (message.author !== this.me) name.textContent = message.name || this.words.somebody;
    item.classList.toggle("message-staff", message.staff);
    item.querySelector(".message-head .pill")?.toggleAttribute("hidden", !message.staff);
    const moment = new Date(message.sent_at);
    const time = item.querySelector("time");
    time.dateTime = message.sent_at;
    time.textContent = this.time.format(moment);
    item.dataset.day = this.iso.format(moment);
    item.querySelector("[data-text]").textContent = message.text;
    item.classList.remove("message-gone");
  }

  #empty(item) {
    item.classList.add("message-gone");
    item.querySelector("[data-text]").textContent = this.words.gone;
    for (const tool of item.querySelectorAll(".message-tool")) tool.remove();
  }

  #place(item, seq) {
    const after = this.#items().findLast((other) => other !== item && Number(other.dataset.seq) < seq);
    const waiting = [...this.byClientId.values()].find((other) => other !== item && other.isConnected);
    if (after) after.after(item);
    else if (this.#items().some((other) => other !== item)) this.list.prepend(item);
    else if (waiting) waiting.before(item);
    else this.list.append(item);
    this.#label(item);
    const next = this.#next(item);
    if (next) this.#label(next);
    this.#tidy();
  }

  // The day's line stands before the first message of the day, and nowhere else.
  #label(item) {
    let before = item.previousElementSibling;
    let line = null;
    for (; before && !before.matches(".message"); before = before.previousElementSibling) {
      if ("dayLine" in before.dataset) line = before;
    }
    const isFirst = before?.dataset.day !== item.dataset.day;
    if (line && (!isFirst || line.dataset.dayLine !== item.dataset.day)) {
      line.remove();
      line = null;
    }
    if (isFirst && !line) item.before(this.#line(this.#dayName(item), "dayLine", item.dataset.day));
  }

  // No day's line at the end or before another one.
  #tidy() {
    for (const line of this.list.querySelectorAll("[data-day-line]")) {
      const next = line.nextElementSibling;
      if (!next || "dayLine" in next.dataset) line.remove();
    }
  }

  #dayName(item) {
    const now = Date.now();
    if (item.dataset.day === this.iso.format(now)) return this.words.today;
    if (item.dataset.day === this.iso.format(now - 86400000)) return this.words.yesterday;
    return this.date.format(new Date(item.querySelector("time").dateTime));
  }

  #line(text, name, value = "") {
    const line = document.createElement("li");
    line.className = "chat-line";
    line.dataset[name] = value;
    const label = document.createElement("span");
    label.textContent = text;
    line.append(label);
    return line;
  }

  #next(item) {
    let next = item.nextElementSibling;
    while (next && !next.matches(".message")) next = next.nextElementSibling;
    return next;
  }
}
