// Stage, projector and what is only about one seat are drawn by the server: after each numbered event the parts of
// the page are fetched anew and laid over the old ones. What somebody is typing in stays, and what is open stays open.
import { remember } from "./kept.js";
import { morph } from "./morph.js";

export class Refresh {
  // after(): when something may have changed; gone(), if set: the page is no more. parts: which elements are kept fresh, by the value of that attribute.
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
      else if (answer.ok) this.read(await answer.text(), turn, true);
      else if (answer.status === 404) this.gone?.();
    } catch { /* no network: the socket's return brings the next one */ }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.run();
    }
  }

  // `turn`: when this page was asked for. One that something newer has overtaken is thrown away and asked for again.
  // `news`: nobody has pressed anything, so what answers the last press stays. True if it lies there now.
  read(html, turn = this.turn, news = false) {
    if (turn !== this.turn) {
      this.again = true;
      return false;
    }
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const note of news ? document.querySelectorAll("[data-stays]") : []) fresh.getElementById(note.parentElement.id)?.firstElementChild?.after(note.cloneNode(true));
    this.lay(fresh);
    return true;
  }

  lay(fresh) {
    this.turn += 1;
    const name = this.parts;
    const bring = remember();
    for (const part of document.querySelectorAll(`[${name}]`)) {
      if (!part.isConnected || part.parentElement.closest(`[${name}]`)) continue;
      const next = fresh.querySelector(`[${name}="${part.getAttribute(name)}"]`);
      if (next) morph(part, next);
    }
    bring();
    this.after();
  }
}
