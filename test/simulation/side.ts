/* oxlint-disable typescript/no-unsafe-type-assertion -- a simulated side gives the names */
import type { Side } from '../../shared/domain.ts';
import { blankOf, emptyLike, fieldsOf, isSet, valueOf, withValue } from '../../server/core/fields/item.ts';
import type { Item, Present, Ref, Snapshot, Version } from '../../server/core/snapshot.ts';
import type { FieldName, FieldValue, Outcome, Step } from '../../server/core/step.ts';

/**
 * One side in memory, as lossy as the real ones: Siebel cuts a text off at eight characters, Outlook trims it. Fields a side
 * does not hold stay blank.
 */
export class SimulatedSide {
  item: Item | null = null;
  /** Marked in Outlook, listed in Siebel. */
  isIn = true;
  isHidden = false;
  /** Something has changed since the last look; the feed would say so. */
  isReported = true;
  readonly side: Side;
  readonly holds: (field: FieldName) => boolean;
  private readonly cut: number;
  private version = 0;
  private life = 0;

  constructor(side: Side, { holds, cut }: { holds: (field: FieldName) => boolean; cut: number }) {
    this.side = side;
    this.holds = holds;
    this.cut = cut;
  }

  /** The form in which this side keeps a value. */
  stored(field: FieldName, value: FieldValue): FieldValue {
    if (!this.holds(field)) return blankOf(field);
    if (typeof value !== 'string' || isSet(field)) return value;
    return (this.side === 'siebel' ? value.slice(0, this.cut) : value.trim()) || null;
  }

  write(fields: readonly FieldName[], item: Item): void {
    this.item = fields.reduce(
      (kept, field) => withValue(kept, field, this.stored(field, valueOf(item, field))),
      this.item ?? emptyLike(item),
    );
    this.touch();
  }

  vanish(): void {
    this.item = null;
    this.life += 1;
    this.touch();
  }

  touch(): void {
    this.version += 1;
    this.isReported = true;
  }

  present(): Present {
    if (this.item === null) throw new Error(`There is nothing in ${this.side}.`);
    const ref = `${this.side}/${this.life}` as Ref;
    return { state: 'present', ref, version: `v${this.version}` as Version, item: this.item };
  }

  /** What a look finds, by what the base remembers of the side. */
  look(base: Snapshot): Snapshot {
    if (this.isHidden) return { state: 'absent', why: 'outOfReach' };
    if (this.item === null) return { state: 'absent', why: base.state === 'present' ? 'deleted' : 'never' };
    return !this.isIn && base.state === 'present' ? { state: 'absent', why: 'unmarked' } : this.present();
  }

  /** Carries a step out, unless the side is not as it was seen. */
  carryOut(step: Step): 'stale' | 'gone' | 'done' {
    if (step.do === 'create') {
      if (this.item !== null) throw new Error(`A twin would be made in ${this.side}.`);
      this.write(fieldsOf(step.item), step.item);
      this.isIn = true;
      return 'done';
    }
    if (this.item === null) return 'gone';
    if (step.version !== this.present().version) return 'stale';
    if (step.do === 'update') this.write(step.fields, step.item);
    else if (step.how === 'delete') this.vanish();
    else this.isIn = false;
    return 'done';
  }

  answer(step: Step): Outcome {
    return { outcome: 'done', now: step.do === 'remove' ? null : this.present(), notes: [] };
  }
}
