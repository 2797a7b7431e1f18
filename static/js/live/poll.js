// Where a network blocks sockets: the same news by asking, the same operations by POST.
const PATIENCE_MS = 15000;
const patience = () => ({ signal: AbortSignal.timeout?.(PATIENCE_MS) });

export class Poll {
  constructor({ ops, sync, token, known, news, answer }) {
    Object.assign(this, { ops, sync, token, known, news, answer });
    this.on = false;
  }

  start() {
    if (this.on) return;
    this.on = true;
    this.ask();
  }

  stop() {
    this.on = false;
  }

  async ask() {
    while (this.on) {
      const { epoch, seq } = this.known();
      const answer = await fetch(`${this.sync}?epoch=${epoch}&seq=${seq}&wait=5`, patience()).catch(() => null);
      if (answer?.ok && this.on) this.news(await answer.json());
      await new Promise((done) => setTimeout(done, answer?.ok ? 500 : 4000));
    }
  }

  // True means: it is on its way. The answer comes as an ack or nack frame.
  send({ op, k, a, base_rev }) {
    if (!this.on) return false;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token, "Idempotency-Key": op };
    fetch(this.ops, { method: "POST", headers, body: JSON.stringify({ op, k, a, base_rev }), ...patience() })
      .then(async (answer) => {
        const body = await answer.json();
        this.answer(answer.ok ? { t: "ack", ...body } : { t: "nack", op, code: answer.status >= 500 ? "again" : body.code });
      })
      .catch(() => this.answer({ t: "nack", op, code: "again" }));
    return true;
  }
}
