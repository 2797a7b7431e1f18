// A socket that comes back by itself: after 0.5 s, 1 s, 2 s … at most 8 s, spread by chance, and at once when the
// phone wakes up or finds a network. docs/live-protocol.md tells what travels on it.
const SUBPROTOCOL = "anstoss.live.v1";
const FIRST_MS = 500;
const LONGEST_MS = 8000;
const PING_MS = 20000;
const DEAF_MS = 5000;
const BLOCKED_AFTER = 3;
const RESTARTS = 1012; // the close code of a server that stops and had no time for a `bye`
const SPREAD_MS = 4000;

export class Socket {
  // hello(): what the client already knows. frame(f): every frame. link("on" | "waiting" | "off" | "blocked", why).
  constructor(path, { hello, frame, link }) {
    this.url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
    this.on = { hello, frame, link };
    this.failures = 0;
    this.skew = 0; // server's clock minus ours, in milliseconds
    this.over = false;
    const soon = () => document.visibilityState === "visible" && this.hurry();
    addEventListener("online", soon);
    addEventListener("pageshow", soon);
    document.addEventListener("visibilitychange", soon);
    addEventListener("offline", () => {
      this.off = true;
      this.on.link("off");
    });
    this.open();
  }

  open() {
    clearTimeout(this.retry);
    this.welcomed = false;
    this.line = new WebSocket(this.url, [SUBPROTOCOL]);
    this.line.onopen = () => this.say({ t: "hello", ...this.on.hello() });
    this.line.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.line.onclose = ({ code }) => this.closed(code);
    this.watch();
  }

  take(frame) {
    this.watch();
    if (frame.now) this.skew = frame.now - Date.now();
    if (frame.t === "bye") {
      this.wait = frame.retry_ms;
      this.over = frame.retry_ms === 0;
    } else if (frame.t === "welcome") {
      this.welcomed = true;
      this.failures = 0;
    }
    this.on.frame(frame);
    // The line may have outlived a network that came and went: any frame proves that it works.
    if (frame.t === "welcome" || (this.off && this.welcomed)) {
      this.off = false;
      this.on.link("on");
    }
  }

  // True if it went out. Without a network an open line takes everything and delivers nothing.
  say(frame) {
    const out = this.line.readyState === WebSocket.OPEN && (!this.off || frame.t !== "op");
    if (out) this.line.send(JSON.stringify(frame));
    return out;
  }

  closed(code) {
    clearTimeout(this.deaf);
    if (this.over) return;
    if (!this.welcomed) this.failures += 1;
    if (code === RESTARTS) this.wait ??= FIRST_MS + Math.random() * SPREAD_MS;
    const blocked = this.failures >= BLOCKED_AFTER && navigator.onLine;
    this.on.link(blocked ? "blocked" : navigator.onLine ? "waiting" : "off");
    const pause = this.wait ?? Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.wait = undefined;
    this.retry = setTimeout(() => this.open(), pause);
  }

  // Something has changed for the better: do not wait for the timer.
  hurry() {
    if (this.over) return;
    if (this.line.readyState === WebSocket.CLOSED) this.open();
    else if (this.welcomed) this.probe();
  }

  // A phone that slept may hold a dead line: a ping shows it.
  watch() {
    clearTimeout(this.pulse);
    clearTimeout(this.deaf);
    this.deaf = undefined;
    this.pulse = setTimeout(() => this.probe(), PING_MS);
  }

  probe() {
    if (this.deaf) return;
    this.say({ t: "ping", n: Date.now() % 1e9 });
    this.deaf = setTimeout(() => {
      this.deaf = undefined;
      this.line.onclose = null;
      this.line.close();
      this.closed();
    }, DEAF_MS);
  }
}
