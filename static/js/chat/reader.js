// Where somebody reads: stays at the end, keeps the place while older ones come, marks what is new since last time.
const NEAR_PX = 80;

export class Reader {
  constructor(scroll, jump, log, key) {
    this.scroll = scroll;
    this.jump = jump;
    this.log = log;
    this.key = key;
    jump.querySelector("button").addEventListener("click", () => this.toEnd());
    scroll.addEventListener("scroll", () => this.#look(), { passive: true });
    addEventListener("visibilitychange", () => this.#look());
  }

  begin(seq) {
    const seen = this.#seen();
    if (seen !== null && seen < seq) this.log.markNew(seen);
    this.scroll.scrollTop = this.scroll.scrollHeight;
    const line = this.scroll.querySelector("[data-new-line]");
    const top = this.scroll.getBoundingClientRect().top;
    if (line && line.getBoundingClientRect().top < top) line.scrollIntoView({ block: "start" });
    this.seq = seq;
    this.atEnd = this.#isAtEnd();
    this.#look();
  }

  // After the list has changed: with news for somebody who does not look, a mark and a button.
  settle(seq, news) {
    if (news && (document.hidden || !this.atEnd)) {
      this.log.markNew(this.seq);
      this.jump.hidden = this.atEnd;
    }
    this.seq = seq;
    if (this.atEnd) this.scroll.scrollTop = this.scroll.scrollHeight;
    this.#look();
  }

  toEnd() {
    this.atEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.#look();
  }

  keepPlace(change) {
    const fromEnd = this.scroll.scrollHeight - this.scroll.scrollTop;
    change();
    this.scroll.scrollTop = this.scroll.scrollHeight - fromEnd;
  }

  #look() {
    this.atEnd = this.#isAtEnd();
    if (!this.atEnd || document.hidden) return;
    this.jump.hidden = true;
    try {
      localStorage.setItem(this.key, this.seq);
    } catch {
      // A device without storage marks nothing next time.
    }
  }

  #isAtEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_PX;
  }

  #seen() {
    try {
      const kept = localStorage.getItem(this.key);
      return kept === null ? null : Number(kept);
    } catch {
      return null;
    }
  }
}
