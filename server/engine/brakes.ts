import type { Guard } from '../../shared/policy.ts';
import type { Side } from '../../shared/domain.ts';
import { brake } from '../core/brake.ts';
import { brakesOf, holdMailbox, recentSteps } from '../store/parked.ts';
import type { Braked } from '../store/schema.ts';
import type { Engine } from './engine.ts';
import type { Person } from './people.ts';
import type { LinkTurn } from './turn-state.ts';

const kinds = ['deletions', 'creates', 'updates'] as const;
const burst = { minutes: 10 };

/**
 * The brake (L10): before a herd writes to a side, what it would remove, create or rewrite is counted for each mailbox,
 * together with what the last minutes brought. A mailbox over its guard is held: these steps are not taken, nothing is
 * lost, and an administrator is asked.
 */
export async function holdExcess(engine: Engine, links: readonly LinkTurn[], side: Side): Promise<void> {
  const byPerson = Map.groupBy(
    links.filter((link) => !isDecided(link) && link.plan?.steps.some((step) => step.side === side)),
    (link) => link.person.row.id,
  );
  const brakes = await brakesOf(engine.db, [...byPerson.keys()]);
  for (const theirs of byPerson.values()) {
    const person = theirs[0]?.person;
    if (!person) continue;
    for (const what of kinds) {
      const counted = theirs.filter((link) => countsAs(link, side) === what);
      if (counted.length === 0) continue;
      const known = brakes.find((row) => row.person_id === person.row.id && row.what === what);
      const isHeld = known
        ? known.status === 'open'
        : await trips(engine, { person, what, planned: counted.length });
      if (isHeld) for (const link of counted) link.end = { end: 'held', what };
    }
  }
}

/** Somebody has said what is to become of this very item. */
function isDecided({ row }: LinkTurn): boolean {
  return row.wish === 'mark' || row.wish === 'revert';
}

export type Burst = Readonly<{ person: Person; what: Braked; planned: number }>;

/** Whether a burst is more than the guard allows; if so the mailbox is held from now on. */
export async function trips(engine: Engine, { person, what, planned }: Burst): Promise<boolean> {
  const now = engine.clock.now();
  const recent = await recentSteps(engine.db, {
    personId: person.row.id,
    what,
    since: now.subtract(burst).toString(),
  });
  const before = { deletions: recent.removed, creates: recent.created, updates: 0 }[what];
  const total = recent.linked + (what === 'deletions' ? recent.removed : 0);
  if (brake({ guard: guardOf(person, what), planned: planned + before, total }) === 'go') return false;
  await holdMailbox(engine.db, {
    id: engine.newId(),
    personId: person.row.id,
    domain: 'contact',
    what,
    planned: planned + before,
    total,
    reason: reasonOf(what, planned + before, total),
    at: now.toString(),
  });
  engine.log.warn(
    { personId: person.row.id, what, planned: planned + before, total },
    'mailbox held by the brake',
  );
  return true;
}

function countsAs(link: LinkTurn, side: Side): Braked | null {
  const steps = link.plan?.steps.filter((step) => step.side === side) ?? [];
  if (steps.some((step) => step.do === 'remove')) return 'deletions';
  if (steps.some((step) => step.do === 'create')) return 'creates';
  const isEstablished = link.before.siebel.state === 'present' && link.before.exchange.state === 'present';
  return isEstablished && steps.some((step) => step.do === 'update') ? 'updates' : null;
}

function guardOf(person: Person, what: Braked): Guard {
  const { guards } = person.policy;
  return { deletions: guards.deletions.contact, creates: guards.creates, updates: guards.updates }[what];
}

function reasonOf(what: Braked, planned: number, total: number): string {
  const verb = { deletions: 'remove', creates: 'create', updates: 'rewrite' }[what];
  return (
    `This sync would ${verb} ${planned} of ${total} contacts of the mailbox, more than the policy's guard allows. ` +
    'Nothing of it has been done. An administrator decides: approve it to go on, reject it to put things back.'
  );
}
