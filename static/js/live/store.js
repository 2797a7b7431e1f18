// What the phone keeps until the server has it: in IndexedDB; where that is blocked, in localStorage; else as long as
// the page lives. Tabs of one seat share a shelf and tell each other what they put on it.
const DATABASE = "anstoss-live";
const SHELF = "kept";
const PATIENCE_MS = 2000; // some browsers never answer when storage is blocked

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function opened() {
  const asking = indexedDB.open(DATABASE, 1);
  asking.onupgradeneeded = () => asking.result.createObjectStore(SHELF);
  const database = await asked(asking);
  database.onversionchange = () => database.close(); // somebody logs out in another tab
  return database;
}

export class Store {
  // name: of one seat in one event. heard(message): what another tab of the same seat says.
  constructor(name, heard = () => {}) {
    this.name = name;
    this.memory = {};
    const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
    this.database = Promise.race([late, Promise.resolve().then(opened)]).catch(() => undefined);
    if (!globalThis.BroadcastChannel) return;
    this.channel = new BroadcastChannel(`${DATABASE} ${name}`);
    this.channel.onmessage = ({ data }) => heard(data);
  }

  tell(message) {
    this.channel?.postMessage(message);
  }

  // Everything on the shelf, by key.
  async all() {
    const shelf = await this.shelf("readonly");
    if (!shelf) return new Map(Object.entries(this.read()));
    const mine = IDBKeyRange.bound([this.name], [this.name, []]);
    const [keys, values] = await Promise.all([asked(shelf.getAllKeys(mine)), asked(shelf.getAll(mine))]);
    return new Map(keys.map(([, key], place) => [key, values[place]]));
  }

  async put(key, value) {
    const shelf = await this.shelf("readwrite");
    if (shelf) shelf.put(value, [this.name, key]);
    else this.write({ ...this.read(), [key]: value });
  }

  // Only what `still` says is still the thing meant: another tab may have put a newer one there.
  async drop(key, still = () => true) {
    const shelf = await this.shelf("readwrite");
    if (shelf) {
      const known = await asked(shelf.get([this.name, key]));
      if (known !== undefined && still(known)) shelf.delete([this.name, key]);
      return;
    }
    const { [key]: known, ...others } = this.read();
    if (known !== undefined && still(known)) this.write(others);
  }

  async clear() {
    const shelf = await this.shelf("readwrite");
    shelf?.delete(IDBKeyRange.bound([this.name], [this.name, []]));
    if (!shelf) this.write({});
  }

  // Whoever had another seat of this event on this phone leaves nothing to the one who has it now.
  async alone(prefix) {
    const shelf = await this.shelf("readwrite");
    shelf?.delete(IDBKeyRange.bound([prefix], [this.name], false, true));
    shelf?.delete(IDBKeyRange.bound([this.name, []], [`${prefix}\uffff`], true));
  }

  async shelf(mode) {
    try {
      return (await this.database)?.transaction(SHELF, mode).objectStore(SHELF);
    } catch {
      return undefined;
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(`live.${this.name}`)) ?? this.memory;
    } catch {
      return this.memory;
    }
  }

  write(all) {
    this.memory = all;
    try {
      localStorage.setItem(`live.${this.name}`, JSON.stringify(all));
    } catch { /* off or full: it lives as long as the page */ }
  }
}
