import { isOutside } from '../core/window.ts';
import { copiesBeyond } from '../store/mailbox-links.ts';
import type { Engine } from './engine.ts';
import { domainsOf, windowFor, type Person } from './people.ts';
import type { LinkTurn } from './turn-state.ts';

/** Records of a person's Links whose copy has left the time that is kept in step, as days went by or the policy changed. */
export async function outOfTime(
  { db }: Pick<Engine, 'db'>,
  person: Person,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const records = await Promise.all(
    domainsOf(person).map(async (domain) => {
      const window = windowFor(person, domain, now);
      if (window.from === null && window.to === null) return [];
      const beyond = await copiesBeyond(db, { personId: person.row.id, domain, window });
      return beyond.filter(({ item }) => isOutside(item, window)).map(({ recordId }) => recordId);
    }),
  );
  return [...new Set(records.flat())];
}

/** Whether both sides agree on a Link's item, and that it lies outside the time that is kept in step. */
export function isOutOfTime({ base, row, person }: LinkTurn, now: Temporal.Instant): boolean {
  if (row.domain === 'contact') return false;
  const window = windowFor(person, row.domain, now);
  return [base.siebel, base.exchange].every(
    (side) => side.state === 'present' && isOutside(side.item, window),
  );
}
