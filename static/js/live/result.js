// The result on the phone: bars, the steps of a scale in order, words as a cloud.
import { fill, lang, number, plural } from "./text.js";

const value = ({ points, total }) => total ?? points;

// The same picture as templates/events/parts/result.html.
export function drawResult(slot, kind, result, words) {
  const rows = [...result.options];
  if (kind !== "scale") rows.sort((a, b) => value(b) - value(a) || a.number - b.number);
  const most = Math.max(1, ...rows.map(value));
  const list = slot.querySelector(kind === "words" ? ".cloud" : ".results");
  const sample = list.firstElementChild;
  rows.forEach((row, place) => list.append((kind === "words" ? drawWord : drawBar)(sample.cloneNode(true), row, most, place, words)));
  sample.remove();
  slot.querySelector(".results").hidden = kind === "words";
  slot.querySelector(".cloud").hidden = kind !== "words";
  slot.querySelector("[data-empty]").hidden = kind !== "words" || rows.length > 0;
  const mean = slot.querySelector("[data-mean]");
  mean.hidden = kind !== "scale" || result.mean == null;
  mean.querySelector("b").textContent = result.mean?.toLocaleString(lang, { minimumFractionDigits: 1 }) ?? "";
  const note = [[words.papers, result.papers], [words.abstentions, result.abstentions]];
  if (kind === "dots") note.splice(1, 0, [words.sum, result.points]);
  if (result.on_paper) note.push([words.on_paper, result.on_paper.papers]);
  if (result.held) note.push([words.held, result.held]);
  slot.querySelector("[data-note]").textContent = note.map(([forms, n]) => plural(forms, n)).join(" · ");
}

function drawBar(row, option, most, place, words) {
  row.classList.add(["tone-coral", "tone-sky", "tone-mint"][place] ?? "tone-lilac");
  Object.assign(row.querySelector("progress"), { max: most, value: value(option) });
  row.querySelector(".result-label").textContent = option.label;
  row.querySelector(".result-value").textContent = number(value(option));
  if (option.paper === undefined) return row;
  const parts = Object.assign(document.createElement("small"), { className: "result-parts" });
  parts.textContent = fill(words.parts, { phone: number(option.points), paper: number(option.paper) });
  row.querySelector(".result-label").append(" ", parts);
  return row;
}

function drawWord(row, option, most) {
  row.className = `cloud-${1 + Math.floor((3 * value(option)) / most)}`;
  row.querySelector("bdi").textContent = option.label;
  row.querySelector("small").textContent = number(value(option));
  return row;
}
