// The ballot on the phone: what is typed stays as it is, whatever arrives. Only another ballot replaces it.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const { lang } = document.documentElement;
const number = (value) => value.toLocaleString(lang);
const rules = new Intl.PluralRules(lang);
const plural = (forms, n) => fill(forms[rules.select(n)] ?? forms.other, { n: number(n) });

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
    this.slot.addEventListener("click", (event) => this.step(event));
    this.slot.addEventListener("input", () => this.touched());
    this.slot.addEventListener("submit", (event) => this.submit(event));
  }

  // Show a ballot; `paper` is what this seat has cast, `first` that the server has drawn it already.
  show(ballot, paper, first = false) {
    this.section.hidden = !ballot;
    if (!ballot) return this.forget();
    const kind = this.kindOf(ballot);
    const key = `${ballot.id} ${kind}`;
    if (key !== this.shown && !first) this.draw(ballot, kind);
    if (key !== this.shown && kind === "form") this.enliven(ballot, paper);
    this.shown = key;
    this.ballot = ballot;
    const notice = this.slot.querySelector("[data-paused]");
    if (notice) notice.hidden = ballot.state !== "paused";
    this.progress.hidden = !["open", "paused", "closing"].includes(ballot.state);
    const timer = this.slot.querySelector("[data-timer]");
    if (timer) ballot.ends ? (timer.dataset.ends = ballot.ends) : delete timer.dataset.ends;
    this.final = kind !== "form";
    if (kind === "result" || kind === "void") this.receipt.hidden = true;
    else if (kind === "waiting" && this.receipt.dataset.state === "waiting") this.settle();
    this.lastWord();
  }

  // Closed: what was typed and not sent is gone, what was counted holds.
  settle() {
    if (this.paper) this.tell("counted", this.paper);
    else this.receipt.hidden = true;
  }

  kindOf({ state }) {
    if (state === "open" || state === "paused") return "form";
    return { revealed: "result", filed: "result", void: "void" }[state] ?? "waiting";
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
    if (kind === "result") this.drawResult(ballot.result);
    if (this.ballot?.id !== ballot.id) this.receipt.hidden = true;
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
    const sample = form.querySelector("[data-option]");
    if (!sample) return;
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

  drawResult(result) {
    const list = this.slot.querySelector(".results");
    const sample = list.firstElementChild;
    const rows = [...result.options].sort((a, b) => b.points - a.points || a.number - b.number);
    rows.forEach(({ label, points }, place) => {
      const row = sample.cloneNode(true);
      row.classList.add(["tone-coral", "tone-sky", "tone-mint"][place] ?? "tone-lilac");
      Object.assign(row.querySelector("progress"), { max: rows[0].points || 1, value: points });
      row.querySelector(".result-label").textContent = label;
      row.querySelector(".result-value").textContent = number(points);
      list.append(row);
    });
    sample.remove();
    const { papers, sum, abstentions } = this.words;
    const note = [[papers, result.papers], [sum, result.points], [abstentions, result.abstentions]];
    this.slot.querySelector("[data-note]").textContent = note.map(([forms, n]) => plural(forms, n)).join(" · ");
  }

  rule({ kind, budget, min, max }) {
    if (kind === "dots") return plural(this.words.spread, budget);
    if (kind === "consent") return this.slot.querySelector("[data-rule]").textContent;
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
    if (paper) this.tell("counted", paper);
    this.count();
  }

  fillIn(ballot, { choice }) {
    const values = ballot.kind === "consent" ? [choice[1] ? "yes" : choice[2] ? "no" : "abstain"] : Object.keys(choice);
    if (ballot.kind === "dots") {
      for (const { n } of ballot.options) this.form.elements[`o${n}`][choice[n] ?? 0].checked = true;
    } else {
      for (const input of this.form.querySelectorAll("[name=wahl]")) input.checked = values.includes(input.value);
    }
  }

  choice() {
    const { kind } = this.form.dataset;
    const data = new FormData(this.form);
    if (kind === "consent") return { yes: { 1: 1 }, no: { 2: 1 } }[data.get("wahl")] ?? {};
    if (kind === "choice") return Object.fromEntries(data.getAll("wahl").map((value) => [value, 1]));
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

  touched() {
    this.trim();
    this.count();
    if (this.cast_ !== "null" && this.cast_ !== JSON.stringify(this.choice())) this.tell("unsent");
    else if (this.paper) this.tell("counted", this.paper);
  }

  // More boxes than allowed, or more points than there are: the latest tap gives way.
  trim() {
    const { kind, max } = this.form.dataset;
    const boxes = [...this.form.querySelectorAll("[name=wahl]:checked")];
    if (kind === "choice" && boxes.length > Number(max)) boxes.find((box) => box !== document.activeElement).checked = false;
    const option = document.activeElement?.closest("[data-option]");
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
    if (kind !== "consent") button.textContent = empty ? this.words.abstain : this.words.vote;
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
    const { kind } = this.form.dataset;
    if (kind === "consent" && !this.form.querySelector(":checked")) return;
    const choice = this.choice();
    this.cast_ = JSON.stringify(choice);
    this.cast(this.ballot, choice);
  }

  // The receipt: waiting, sent, counted, refused; or typed and not sent.
  tell(state, answer = {}) {
    const { words } = this;
    if (state === "counted") this.paper = answer;
    const time = answer.at && new Date(answer.at).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
    const text = {
      waiting: answer.code === "paused" ? words.paused : words.waiting,
      sent: words.sent,
      unsent: words.unsent,
      counted: fill(words.counted, { time, receipt: answer.receipt }),
      refused: words.refused[answer.code] ?? words.refused.other,
    }[state];
    this.receipt.hidden = false;
    this.receipt.dataset.state = state === "unsent" ? "waiting" : state;
    this.receipt.querySelector("b").textContent = text;
    this.receipt.querySelector(".icon").toggleAttribute("hidden", state !== "counted");
    this.lastWord();
  }

  lastWord() {
    const quiet = this.receipt.querySelector(".quiet");
    quiet.textContent = this.receipt.dataset.state === "counted" ? (this.final ? this.words.final : this.words.changeable) : "";
  }

  tally({ n, of }) {
    this.progress.textContent = `${fill(this.words.progress, { n: number(n), of: number(of) })} · ${this.words.later}`;
  }
}
