// Counts down to the time in data-ends, by the server's clock: a phone whose clock is wrong by an hour is right here.
export function countDown(skew) {
  setInterval(() => {
    for (const timer of document.querySelectorAll("[data-timer]")) {
      const left = Math.ceil((Number(timer.dataset.ends) - Date.now() - skew()) / 1000);
      timer.hidden = !(left >= 0);
      if (!timer.hidden) timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }
  }, 250);
}
