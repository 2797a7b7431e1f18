// The wall of topics, with one tap for "interests me".
export class WallView {
  // mark(topic, on), propose(title, text): what a person does.
  constructor(section, words, { mark, propose }) {
    this.section = section;
    this.words = words;
    this.list = section.querySelector("[data-topics]");
    this.door = section.querySelector("[data-propose]");
    this.form = this.door.querySelector("form");
    this.mine = new Set();
    this.counts = {};
    this.list.addEventListener("submit", (event) => {
      event.preventDefault();
      const topic = Number(event.target.closest("[data-topic]").dataset.topic);
      const on = !this.mine.has(topic);
      this.set(topic, on);
      mark(topic, on);
    });
    this.form.addEventListener("submit", (event) => {
      if (!this.form.checkValidity()) return;
      event.preventDefault();
      propose(this.form.elements.title.value, this.form.elements.text.value);
    });
  }

  show({ topics, event }, mine) {
    if (mine) this.mine = new Set(mine);
    this.visible = event.interest;
    this.door.hidden = !(event.proposals && ["lobby", "live"].includes(event.state));
    this.section.querySelector("[data-empty]").hidden = topics.length > 0;
    const wanted = new Map(topics.map((topic) => [topic.n, topic]));
    for (const row of [...this.list.children]) if (!wanted.has(Number(row.dataset.topic))) row.remove();
    for (const topic of topics) this.draw(topic);
  }

  draw(topic) {
    let row = this.row(topic.n);
    if (!row) {
      row = document.getElementById("sample-topic").content.firstElementChild.cloneNode(true);
      row.dataset.topic = topic.n;
      row.id = `thema-${topic.n}`;
      row.querySelector("[name=topic]").value = topic.n;
      const later = [...this.list.children].find((other) => Number(other.dataset.topic) > topic.n);
      this.list.insertBefore(row, later ?? null);
    }
    for (const place of row.querySelectorAll("[data-title]")) if (place.textContent !== topic.title) place.textContent = topic.title;
    const text = row.querySelector("[data-text]");
    text.textContent = topic.text;
    text.hidden = !topic.text;
    row.querySelector("[data-by]").textContent = topic.by;
    this.set(topic.n, this.mine.has(topic.n));
  }

  row(topic) {
    return this.list.querySelector(`[data-topic="${topic}"]`);
  }

  set(topic, on) {
    this.mine[on ? "add" : "delete"](topic);
    const row = this.row(topic);
    if (!row) return;
    row.classList.toggle("tone-leaf", on);
    const button = row.querySelector("button");
    button.ariaPressed = String(on);
    button.classList.toggle("tone-mint", on);
    row.querySelector("[name=on]").value = on ? 0 : 1;
    const count = row.querySelector("[data-count]");
    count.hidden = !this.visible;
    if (topic in this.counts) count.textContent = this.counts[topic];
  }

  tally(counts) {
    this.counts = counts;
    for (const [topic, n] of Object.entries(counts)) {
      const count = this.row(topic)?.querySelector("[data-count]");
      if (count && count.textContent !== String(n)) count.textContent = n;
    }
  }

  // Who has begun another one meanwhile keeps it.
  proposed({ title }) {
    if (this.form.elements.title.value !== title) return;
    this.form.reset();
    this.door.open = false;
  }
}
