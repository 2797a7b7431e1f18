// Counts down to the time in data-ends, by the server's clock: a phone whose clock is wrong by an hour is right here.
// A clock that stays (data-stay) stands at 0:00. What is offered until a time (data-until) goes when it is over.
export function countDown(skew) {
  const tick = () => {
    for (const timer of document.querySelectorAll("[data-timer]")) {
      const left = Math.ceil((Number(timer.dataset.ends) - Date.now() - skew()) / 1000);
      const stays = timer.hasAttribute("data-stay") && !Number.isNaN(left);
      timer.hidden = !(left >= 0) && !stays;
      timer.toggleAttribute("data-over", left <= 0);
      const shown = Math.max(0, left);
      const text = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
      if (!timer.hidden && timer.textContent !== text) timer.textContent = text;
    }
    for (const offer of document.querySelectorAll("[data-until]")) offer.hidden = Number(offer.dataset.until) < Date.now() + skew();
  };
  setInterval(tick, 250);
  tick();
  return tick;
}
