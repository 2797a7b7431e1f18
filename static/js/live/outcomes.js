// Outcomes on the phone: the list, "Ich bin dabei" with its count, and a proposal.
import { toast } from "../base/toast.js";

const COLLECTING = new Set(["convergence", "action"]);
const JOINING = new Set(["live", "wrap_up", "closed"]);

export class OutcomesView {
  // join(outcome, on), propose(topic, title, text): what a person does.
  constructor(section, { join, propose }) {
    Object.assign(this, { section, mine: new Set(), counts: {} });
    this.words = JSON.parse(document.getElementById("outcome-words").textContent);
    this.list = section.querySelector("[data-outcomes]");
    this.door = section.querySelector("[data-make]");
    this.form = this.door.querySelector("form");
    [this.topic, this.title, this.text] = ["topic", "title", "text"].map((name) => this.form.elements[`outcome-${name}`]);
    this.list.addEventListener("submit", (event) => {
      event.preventDefault();
      const outcome = Number(event.target.closest("[data-outcome]").dataset.outcome);
      const on = !this.mine.has(outcome);
      this.set(outcome, on);
      join(outcome, on);
    });
    this.form.addEventListener("submit", (event) => {
      if (!this.form.checkValidity()) return;
      event.preventDefault();
      propose(Number(this.topic.value), this.title.value, this.text.value);
    });
  }

  show({ outcomes, topics, event }, mine) {
    if (mine) this.mine = new Set(mine);
    const collecting = COLLECTING.has(event.phase) && ["live", "wrap_up"].includes(event.state);
    this.joining = JOINING.has(event.state);
    this.section.hidden = !outcomes.length && !collecting;
    this.section.querySelector("[data-empty]").hidden = outcomes.length > 0;
    this.door.hidden = !collecting;
    this.choices(topics);
    const wanted = new Set(outcomes.map(({ n }) => n));
    for (const row of [...this.list.children]) if (!wanted.has(Number(row.dataset.outcome))) row.remove();
    for (const outcome of outcomes) this.draw(outcome);
  }

  // Topics come and go; what was chosen stays chosen.
  choices(topics) {
    const known = [...this.topic.options].slice(1).map(({ value, text }) => `${value} ${text}`).join("\n");
    if (known === topics.map(({ n, title }) => `${n} ${title}`).join("\n")) return;
    const { value } = this.topic;
    this.topic.replaceChildren(this.topic.options[0], ...topics.map(({ n, title }) => new Option(title, n)));
    this.topic.value = topics.some(({ n }) => String(n) === value) ? value : "";
  }

  draw({ n, title, text, became }) {
    const row = this.row(n) ?? this.add(n);
    for (const place of row.querySelectorAll("[data-title]")) if (place.textContent !== title) place.textContent = title;
    const more = row.querySelector("[data-text]");
    more.textContent = text;
    more.hidden = !text;
    row.querySelector("[data-became]").hidden = !became;
    row.querySelector("[data-became-idea]").hidden = became !== "idea";
    row.querySelector("[data-became-project]").hidden = became !== "project";
    row.querySelector("[data-join]").hidden = !this.joining;
    this.set(n, this.mine.has(n));
  }

  add(n) {
    const row = document.getElementById("sample-outcome").content.firstElementChild.cloneNode(true);
    row.dataset.outcome = n;
    row.id = `ergebnis-${n}`;
    row.querySelector("[name=outcome]").value = n;
    for (const link of row.querySelectorAll("a")) link.href = link.href.replace(/\/\d+\/$/, `/${n}/`);
    const later = [...this.list.children].find((other) => Number(other.dataset.outcome) > n);
    this.list.insertBefore(row, later ?? null);
    return row;
  }

  row(n) {
    return this.list.querySelector(`[data-outcome="${n}"]`);
  }

  set(n, on) {
    this.mine[on ? "add" : "delete"](n);
    const row = this.row(n);
    if (!row) return;
    row.classList.toggle("tone-leaf", on);
    const button = row.querySelector("button");
    button.ariaPressed = String(on);
    button.classList.toggle("tone-mint", on);
    row.querySelector("[name=on]").value = on ? 0 : 1;
    if (n in this.counts) row.querySelector("[data-count]").textContent = this.counts[n];
  }

  tally(counts = {}) {
    this.counts = counts;
    for (const [n, count] of Object.entries(counts)) {
      const place = this.row(n)?.querySelector("[data-count]");
      if (place && place.textContent !== String(count)) place.textContent = count;
    }
  }

  // What became of an operation.
  joined({ a }, step, answer) {
    this.set(a.outcome, (step === "refused") !== a.on);
    if (step === "refused") this.sorry(answer);
  }

  proposed({ a }, step, answer) {
    if (step === "done") {
      if (this.title.value === a.title) {
        this.form.reset();
        this.door.open = false;
      }
      toast(answer.held ? this.words.held : this.words.proposed);
    } else if (step === "refused") this.sorry(answer);
    else if (step === "waiting") toast(this.words.waiting);
  }

  sorry(answer) {
    toast(this.words.refused[answer?.code] ?? this.words.refused.other, "bad");
  }
}
