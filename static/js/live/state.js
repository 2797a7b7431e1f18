// What every screen shows, as plain data. The same rules as `apply` in participation/live/events.py.
const SHOWN = new Set(["on_wall", "pitched", "placed", "running", "harvested"]);
const UNSEEN = new Set(["draft", "ready"]);
const RUNNING = new Set(["open", "paused", "closing"]);

const put = (things, thing, shown) => {
  const others = things.filter((other) => other.n !== thing.n);
  return shown ? [...others, thing].sort((a, b) => a.n - b.n) : others;
};

const LISTS = { topic: "topics", ballot: "ballots", room: "rooms", slot: "slots", session: "sessions", outcome: "outcomes" };
const shown = {
  topic: ({ state }) => SHOWN.has(state),
  ballot: ({ state }) => !UNSEEN.has(state),
};

export function apply(state, { k, d }) {
  const subject = k.split(".")[0];
  if (subject === "event") return { ...state, event: d };
  const name = LISTS[subject];
  return name ? { ...state, [name]: put(state[name], d, (shown[subject] ?? ((thing) => !thing.gone))(d)) } : state;
}

export const running = (ballot) => RUNNING.has(ballot?.state);

// The ballot that runs, or else the one whose result is due or shown last.
export function current({ ballots }) {
  const valid = ballots.filter((ballot) => ballot.state !== "void");
  return valid.find(running) ?? valid.filter((ballot) => ballot.state !== "filed").at(-1);
}
