// Stage and projector are drawn by the server: after each numbered event the parts of the page are fetched anew.
// There are two or three of them in a hall, never a thousand. What somebody is typing in stays.
export class Refresh {
  constructor(after = () => {}) {
    this.after = after;
    this.again = false;
    this.busy = false;
  }

  async run() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.redirected) location.reload();
      else if (answer.ok) this.put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* no network: the socket's return brings the next one */ }
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.run();
    }
  }

  put(fresh) {
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      const typing = part.contains(document.activeElement) && document.activeElement.matches("input, textarea");
      if (next && !typing && part.innerHTML !== next.innerHTML) part.replaceWith(document.adoptNode(next));
    }
    this.after();
  }
}
