// The stage's buttons on a bad network: each press is a form with an id of its own, sent one after the other and again
// until the server has answered. What is not sent yet is said; a reload loses nothing.
import { newId } from "../base/id.js";

const FIRST_MS = 1000;
const LONGEST_MS = 10000;
const SLOW_MS = 1500; // after that it is said that something is not sent yet
const DEAF_MS = 15000;

export class Outbox {
  // answered(press, answer, html): the page that came back. waiting(presses): what has no answer yet. leave(url): who is
  // signed out goes there first; what was pressed is sent once somebody of the team is back on this page.
  constructor(name, { answered, waiting, leave }) {
    Object.assign(this, { name: `stage.${name}`, on: { answered, waiting, leave } });
    this.presses = this.read();
    this.failures = 0;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
    this.keep();
    this.send();
  }

  // The same button again, while it waits, is the same press; after another one it is wanted again.
  add(action, fields, label) {
    const body = new URLSearchParams(fields).toString();
    if (this.presses.at(-1)?.body === body) return;
    this.presses.push({ id: newId(), action, body, label });
    this.keep();
    this.hurry();
  }

  hurry() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.send();
  }

  async send() {
    const [press] = this.presses;
    if (this.busy || !press) return;
    this.busy = true;
    const slow = setTimeout(() => this.on.waiting(this.presses), SLOW_MS);
    const answer = await this.post(press).then((first) => (first.status === 403 ? this.again(press) : first)).catch(() => null);
    clearTimeout(slow);
    this.busy = false;
    if (!answer || answer.status >= 500) {
      this.failures += 1;
      this.on.waiting(this.presses);
      this.timer = setTimeout(() => this.send(), Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures) * (0.5 + Math.random() / 2));
      return;
    }
    this.failures = 0;
    if (answer.signedOut) {
      this.on.leave(answer.url);
      return;
    }
    this.presses.shift();
    this.keep();
    this.on.waiting([]);
    this.on.answered(press, answer, answer.html);
    this.send();
  }

  async post(press) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token };
    const body = `${press.body}&press=${press.id}&op=${press.id}`;
    const answer = await fetch(press.action, { method: "POST", headers, body, signal: AbortSignal.timeout?.(DEAF_MS) });
    const signedOut = answer.redirected && new URL(answer.url).searchParams.has("next");
    return { status: answer.status, url: answer.url, html: await answer.text(), signedOut };
  }

  // Whoever signs in again elsewhere gets a new token: the page takes it over and presses once more.
  async again(press) {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token ?? field.value;
    return this.post(press);
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      if (this.presses.length) localStorage.setItem(this.name, JSON.stringify(this.presses));
      else localStorage.removeItem(this.name);
    } catch { /* storage is off or full: they live as long as the page */ }
  }
}
