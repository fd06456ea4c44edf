/** Ids in the order of a key and then of the id itself; made for keys that mostly grow. */
export class OrderedIds {
  // Key and id in one text; the separator sorts before every character a key or an id may hold.
  readonly #entries: string[] = [];

  add(key: string, id: string): void {
    const entry = entryOf(key, id);
    this.#entries.splice(this.#placeOf(entry), 0, entry);
  }

  remove(key: string, id: string): void {
    const entry = entryOf(key, id);
    const place = this.#placeOf(entry);
    if (this.#entries[place] === entry) this.#entries.splice(place, 1);
  }

  /** Ids with a key at or above `low` (`''` for all) and at or below `high` (null for no end), in order. */
  *between(low: string, high: string | null): Generator<string> {
    for (let place = this.#placeOf(low); place < this.#entries.length; place += 1) {
      const entry = this.#entries[place] ?? '';
      const split = entry.indexOf(separator);
      if (high !== null && entry.slice(0, split) > high) return;
      yield entry.slice(split + 1);
    }
  }

  /** How many ids `between` would give. */
  count(low: string, high: string | null): number {
    const end = high === null ? this.#entries.length : this.#placeOf(`${high}${afterSeparator}`);
    return Math.max(0, end - this.#placeOf(low));
  }

  /** The first place whose entry is not before the given one. */
  #placeOf(entry: string): number {
    let low = 0;
    let high = this.#entries.length;
    const last = this.#entries[high - 1];
    if (last !== undefined && last < entry) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle] ?? '') < entry) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const separator = '\u0001';
const afterSeparator = '\u0002';

function entryOf(key: string, id: string): string {
  return `${key}${separator}${id}`;
}
