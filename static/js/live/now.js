// What is going on while nothing is asked: a sentence for the phase, or what the projector tells everybody.
export function showNow(section, { event, topics }, words, busy) {
  const scene = event.scene ?? {};
  const said = words.scenes[scene.kind] ?? words.phases[event.phase];
  section.hidden = event.state !== "live" || (busy && !words.scenes[scene.kind]);
  if (section.hidden || !said) return;
  section.querySelector("[data-now-title]").textContent = said.title;
  section.querySelector("[data-now-text]").textContent = scene.text ?? pitched(scene, topics) ?? said.text;
  const clock = section.querySelector("[data-now-clock]");
  if (scene.ends) clock.dataset.ends = scene.ends;
  else {
    delete clock.dataset.ends;
    clock.hidden = true;
  }
}

const pitched = ({ kind, topic }, topics) => (kind === "pitch" ? topics.find(({ n }) => n === topic)?.title : undefined);
