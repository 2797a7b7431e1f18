// A new join code: the address, every link and form, and the samples that are still to be copied lead on to it, so that
// nobody who is in has to load the page again. `ways` are the objects that hold addresses of their own.
const ADDRESSED = ["href", "action"];

export function readdress(from, to, ...ways) {
  const led = (address) => address.replace(from, to);
  history.replaceState(history.state, "", led(location.href));
  const samples = [...document.querySelectorAll("template")].map(({ content }) => content);
  for (const root of [document, ...samples])
    for (const name of ADDRESSED)
      for (const one of root.querySelectorAll(`[${name}*="/${from}/"]`)) one.setAttribute(name, led(one.getAttribute(name)));
  for (const place of document.querySelectorAll("[data-code]")) place.textContent = to.replace(/^(.{3})/, "$1 ");
  for (const way of ways)
    for (const name of ["url", "ops", "sync"]) if (way[name]) way[name] = led(way[name]);
}
