// Lay a fresh piece of a page over the old one and touch only what differs: a focused field, typed text, an opened
// fold and a picture that stays the same are left alone. Things are told apart by id, or by what they are about.
const KEEP = new Set(["open", "aria-busy", "data-sent-at", "data-holding"]);

// What can be chosen is known by what it stands for, wherever it stands in its list; so is the label around it.
const CHOICE = "input[type=checkbox], input[type=radio]";
function choiceOf(node) {
  if (node.nodeName === "OPTION") return `=${node.value}`;
  const field = node.nodeName === "LABEL" ? node.querySelector(CHOICE) : node;
  return field?.nodeName === "INPUT" && field.matches(CHOICE) ? `${field.name}=${field.dataset.key ?? field.value}` : "";
}

const nameOf = (node) => choiceOf(node) || node.id || node.dataset?.key || node.dataset?.part || node.dataset?.own || "";
const same = (a, b) => a.nodeName === b.nodeName && nameOf(a) === nameOf(b) && (a.dataset?.key ?? "") === (b.dataset?.key ?? "");

export function morph(old, next) {
  if (!same(old, next)) {
    old.replaceWith(document.importNode(next, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.isEqualNode(next) || old.matches("[data-counter]")) return;
  attributes(old, next);
  if (old.matches("textarea")) {
    if (old !== document.activeElement && !dirty(old)) old.defaultValue = next.defaultValue;
  } else if (!old.matches("[data-left-alone]")) children(old, next);
}

function attributes(old, next) {
  const typed = old.matches("input") && !old.matches(CHOICE) && (old === document.activeElement || dirty(old));
  const ticks = old.matches("[data-timer], [data-until], [data-pages], [data-wall] > *"); // hidden and shown by the clock
  for (const { name } of [...old.attributes]) {
    if (name === "hidden" && ticks) continue;
    if (!next.hasAttribute(name) && !KEEP.has(name) && !(typed && name === "value")) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (name === "hidden" && ticks) continue;
    if (old.getAttribute(name) === value || KEEP.has(name) || (typed && name === "value")) continue;
    old.setAttribute(name, value);
  }
  if (next.hasAttribute("data-must-open")) old.setAttribute("open", "");
}

// Hidden fields are the server's; a choice or a text that differs from what the page came with is a person's.
export function dirty(field) {
  if (field.type === "hidden") return false;
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}

function children(old, next) {
  const named = new Map();
  for (const child of old.children) if (nameOf(child)) named.set(keyOf(child), child);
  let place = old.firstChild;
  for (const fresh of [...next.childNodes]) {
    const twin = (nameOf(fresh) ? named.get(keyOf(fresh)) : alike(place, fresh)) ?? null;
    if (twin && twin !== place) bring(old, twin, place);
    const here = twin || place;
    if (here && same(here, fresh)) {
      place = here.nextSibling;
      morph(here, fresh);
    } else old.insertBefore(document.importNode(fresh, true), place);
  }
  while (place) {
    const rest = place.nextSibling;
    old.removeChild(place);
    place = rest;
  }
}

const keyOf = (node) => `${node.nodeName} ${nameOf(node)}`;

// What has no name is the next one of its look: something new before it does not make it another thing.
function alike(place, fresh) {
  if (fresh.nodeType !== Node.ELEMENT_NODE || (place && same(place, fresh))) return null;
  for (let node = place; node; node = node.nextSibling)
    if (same(node, fresh) && node.className === fresh.className) return node;
  return null;
}

// The parent does the moving: a form's own `after` may be a field of that name. What stands between makes way. What is moved loses the keyboard and an inner page, so the twin itself stays where it
// is, unless somebody is busy between.
function bring(old, twin, place) {
  const between = [];
  let node = place;
  for (; node && node !== twin; node = node.nextSibling) between.push(node);
  if (!node || between.some((one) => one.contains(document.activeElement))) {
    old.insertBefore(twin, place);
    return;
  }
  let last = twin;
  for (const one of between) {
    if (one.nodeType !== Node.ELEMENT_NODE) old.removeChild(one);
    else last = old.insertBefore(one, last.nextSibling);
  }
}
