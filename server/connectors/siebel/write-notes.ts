import { noteOf } from '../../core/note.ts';
import type { FieldNote } from '../../core/step.ts';
import type { WriteAnswer } from '../connector.ts';
import { partNamed } from './address.ts';
import type { Draft, Dropped } from './batch.ts';
import { columnOf, fieldNamed, type ContactMap } from './contact-map.ts';
import type { Finished } from './finish.ts';
import { outcomeOf, refusedReason, notReached } from './outcome.ts';
import { isContactField } from './names.ts';
import type { Siebel } from './siebel.ts';
import { sightingOf, type Listed } from './sightings.ts';

/** The answer of a write whose record was stored: what a fresh read gives, and what was left behind on the way. */
export function answerOf(
  siebel: Siebel,
  component: Listed,
  { finished, notes }: Readonly<{ finished: Finished; notes: readonly FieldNote[] }>,
): WriteAnswer {
  const { row, troubles } = finished;
  // A list that could not be written, or anything that only the weather prevented, is worth another try as a whole.
  const grave = troubles.find(({ child, trouble }) => trouble.trouble === 'failure' || !hasFields(child));
  if (grave !== undefined) return outcomeOf(grave.trouble, siebel.map);
  if (row === null) return { outcome: 'gone' };
  if ('kind' in row) return notReached(row);
  const refused = troubles.flatMap(({ child, trouble }) =>
    (child?.fields ?? []).map((field) => noteOf(field, 'refused', refusedReason(trouble))),
  );
  return { outcome: 'done', now: sightingOf(siebel, component, row), notes: [...notes, ...refused] };
}

/** Notes for the values a record was stored without, by the names people know. */
export function droppedNotes(
  draft: Draft,
  dropped: readonly Dropped[],
  map: ContactMap,
): readonly FieldNote[] {
  return dropped.flatMap(({ name, trouble }) => {
    const because = refusedReason(trouble);
    const own = name === 'Account Id' ? 'company' : fieldNamed(map, name);
    if (own !== null) return [noteOf(own, 'refused', because)];
    const fields = draft.children.flatMap((child) => (name in child.row ? child.fields : []));
    const part = partNamed(name);
    return fields
      .filter((field) => {
        if (!isContactField(field)) return false;
        const column = columnOf(map, field);
        return column.at === 'address' && column.part === part;
      })
      .map((field) => noteOf(field, 'refused', because));
  });
}

function hasFields(child: Finished['troubles'][number]['child']): boolean {
  return child !== null && child.fields.length > 0;
}
