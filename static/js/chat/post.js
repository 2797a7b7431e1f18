// The room's messages over HTTP. Throws when nothing answers; a refusal is an answer like any other.
const PATIENCE_MS = 12000;

export class Post {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  read(query) {
    return this.#ask(`${this.url}?${new URLSearchParams(query)}`);
  }

  write(id, text) {
    return this.#ask(this.url, { method: "POST", body: JSON.stringify({ client_id: id, text }) });
  }

  remove(id) {
    return this.#ask(`${this.url}${id}/`, { method: "DELETE" });
  }

  // {ok, status, body}: body is what the server said, {} when it said nothing we understand.
  async #ask(url, options = {}) {
    const response = await fetch(url, {
      ...options,
      headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": this.token },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { ok: response.ok, status: response.status, body: await response.json().catch(() => ({})) };
  }
}
