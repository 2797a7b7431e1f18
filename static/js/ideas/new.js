// The idea form in steps, with a draft on the phone, sent without leaving the page: after a lost connection everything
// is still there, the photo too, and the same client-made id makes the second try the same idea.
// Without this file the form is one long page.
import { newId } from "../base/id.js";
import "../base/token.js";
import { toast } from "../base/toast.js";

const KEPT_DAYS = 30;
const form = document.querySelector("[data-idea-form]");
const words = form.dataset;
const steps = [...form.querySelectorAll("[data-step]")];
const title = form.querySelector("[data-step-title]");
const [back, next, send] = ["back", "next", "send"].map((name) => form.querySelector(`[data-step-${name}]`));
const progress = form.querySelector("[data-steps] progress");
let current = 0;

// --- steps -----------------------------------------------------------------------------------------------
const titles = steps.map((step, index) => (index ? step.querySelector("[data-step-heading]") : title).textContent);

function go(index, { focus = true } = {}) {
  current = index;
  steps.forEach((step, number) => { step.hidden = number !== index; });
  title.textContent = titles[index];
  const last = index === steps.length - 1;
  back.hidden = index === 0;
  next.hidden = last;
  send.hidden = !last;
  next.textContent = steps[index].dataset.next ?? "";
  progress.value = index + 1;
  progress.max = steps.length;
  progress.removeAttribute("aria-label");
  progress.ariaLabel = `${index + 1} / ${steps.length}`;
  if (focus) { title.focus({ preventScroll: true }); scrollTo({ top: 0 }); }
}

function complete(step) {
  const wrong = [...step.querySelectorAll("input, select, textarea")].find((field) => !field.checkValidity());
  wrong?.reportValidity();
  return !wrong;
}

function forward() {
  if (!complete(steps[current]) || !fewFields()) return;
  history.pushState({ step: current + 1 }, "");
  go(current + 1);
}

function fewFields() {
  const few = form.querySelectorAll("[name=fields_of_action]:checked").length <= Number(words.most);
  if (!few) toast(words.tooMany, "bad");
  return few;
}

form.noValidate = true;
for (const heading of form.querySelectorAll("[data-step-heading]")) heading.hidden = true;
form.querySelector("[data-steps]").hidden = false;
next.addEventListener("click", forward);
back.addEventListener("click", () => history.back());
addEventListener("popstate", (event) => go(Math.min(event.state?.step ?? 0, steps.length - 1)));
form.addEventListener("keydown", (event) => {
  // Return in a line of text goes on, it does not send half an idea.
  if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox], [type=radio])")) return;
  if (current < steps.length - 1) { event.preventDefault(); forward(); }
});

// --- draft -----------------------------------------------------------------------------------------------
const draftKey = words.draft;
const kept = (name) => !["csrfmiddlewaretoken", "photo"].includes(name);

function read() {
  try { return JSON.parse(localStorage.getItem(draftKey)); } catch { return null; }
}

function save(sent = false) {
  const values = [...new FormData(form)].filter(([name]) => kept(name));
  try {
    localStorage.setItem(draftKey, JSON.stringify({ values, sent, at: Date.now() }));
    form.parentElement.querySelector("[data-draft-saved]").hidden = false;
  } catch { /* private mode: the page itself still holds everything */ }
}

function drop() {
  try { localStorage.removeItem(draftKey); } catch { /* there was none */ }
}

function restore({ values }) {
  for (const field of form.elements) {
    if (!field.name || !kept(field.name)) continue;
    const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(field.type)) field.checked = mine.includes(field.value);
    else if (mine.length && field.type !== "file") field.value = mine[0];
  }
  form.querySelectorAll("input, textarea").forEach((field) => field.dispatchEvent(new Event("input", { bubbles: false })));
}

const draft = read();
const fresh = draft && !draft.sent && Date.now() - draft.at < KEPT_DAYS * 86_400_000;
if (draft && !fresh) drop();
if ("bound" in words) save(); // the server sent it back with remarks: this is the draft now
else if (fresh) {
  restore(draft);
  const line = form.parentElement.querySelector("[data-draft-drop]");
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => { drop(); location.reload(); });
}
let waiting;
form.addEventListener("input", (event) => {
  if (!event.bubbles) return;
  clearTimeout(waiting);
  waiting = setTimeout(save, 300);
});

// --- sending ---------------------------------------------------------------------------------------------
let sending = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending || !fewFields()) return;
  const unfinished = steps.findIndex((step) => [...step.querySelectorAll(":invalid")].some((one) => one.matches("input, select, textarea")));
  if (unfinished >= 0) { go(unfinished); complete(steps[unfinished]); return; }
  clearTimeout(waiting);
  save();
  sending = true;
  send.setAttribute("aria-busy", "true");
  try { await deliver(); } finally { sending = false; send.removeAttribute("aria-busy"); }
});

async function deliver() {
  let response, answer;
  try {
    response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
  } catch { return toast(words.offline, "bad"); }
  try { answer = await response.json(); } catch { return toast(words.broken, "bad"); }
  if (answer.url) { drop(); location.assign(answer.url); return; }
  if (answer.detail) return toast(answer.detail, "bad");
  if (!Object.keys(answer.errors).length) { save(true); form.submit(); return; } // signed out meanwhile
  remark(answer.errors);
}

// --- what the server has to say ---------------------------------------------------------------------------
function remark(errors) {
  for (const old of form.querySelectorAll("[data-remark]")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  // A photo that was refused is let go: the next try goes without it or with another one.
  if (errors.photo) {
    form.elements.photo.value = "";
    form.elements.photo.dispatchEvent(new Event("change"));
  }
  const places = Object.entries(errors).map(([name, texts]) => attach(name, texts.join(" ")));
  const first = steps.findIndex((step) => places.some((place) => place && step.contains(place)));
  if (first >= 0) go(first);
  places.find((place) => place && !place.closest("[hidden]"))?.focus();
}

function attach(name, text) {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
  if (!field) { toast(text, "bad"); return null; }
  const note = document.createElement("p");
  note.className = "error";
  note.dataset.remark = "";
  note.id = `${field.id}_remark`;
  note.textContent = text;
  field.closest(".field").append(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
  return field;
}

// A page that comes back from the browser's cache after its idea was sent starts a new one.
addEventListener("pageshow", (event) => {
  if (!event.persisted || read()) return;
  form.reset();
  form.elements.client_id.value = newId();
  go(0, { focus: false });
});

// A reloaded page stands at the first step, or where a remark is: its place in the history says so too.
const flawed = steps.findIndex((step) => step.querySelector("[aria-invalid], .error"));
history.replaceState({ step: Math.max(flawed, 0) }, "");
go(Math.max(flawed, 0), { focus: false });
