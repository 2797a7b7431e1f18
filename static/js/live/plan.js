// My plan: what comes next, what there is when, and one's own topic in the grid. The same rules as in
// participation/views/events/phone/plan.py, which draws the page before this runs.
const TICK_MS = 10000; // what is "now" changes by itself
const EARLY_MS = 15 * 60 * 1000; // so long before its time a group may begin
const PLACEABLE = new Set(["on_wall", "pitched", "placed"]);
const OPEN = new Set(["lobby", "live", "wrap_up"]);

const sample = (name) => document.getElementById(`sample-${name}`).content.firstElementChild.cloneNode(true);
const write = (place, text) => place && place.textContent !== text && (place.textContent = text);
const press = (form, on) => {
  const button = form.querySelector("button");
  button.ariaPressed = String(on);
  button.classList.toggle("tone-mint", on);
};

// The children of `list` are exactly these, in this order; those that stay keep their focus.
function arrange(list, rows) {
  for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
  rows.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] ?? null));
}

export class PlanView {
  // signUp(topic, on), here(topic or null), place(topic, room, slot, rev), act(kind, topic, rev): what a person does.
  constructor(section, words, now, acts) {
    Object.assign(this, { section, words, now, acts, counts: {}, plan: new Set(), mine: new Set(), spot: null });
    this.clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: section.dataset.zone });
    this.plural = new Intl.PluralRules(document.documentElement.lang);
    section.addEventListener("submit", (event) => this.submitted(event));
    setInterval(() => this.state && this.draw(), TICK_MS);
  }

  submitted(event) {
    event.preventDefault();
    const { target: form } = event;
    const topic = Number(form.elements.topic.value);
    if ("signUp" in form.dataset) {
      const on = !this.plan.has(topic);
      this.sign(topic, on);
      this.acts.signUp(topic, on);
    } else if ("here" in form.dataset || "moving" in form.dataset) {
      this.stand(topic);
      this.acts.here(topic || null);
    } else if ("place" in form.dataset) {
      const [room, slot] = form.elements.cell.value.split("-").map(Number);
      this.acts.place(topic, room, slot, this.topics.get(topic).rev);
    } else this.acts.act(form.dataset.act, topic, this.topics.get(topic).rev);
  }

  // `you`: what only this seat knows, whenever the server has said it.
  show(state, you) {
    this.state = state;
    this.topics = new Map(state.topics.map((topic) => [topic.n, topic]));
    if (you) Object.assign(this, { plan: new Set(you.plan), mine: new Set(you.mine), spot: you.here });
    this.draw();
  }

  proposed(topic) {
    this.mine.add(topic);
    if (this.state) this.draw();
  }

  sign(topic, on) {
    this.plan[on ? "add" : "delete"](topic);
    this.draw();
  }

  // 0: on the way between two.
  stand(topic) {
    this.spot = topic;
    this.draw();
  }

  tally(counts) {
    this.counts = counts ?? {};
    for (const row of this.section.querySelectorAll("[data-session]")) this.count(row);
  }

  // What is said of a topic that has its cell now.
  warned(warnings) {
    const clashes = warnings?.clashes ? ` ${this.say("clashes", warnings.clashes)}` : "";
    return this.words.plan.placed + clashes;
  }

  // Of those cells that were offered, one is chosen; which they are is returned in words.
  offer(topic, free) {
    const choice = this.section.querySelector(`[data-card="${topic}"] select`);
    if (!choice) return "";
    const options = [...choice.options].filter(({ value }) => free.some(({ room, slot }) => value === `${room}-${slot}`));
    if (options[0]) choice.value = `${free[0].room}-${free[0].slot}`;
    return options.map(({ textContent }) => textContent).join(", ");
  }

  draw() {
    const { sessions, event } = this.state;
    const rooms = new Map(this.state.rooms.map((room) => [room.n, room]));
    const slots = new Map(this.state.slots.map((slot) => [slot.n, slot]));
    const now = this.now();
    const groups = sessions
      .map(({ n, room, slot }) => ({ n, topic: this.topics.get(n), room: rooms.get(room), slot: slots.get(slot) }))
      .filter(({ topic, room, slot }) => topic && room && slot);
    const own = this.state.topics.filter(({ n }) => this.mine.has(n));
    const free = this.free(groups, now);
    this.section.hidden = !(OPEN.has(event.state) && (groups.length || (own.length && free.length)));
    this.drawNext(groups, now);
    this.drawSlots(groups, now);
    this.drawOwn(own, groups, free, event);
    press(this.section.querySelector("[data-moving]"), this.spot === 0);
  }

  free(groups, now) {
    const taken = new Set(groups.map(({ room, slot }) => `${room.n}-${slot.n}`));
    return [...this.state.slots]
      .filter(({ ends }) => ends > now)
      .sort((a, b) => a.starts - b.starts || a.n - b.n)
      .flatMap((slot) => this.state.rooms.map((room) => ({ slot, room, value: `${room.n}-${slot.n}` })))
      .filter(({ value }) => !taken.has(value));
  }

  drawNext(groups, now) {
    const [next] = groups
      .filter(({ n, topic, slot }) => (this.plan.has(n) || this.mine.has(n)) && slot.ends > now && topic.state !== "harvested")
      .sort((a, b) => a.slot.starts - b.slot.starts || a.slot.n - b.slot.n || a.room.n - b.room.n);
    const card = this.section.querySelector("[data-next]");
    card.hidden = !next;
    this.section.querySelector("[data-nothing]").hidden = Boolean(next);
    if (!next) return;
    const running = next.slot.starts <= now;
    card.querySelector("[data-is-now]").hidden = !running;
    card.querySelector("[data-is-next]").hidden = running;
    write(card.querySelector("[data-time]"), this.clock.format(next.slot.starts));
    write(card.querySelector("[data-room]"), next.room.name);
    write(card.querySelector("[data-where]"), next.room.where);
    card.querySelector("[data-where]").hidden = !next.room.where;
    write(card.querySelector("[data-title]"), next.topic.title);
  }

  drawSlots(groups, now) {
    const list = this.section.querySelector("[data-slots]");
    const filled = [...new Set(groups.map(({ slot }) => slot))]
      .sort((a, b) => (a.ends <= now) - (b.ends <= now) || a.starts - b.starts || a.n - b.n); // what is over comes last
    arrange(list, filled.map((slot) => {
      const here = groups.filter((group) => group.slot === slot).sort((a, b) => a.room.n - b.room.n);
      const part = list.querySelector(`[data-slot-n="${slot.n}"]`) ?? sample("slot");
      part.dataset.slotN = slot.n;
      write(part.querySelector("[data-span]"), `${this.clock.format(slot.starts)}–${this.clock.format(slot.ends)}`);
      const running = slot.starts <= now && now < slot.ends;
      part.querySelector("[data-is-now]").hidden = !running;
      part.querySelector("[data-clash]").hidden = here.filter(({ n }) => this.plan.has(n) || this.mine.has(n)).length < 2;
      const rows = part.querySelector("ul");
      arrange(rows, here.map((group) => this.row(rows, group, running, slot.ends <= now)));
      return part;
    }));
  }

  row(rows, { n, topic, room }, running, past) {
    const row = rows.querySelector(`[data-session="${n}"]`) ?? sample("session");
    row.dataset.session = n;
    row.id = `gruppe-${n}`;
    for (const input of row.querySelectorAll("[name=topic]")) input.value = n;
    for (const place of row.querySelectorAll("[data-title]")) write(place, topic.title);
    write(row.querySelector("[data-room]"), room.name);
    write(row.querySelector("[data-where]"), room.where);
    row.querySelector("[data-where]").hidden = !room.where;
    row.querySelector("[data-running]").hidden = topic.state !== "running";
    row.querySelector("[data-harvested]").hidden = topic.state !== "harvested";
    row.querySelector("[data-mine]").hidden = !this.mine.has(n);
    const seats = row.querySelector("[data-seats]");
    seats.hidden = !room.capacity;
    if (room.capacity) write(seats, this.say("seats", room.capacity));
    const signUp = row.querySelector("[data-sign-up]");
    signUp.hidden = topic.state === "harvested" || this.mine.has(n) || past;
    press(signUp, this.plan.has(n));
    const here = row.querySelector("[data-here]");
    here.hidden = !running || topic.state === "harvested";
    press(here, this.spot === n);
    row.classList.toggle("tone-leaf", this.plan.has(n) || this.mine.has(n));
    this.count(row);
    return row;
  }

  count(row) {
    const going = row.querySelector("[data-going]");
    const n = this.counts[row.dataset.session];
    if (n === undefined) return;
    going.hidden = !this.state.event.interest;
    write(going, this.say("going", n));
  }

  say(name, n) {
    const forms = this.words.plan[name];
    return (forms[this.plural.select(n)] ?? forms.other).replace("{n}", n);
  }

  drawOwn(own, groups, free, event) {
    const list = this.section.querySelector("[data-owned]");
    const open = event.placing && ["lobby", "live"].includes(event.state);
    const running = ["live", "wrap_up"].includes(event.state);
    const cards = own.map((topic) => {
      const group = groups.find(({ n }) => n === topic.n);
      const cells = PLACEABLE.has(topic.state) ? free.filter(({ room }) => room.step_free || !topic.step_free) : [];
      if (!group && !cells.length) return null;
      const card = list.querySelector(`[data-card="${topic.n}"]`) ?? sample("own");
      card.dataset.card = topic.n;
      for (const input of card.querySelectorAll("[name=topic]")) input.value = topic.n;
      write(card.querySelector("[data-title]"), topic.title);
      const placed = card.querySelector("[data-placed]");
      placed.hidden = !group;
      if (group) write(placed, `${this.clock.format(group.slot.starts)} · ${group.room.name}`);
      card.querySelector("[data-place]").hidden = !open || !cells.length;
      card.querySelector("[data-closed]").hidden = open;
      this.cells(card.querySelector("select"), topic.n, cells);
      card.querySelector('[data-act="topic.unplace"]').hidden = !open || topic.state !== "placed";
      const soon = group && group.slot.starts - EARLY_MS <= this.now();
      card.querySelector('[data-act="session.begin"]').hidden = !running || topic.state !== "placed" || !soon;
      card.querySelector('[data-act="session.finish"]').hidden = !running || topic.state !== "running";
      return card;
    });
    arrange(list, cards.filter(Boolean));
  }

  // What somebody has chosen stays chosen, as long as it is free.
  cells(choice, topic, cells) {
    choice.id = `cell-${topic}`;
    choice.closest(".field").querySelector("label").htmlFor = choice.id;
    const known = [...choice.options].slice(1);
    const words = cells.map(({ slot, room }) => `${this.clock.format(slot.starts)} · ${room.name}${room.capacity ? ` (${room.capacity})` : ""}`);
    if (known.length === cells.length && known.every(({ value, text }, at) => value === cells[at].value && text === words[at])) return;
    const chosen = choice.value;
    choice.replaceChildren(choice.options[0], ...cells.map(({ value }, at) => new Option(words[at], value)));
    choice.value = cells.some(({ value }) => value === chosen) ? chosen : "";
  }
}
