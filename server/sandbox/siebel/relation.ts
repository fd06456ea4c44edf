import type { RelationDefinition } from './metadata.ts';

const none: ReadonlySet<string> = new Set();

/** A many-to-many link between two components; both ends list the other in the order of linking. */
export class Relation {
  readonly definition: RelationDefinition;
  readonly #rights = new Map<string, Set<string>>();
  readonly #lefts = new Map<string, Set<string>>();
  readonly #changed: (undo: () => void) => void;

  constructor(definition: RelationDefinition, changed: (undo: () => void) => void) {
    this.definition = definition;
    this.#changed = changed;
  }

  rightsOf(left: string): ReadonlySet<string> {
    return this.#rights.get(left) ?? none;
  }

  leftsOf(right: string): ReadonlySet<string> {
    return this.#lefts.get(right) ?? none;
  }

  pairs(): readonly (readonly [string, string])[] {
    return [...this.#rights].flatMap(([left, rights]) => [...rights].map((right) => [left, right] as const));
  }

  has(left: string, right: string): boolean {
    return this.rightsOf(left).has(right);
  }

  /** Linking twice changes nothing. */
  link(left: string, right: string): void {
    if (this.has(left, right)) return;
    this.#add(left, right);
    this.#changed(() => this.#remove(left, right));
  }

  unlink(left: string, right: string): void {
    if (!this.has(left, right)) return;
    this.#remove(left, right);
    this.#changed(() => this.#add(left, right));
  }

  #add(left: string, right: string): void {
    setOf(this.#rights, left).add(right);
    setOf(this.#lefts, right).add(left);
  }

  #remove(left: string, right: string): void {
    this.#rights.get(left)?.delete(right);
    this.#lefts.get(right)?.delete(left);
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const found = sets.get(key);
  if (found) return found;
  const made = new Set<string>();
  sets.set(key, made);
  return made;
}
