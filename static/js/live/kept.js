// A fresh page may put a part elsewhere, and what stood there is made anew: what somebody has typed in it, has opened in
// it, and the keyboard go along. Things are known by what their form is about, because they have no place any more.
import { dirty } from "./morph.js";

const FIELDS = "input:not([type=hidden]), textarea, select";
const PASSING = new Set(["csrfmiddlewaretoken", "op", "client_id"]);

const choice = (field) => ["checkbox", "radio"].includes(field.type);
const value = (one) => (choice(one) || one.nodeName === "BUTTON" ? one.value : "");

function keyOf(one) {
  const { form } = one;
  if (!form) return [one.nodeName, one.id || one.getAttribute("href") || one.parentElement?.id].join();
  const about = [...form.querySelectorAll("input[type=hidden]")].filter(({ name }) => !PASSING.has(name));
  return [one.nodeName, one.name, value(one), ...about.map((field) => `${field.name}=${field.value}`)].join();
}

const find = ({ nodeName }, key) => [...document.querySelectorAll(nodeName)].find((one) => keyOf(one) === key);

// Gives what is to be called once the fresh page lies there.
export function remember() {
  const folds = [...document.querySelectorAll("details[open][id]")];
  const typed = [...document.querySelectorAll(FIELDS)].filter(dirty).map((field) => ({ field, key: keyOf(field) }));
  const busy = document.activeElement;
  const hand = busy && busy !== document.body ? { key: keyOf(busy), seen: busy.checkVisibility?.() ?? true } : null;
  const from = busy?.matches?.("textarea, input") ? [busy.selectionStart, busy.selectionEnd] : [];
  return () => {
    for (const fold of folds) if (!fold.isConnected) document.getElementById(fold.id)?.setAttribute("open", "");
    for (const { field, key } of typed) if (!field.isConnected) fill(find(field, key), field);
    if (!hand || document.activeElement === busy) return;
    const twin = busy.isConnected ? busy : find(busy, hand.key);
    if (twin) hold(twin, hand.seen, from);
  };
}

function fill(twin, field) {
  if (!twin) return;
  if (field.nodeName === "SELECT") {
    if ([...twin.options].some((option) => option.value === field.value)) twin.value = field.value;
  } else if (choice(field)) twin.checked = field.checked;
  else if (!dirty(twin)) twin.value = field.value;
}

function hold(twin, seen, [from, to]) {
  for (let fold = seen && twin.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  twin.focus({ preventScroll: true });
  if (from !== undefined && from !== null) twin.setSelectionRange?.(from, to);
}
