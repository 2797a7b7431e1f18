// Operations on their way. They are kept in the browser until the server has answered, so that neither a dead
// network nor a reload loses one; the same id makes sending twice harmless.
import { newId } from "../base/id.js";

const AGAIN = new Set(["again", "paused"]); // not carried out, and worth another try

export class Queue {
  // send(op): hands an operation over, true if it went out. told(op, state, answer): waiting, sent, done, refused.
  constructor(name, { send, told }) {
    this.name = `live.ops.${name}`;
    this.send = send;
    this.told = told;
    this.ops = this.read();
  }

  // `slot` names what the operation is about: of two with the same slot only the later one counts.
  add(slot, k, a) {
    const op = { op: newId(), k, a, slot };
    this.ops = [...this.ops.filter((other) => other.slot !== slot), op];
    this.keep();
    this.try(op);
    return op;
  }

  // Send everything that has no answer yet: after a reconnect, after a pause.
  flush() {
    for (const op of this.ops) this.try(op);
  }

  try(op) {
    this.told(op, this.send({ t: "op", op: op.op, k: op.k, a: op.a }) ? "sent" : "waiting");
  }

  answered(frame) {
    const op = this.ops.find((other) => other.op === frame.op);
    if (!op) return;
    if (frame.t === "nack" && AGAIN.has(frame.code)) {
      this.told(op, "waiting", frame);
      if (frame.code === "again") setTimeout(() => this.flush(), 1500 + Math.random() * 1500);
      return;
    }
    this.ops = this.ops.filter((other) => other !== op);
    this.keep();
    this.told(op, frame.t === "ack" ? "done" : "refused", frame);
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
      localStorage.setItem(this.name, JSON.stringify(this.ops));
    } catch { /* storage is off or full: they live as long as the page */ }
  }
}
