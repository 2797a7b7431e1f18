// Operations on their way. Each is kept until the server has answered, so that neither a dead network nor a reload nor
// a phone that sleeps loses one; the same id makes sending twice harmless. Of two operations with the same slot only
// the later one counts, also when the earlier one was made in another tab.
import { newId } from "../base/id.js";

const AGAIN = new Set(["again", "paused"]); // not carried out, and worth another try
const KEY = "op ";

export class Queue {
  // send(op): hands an operation over and names the carrier, "socket" or "http"; "" when there is none.
  // told(op, state, answer): waiting, sent, done, refused.
  constructor(store, { send, told }) {
    Object.assign(this, { store, send, told });
    this.ops = [];
    this.flying = new Map(); // slot → the operation on its way, and its carrier
  }

  // What an earlier page or another tab left. Resolves when it is known.
  load(kept) {
    const mine = new Set(this.ops.map(({ slot }) => slot));
    const left = [...kept].filter(([key, op]) => key.startsWith(KEY) && !mine.has(op.slot)).map(([, op]) => op);
    this.ops = [...left.sort((a, b) => a.made - b.made), ...this.ops];
    for (const op of left) this.told(op, "waiting");
    this.flush();
  }

  // `slot` names what the operation is about; without one it stands for itself.
  // `base_rev`: what was seen of the thing, for those kinds that compare and set.
  // The same again, before it is answered, is a double tap.
  add(slot, k, a, base_rev) {
    const about = (op) => JSON.stringify([op.k, op.a, op.base_rev]);
    const twin = this.ops.find((op) => about(op) === about({ k, a, base_rev }));
    if (twin) return this.try(twin);
    const op = { op: newId(), k, a, base_rev, made: Date.now() };
    op.slot = slot ?? op.op;
    this.store.put(KEY + op.slot, op);
    this.store.tell({ added: op });
    this.put(op);
    this.try(op);
  }

  put(op) {
    this.ops = [...this.ops.filter((other) => other.slot !== op.slot), op];
  }

  // Send everything that has no answer yet: after a reconnect, after a pause.
  flush() {
    for (const op of [...this.ops]) this.try(op);
  }

  try(op) {
    const ahead = this.flying.get(op.slot);
    if (ahead?.op.op === op.op) return;
    // One after the other: requests overtake each other, and an answer may settle what follows.
    const by = ahead ? "" : this.send({ t: "op", op: op.op, k: op.k, a: op.a, base_rev: op.base_rev });
    if (by) this.flying.set(op.slot, { op, by });
    this.told(op, by || ahead ? "sent" : "waiting");
  }

  // A carrier is gone, and with it the answers to what it carried.
  lost(carrier) {
    for (const [slot, { by }] of this.flying) if (by === carrier) this.flying.delete(slot);
    for (const op of this.ops) if (!this.flying.has(op.slot)) this.told(op, "waiting");
  }

  answered(frame) {
    const [slot, flown] = [...this.flying].find(([, { op }]) => op.op === frame.op) ?? [];
    this.flying.delete(slot);
    const op = this.ops.find((other) => other.op === frame.op);
    if (op && frame.t === "nack" && AGAIN.has(frame.code)) {
      this.told(op, "waiting", frame);
      if (frame.code === "again") setTimeout(() => this.flush(), 1500 + Math.random() * 1500);
      return;
    }
    if (op) {
      this.store.drop(KEY + op.slot, (kept) => kept.op === op.op);
      this.store.tell({ answered: frame, op });
      this.settle(op, frame);
      return;
    }
    // Something later has taken its place.
    if (flown && frame.t === "ack") {
      this.store.tell({ answered: frame, op: flown.op });
      this.told(flown.op, "done", frame);
    }
    this.ops.filter((other) => other.slot === slot).forEach((later) => this.try(later));
  }

  settle(op, frame) {
    this.ops = this.ops.filter((other) => other.op !== op.op);
    this.told(op, frame.t === "ack" ? "done" : "refused", frame);
  }

  // Another tab of the same seat has made an operation, or has its answer.
  heard({ added, answered, op }) {
    if (added) {
      this.put(added);
      this.told(added, "waiting");
    } else if (answered) this.settle(op, answered);
  }

  holds(slot) {
    return this.ops.some((op) => op.slot === slot);
  }

  clear() {
    this.ops = [];
    this.flying.clear();
    return this.store.clear();
  }
}
