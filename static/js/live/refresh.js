// Stage, projector and what is only about one seat are drawn by the server: after each numbered event the parts of
// the page are fetched anew and laid over the old ones. What somebody is typing in stays, and what is open stays open.
import { morph } from "./morph.js";

export class Refresh {
  // after(): when something may have changed. parts: which elements are kept fresh, by the value of that attribute.
  constructor(after = () => {}, parts = "data-part") {
    this.after = after;
    this.parts = parts;
    this.again = false;
    this.busy = false;
    this.turn = 0;
  }

  async run() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    const turn = this.turn;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) location.replace(answer.url);
      else if (answer.ok) this.read(await answer.text(), turn);
    } catch { /* no network: the socket's return brings the next one */ }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.run();
    }
  }

  // `turn`: when this page was asked for. One that something newer has overtaken is thrown away and asked for again.
  read(html, turn = this.turn) {
    if (turn !== this.turn) {
      this.again = true;
      return;
    }
    this.turn += 1;
    this.put(new DOMParser().parseFromString(html, "text/html"));
  }

  put(fresh) {
    const name = this.parts;
    for (const part of document.querySelectorAll(`[${name}]`)) {
      if (!part.isConnected || part.parentElement.closest(`[${name}]`)) continue;
      const next = fresh.querySelector(`[${name}="${part.getAttribute(name)}"]`);
      if (next) morph(part, next);
    }
    this.after();
  }
}
