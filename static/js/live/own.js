// What is about this seat alone (its topics, its call for help): drawn by the server, fetched anew when it changes.
import { toast } from "../base/toast.js";

export class OwnView {
  // mine: the numbers of its topics. act(slot, kind, arguments): what a person does. tick(): the clocks stand right at once.
  constructor(page, mine, { act, tick }) {
    this.page = page;
    this.tick = tick;
    this.mine = new Set(mine);
    page.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-own] [data-act]")) return;
      event.preventDefault();
      const { csrfmiddlewaretoken, k, op, topic, ...rest } = Object.fromEntries(new FormData(event.target));
      event.submitter?.setAttribute("aria-busy", "true");
      act(k.startsWith("help") ? "help" : `own ${topic}`, k, topic ? { topic: Number(topic) } : rest);
    }, true);
    document.addEventListener("click", ({ target }) => {
      const fold = document.getElementById(target.closest("[data-open]")?.dataset.open ?? "");
      if (fold) fold.open = true;
    });
  }

  proposed(topic) {
    this.mine.add(topic);
    this.refresh();
  }

  // Most seats never need it, so what lays the fresh parts over the old ones is fetched then.
  async refresh() {
    try {
      const { Refresh } = await import("./refresh.js");
      this.fresh ??= new Refresh(this.tick, "data-own");
      await this.fresh.run();
    } catch { /* no network: the next news brings the next try */ }
  }

  // An entry about one of our own topics, or about a call for help.
  heard({ k, d }) {
    const about = k.startsWith("topic.") && this.mine.has(d.n);
    const help = k === "help.changed" && this.page.querySelector(`[data-call="${d.n}"]`);
    if (about || help) this.refresh();
  }

  told({ a }, step, answer, said, words) {
    if (step === "waiting") return;
    if (step === "sent") return;
    if (step === "refused") toast(said(answer), "bad");
    else if (words) toast(words);
    if (a.topic) this.mine.add(a.topic);
    this.refresh().then(() => words && document.getElementById("hilfe")?.scrollIntoView({ block: "center" }));
  }

  // Only what is there stands in the bar at the thumb.
  bar(state) {
    for (const place of document.querySelectorAll("[data-bar-for]")) {
      const part = this.page.querySelector(`[data-part="${place.dataset.barFor}"]`);
      place.hidden = !part || part.hidden;
      if (part?.id) place.querySelector("a").hash = part.id;
    }
    return state;
  }
}
