// What is written but not yet with the server. Kept on the device, sent one after the other, exactly once:
// the server knows a message by its client-made id, so sending it again does no harm.
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

export class Outbox {
  // post(letter) sends; on.waiting(letter), on.sent(letter, message), on.refused(letter, answer) tell the page.
  constructor(key, post, on) {
    this.key = key;
    this.post = post;
    this.on = on;
    this.letters = this.#load();
    this.wait = FIRST_WAIT_MS;
    addEventListener("online", () => this.flush());
    addEventListener("pageshow", () => this.flush());
  }

  add(letter) {
    this.letters.push(letter);
    this.#keep((kept) => [...kept, letter]);
    this.flush();
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    while (this.letters.length && (await this.#sendFirst()));
    this.busy = false;
    if (!this.letters.length) return;
    for (const letter of this.letters) this.on.waiting(letter);
    this.timer = setTimeout(() => this.flush(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  // True when the first letter is done with, either way.
  async #sendFirst() {
    const letter = this.letters[0];
    let answer;
    try {
      answer = await this.post(letter);
    } catch {
      return false;
    }
    if (LATER.has(answer.status)) return false;
    this.letters.shift();
    this.#keep((kept) => kept.filter(({ id }) => id !== letter.id));
    this.wait = FIRST_WAIT_MS;
    if (answer.ok) this.on.sent(letter, answer.body);
    else this.on.refused(letter, answer);
    return true;
  }

  #load() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  // The kept letters are those of all tabs of this room: none writes over what another one holds.
  #keep(change) {
    try {
      const kept = change(this.#load());
      if (kept.length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
    } catch {
      // A device without storage: the letters live as long as the page.
    }
  }
}
