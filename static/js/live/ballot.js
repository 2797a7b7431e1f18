// The ballot on the phone: what is typed stays as it is, whatever arrives. Only another ballot replaces it.
import { drawResult } from "./result.js";
import { fill, lang, number, plural } from "./text.js";

export class BallotView {
  // cast(ballot, choice): called when the person votes.
  constructor(section, words, cast) {
    this.section = section;
    this.words = words;
    this.cast = cast;
    this.slot = section.querySelector('[data-slot="ballot"]');
    this.receipt = section.querySelector("[data-receipt]");
    this.progress = section.querySelector("[data-progress]");
    this.shown = "";
    this.draft = false; // something is typed that was not cast
    this.keep = () => {}; // keep(id, choice): what is typed, or null when there is nothing to keep
    this.slot.addEventListener("click", (event) => this.step(event));
    this.slot.addEventListener("input", ({ target }) => this.touched(target));
    this.slot.addEventListener("submit", (event) => this.submit(event));
  }

  // Show a ballot; `paper` is what this seat has cast, `first` that the server has drawn it already.
  // `extra` are the seconds that this seat has longer than the others, 0 when it has asked for them; `mayAsk` for them.
  show(ballot, paper, first = false, extra = undefined, mayAsk = true) {
    this.section.hidden = !ballot;
    if (!ballot) return this.forget();
    this.extra = extra ?? 0;
    const kind = this.kindOf(ballot, paper);
    const key = `${ballot.id} ${kind} ${kind === "result" ? JSON.stringify(ballot.result) : ""}`;
    if (key !== this.shown && !(first && this.isDrawn(ballot, kind))) this.draw(ballot, kind);
    if (key !== this.shown && kind === "form") this.enliven(ballot, paper);
    this.shown = key;
    this.ballot = ballot;
    const notice = this.slot.querySelector("[data-paused]");
    if (notice) notice.hidden = ballot.state !== "paused";
    this.progress.hidden = !["open", "paused", "closing"].includes(ballot.state);
    const timer = this.slot.querySelector("[data-timer]");
    if (timer) ballot.ends ? (timer.dataset.ends = ballot.ends + this.extra * 1000) : delete timer.dataset.ends;
    this.final = kind !== "form";
    this.showMore(ballot, kind === "form" && mayAsk, extra);
    if (kind === "result" || kind === "ahead") this.receipt.hidden = true;
    else if (kind === "cast") this.tell("counted", paper);
    else if (kind === "waiting" && this.receipt.dataset.state === "waiting") this.settle();
    this.lastWord();
  }

  // Whether the server has drawn this face: a ballot may open or close while the page is made.
  isDrawn({ id }, kind) {
    const form = this.slot.querySelector("form");
    return kind === "form" ? form?.dataset.ballot === String(id) : !form;
  }

  // Closed: what was typed and not sent is gone, what was counted holds.
  settle() {
    if (this.paper) this.tell("counted", this.paper);
    else this.receipt.hidden = true;
  }

  // The same faces as view_of in participation/views/events/phone/ballot.py.
  kindOf({ state, secrecy, result }, paper) {
    if (state === "open" || state === "paused" || (state === "closing" && this.extra > 0)) {
      return secrecy === "secret" && paper ? "cast" : "form";
    }
    if (state !== "revealed" && state !== "filed") return "waiting";
    return result ? "result" : "ahead";
  }

  // "I need more time", and what became of it.
  showMore(ballot, offered, extra) {
    const form = this.section.querySelector("[data-more]");
    form.hidden = !offered;
    form.elements.ballot.value = ballot.id;
    form.querySelector("[data-more-ask]").hidden = extra !== undefined;
    const told = form.querySelector("[data-more-told]");
    const text = extra ? this.words.more_given : extra === 0 ? this.words.more_asked : "";
    if (told.textContent !== text) told.textContent = text;
  }

  forget() {
    this.slot.replaceChildren();
    this.shown = "";
    this.receipt.hidden = true;
  }

  draw(ballot, kind) {
    const name = kind === "form" ? this.sampleOf(ballot) : kind;
    const sample = document.getElementById(`sample-${name}`).content.cloneNode(true);
    this.slot.replaceChildren(sample);
    this.slot.querySelector("[data-question]").textContent = ballot.question;
    if (kind === "form") this.drawForm(ballot);
    if (kind === "result") this.drawResult(ballot);
    if (this.ballot?.id !== ballot.id) {
      this.receipt.hidden = true;
      this.paper = this.said = undefined;
    }
    if (kind === "form" && !document.activeElement?.matches("input, textarea")) this.section.scrollIntoView();
  }

  sampleOf({ kind, max }) {
    return kind === "choice" ? (max === 1 ? "one" : "many") : kind;
  }

  drawForm(ballot) {
    const form = this.slot.querySelector("form");
    Object.assign(form.dataset, { ballot: ballot.id, budget: ballot.budget, per: ballot.per, max: ballot.max, min: ballot.min });
    form.elements.ballot.value = ballot.id;
    this.slot.querySelector("[data-rule]").textContent = this.rule(ballot);
    this.slot.querySelector("[data-secret]").hidden = ballot.secrecy !== "secret";
    this.slot.querySelector("[data-rerun]").hidden = !ballot.rerun;
    if (ballot.kind === "words") return this.drawWords(form, ballot.max);
    const sample = form.querySelector("[data-option]");
    if (!sample || ballot.kind === "scale") return;
    for (const option of ballot.options) sample.before(this.drawOption(sample, option, ballot));
    sample.remove();
  }

  drawOption(sample, { n, label }, { per }) {
    const copy = sample.cloneNode(true);
    copy.dataset.option = n;
    copy.querySelector("[data-label]").textContent = label;
    if (copy.matches(".option-choice")) {
      copy.querySelector("input").value = n;
      return copy;
    }
    const [zero, one] = copy.querySelectorAll(".dot");
    for (let points = 2; points <= per; points++) copy.querySelector(".dots").append(one.cloneNode(true));
    copy.querySelectorAll(".dot").forEach((dot, points) => {
      const input = dot.querySelector("input");
      Object.assign(input, { name: `o${n}`, value: points, checked: dot === zero });
      dot.querySelector("span").textContent = fill(points ? this.words.points : this.words.no_points, { n: points, of: per, label });
    });
    const [less, more] = copy.querySelectorAll("[data-step]");
    less.ariaLabel = fill(this.words.less, { label });
    more.ariaLabel = fill(this.words.more, { label });
    return copy;
  }

  drawWords(form, max) {
    const list = form.querySelector(".words-typed");
    const sample = list.querySelector("[data-word]");
    for (let n = 1; n <= max; n++) {
      const copy = sample.cloneNode(true);
      copy.querySelector("input").placeholder = fill(this.words.word, { n });
      copy.querySelector("span").textContent = fill(this.words.word, { n });
      list.append(copy);
    }
    sample.remove();
  }

  drawResult({ kind, n, result }) {
    drawResult(this.slot, kind, result, this.words);
    this.slot.querySelector("[data-sheet-link]").href = this.section.dataset.sheet.replace(/0\/$/, `${n}/`);
  }

  rule({ kind, budget, min, max }) {
    if (kind === "dots") return plural(this.words.spread, budget);
    if (kind === "words") return plural(this.words.write, max);
    if (kind === "consent" || kind === "scale") return this.slot.querySelector("[data-rule]").textContent;
    if (max === 1) return this.words.choose_one;
    return fill(min > 1 ? this.words.choose_between : this.words.choose_up_to, { n: max, min, max });
  }

  // Steppers instead of bare circles, and what this seat has said already.
  enliven(ballot, paper) {
    this.form = this.slot.querySelector("form");
    for (const stepper of this.form.querySelectorAll(".stepper")) stepper.hidden = false;
    if (paper) this.fillIn(ballot, paper);
    this.paper = paper;
    this.cast_ = JSON.stringify(paper ? paper.choice : null);
    this.draft = false;
    if (paper) this.tell("counted", paper);
    this.count();
  }

  // What this seat has cast before, elsewhere or in another tab. What is being typed here stays.
  adopt(choice) {
    if (this.final || !choice) return;
    if (!this.draft) this.fillIn(this.ballot, { choice });
    this.cast_ = JSON.stringify(choice);
    this.draft &&= this.cast_ !== JSON.stringify(this.choice());
    this.count();
  }

  known(paper) {
    if (this.final) return;
    this.adopt(paper.choice);
    this.tell("counted", paper);
  }

  // What was typed before a reload.
  restore(choice) {
    if (this.final || this.draft) return;
    this.fillIn(this.ballot, { choice });
    this.touched();
  }

  fillIn(ballot, { choice }) {
    const values = ballot.kind === "consent" ? [choice[1] ? "yes" : choice[2] ? "no" : "abstain"] : Object.keys(choice);
    if (ballot.kind === "words") {
      this.form.querySelectorAll("[name=wort]").forEach((input, place) => (input.value = values[place] ?? ""));
    } else if (ballot.kind === "dots") {
      for (const { n } of ballot.options) this.form.elements[`o${n}`][choice[n] ?? 0].checked = true;
    } else {
      for (const input of this.form.querySelectorAll("[name=wahl]")) input.checked = values.includes(input.value);
    }
  }

  choice() {
    const { kind } = this.form.dataset;
    const data = new FormData(this.form);
    if (kind === "consent") return { yes: { 1: 1 }, no: { 2: 1 } }[data.get("wahl")] ?? {};
    if (kind === "words") return Object.fromEntries(data.getAll("wort").map((word) => [word.trim(), 1]).filter(([word]) => word));
    if (kind === "choice" || kind === "scale") return Object.fromEntries(data.getAll("wahl").map((value) => [value, 1]));
    const points = [...data].filter(([name, value]) => /^o\d+$/.test(name) && value !== "0");
    return Object.fromEntries(points.map(([name, value]) => [name.slice(1), Number(value)]));
  }

  step({ target }) {
    const button = target.closest("[data-step]");
    if (!button) return;
    const dots = [...button.closest("[data-option]").querySelectorAll("input")];
    const now = dots.findIndex((dot) => dot.checked);
    const wanted = now + Number(button.dataset.step);
    if (!dots[wanted] || (wanted > now && this.left() <= 0)) return;
    dots[wanted].checked = true;
    this.touched();
  }

  left() {
    return Number(this.form.dataset.budget) - Object.values(this.choice()).reduce((sum, points) => sum + points, 0);
  }

  touched(target) {
    this.trim(target);
    this.count();
    this.draft = this.cast_ !== JSON.stringify(this.choice());
    this.keep(this.ballot.id, this.draft ? this.choice() : null);
    if (!this.draft && this.said) this.tell(...this.said);
    else if (this.draft && this.cast_ !== "null") this.tell("unsent");
  }

  // More boxes than allowed, or more points than there are: not every browser focuses the `target` of a tap.
  trim(target) {
    const { kind, max } = this.form.dataset;
    const boxes = [...this.form.querySelectorAll("[name=wahl]:checked")];
    if (kind === "choice" && boxes.length > Number(max)) boxes.find((box) => box !== target).checked = false;
    const option = target?.closest("[data-option]");
    while (kind === "dots" && option && this.left() < 0) {
      const dots = [...option.querySelectorAll("input")];
      const now = dots.findIndex((dot) => dot.checked);
      if (now <= 0) break;
      dots[now - 1].checked = true;
    }
  }

  // "noch 1", and which steps are possible.
  count() {
    const { kind } = this.form.dataset;
    const empty = Object.keys(this.choice()).length === 0;
    const button = this.form.querySelector("[data-submit]");
    if (kind !== "consent") {
      button.textContent = empty ? this.words.abstain : this.words.vote;
      const abstain = this.form.querySelector("[data-abstain]");
      if (empty && abstain === document.activeElement) button.focus();
      abstain.hidden = empty;
    }
    const pill = this.slot.querySelector("[data-left]");
    if (kind !== "dots") return;
    pill.hidden = false;
    const left = this.left();
    const text = fill(this.words.left, { n: left });
    if (pill.textContent !== text) pill.textContent = text;
    for (const option of this.form.querySelectorAll("[data-option]")) {
      const dots = [...option.querySelectorAll("input")];
      const now = dots.findIndex((dot) => dot.checked);
      const [less, more] = option.querySelectorAll("[data-step]");
      less.ariaDisabled = String(now <= 0);
      more.ariaDisabled = String(left <= 0 || now >= dots.length - 1);
    }
  }

  submit(event) {
    event.preventDefault();
    const abstains = event.submitter?.matches("[data-abstain]");
    if (abstains) this.empty();
    const choice = this.choice();
    this.cast_ = JSON.stringify(choice);
    this.draft = false;
    this.keep(this.ballot.id, null);
    if (abstains) this.count();
    this.cast(this.ballot, choice);
  }

  // Nothing chosen, nothing written.
  empty() {
    for (const input of this.form.querySelectorAll("[name=wahl], .dot input")) input.checked = input.value === "0";
    for (const input of this.form.querySelectorAll("[name=wort]")) input.value = "";
  }

  // The receipt: waiting, sent, counted, refused; or typed and not sent.
  tell(state, answer = {}) {
    const { words } = this;
    if (state === "counted") this.paper = answer;
    if (state === "refused") this.giveBack();
    else if (state !== "unsent") this.said = [state, answer];
    if (this.draft && !this.final && state !== "refused") state = "unsent";
    const time = answer.at && new Date(answer.at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    const text = {
      waiting: answer.code === "paused" ? words.paused : words.waiting,
      sent: words.sent,
      unsent: words.unsent,
      counted: fill(time ? words.counted : words.counted_secretly, { time, receipt: answer.receipt }),
      refused: words.refused[answer.code] ?? words.refused.other,
    }[state];
    this.receipt.hidden = false;
    this.receipt.dataset.state = state === "unsent" ? "waiting" : state;
    this.receipt.querySelector("b").textContent = text;
    this.receipt.querySelector(".icon").toggleAttribute("hidden", state !== "counted");
    this.lastWord();
  }

  giveBack() {
    this.said = this.paper && ["counted", this.paper];
    if (this.final) return;
    this.cast_ = JSON.stringify(this.paper?.choice ?? null);
    this.draft = true;
    this.keep(this.ballot.id, this.choice());
  }

  lastWord() {
    const quiet = this.receipt.querySelector(".quiet");
    quiet.textContent = this.receipt.dataset.state === "counted" ? (this.final || this.ballot?.secrecy === "secret" ? this.words.final : this.words.changeable) : "";
  }

  tally({ n, of }) {
    this.progress.textContent = `${fill(this.words.progress, { n: number(n), of: number(of) })} · ${this.words.later}`;
  }
}
