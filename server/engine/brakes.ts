import type { Domain, Side } from '../../shared/domain.ts';
import { brake, isHandful, type Limit } from '../core/brake.ts';
import { brakesOf, holdMailbox, recentSteps } from '../store/parked.ts';
import type { Braked } from '../store/schema.ts';
import type { Engine } from './engine.ts';
import type { Person } from './people.ts';
import type { LinkTurn } from './turn-state.ts';

const kinds = ['deletions', 'creates', 'updates', 'mails'] as const;
const burst = { minutes: 10 };

/**
 * The brake (L10): before a herd writes to a side, what it would remove, create or rewrite is counted for each mailbox,
 * together with what the last minutes brought. A mailbox over its guard is held: these steps are not taken, nothing is
 * lost, and an administrator is asked.
 */
export async function holdExcess(engine: Engine, links: readonly LinkTurn[], side: Side): Promise<void> {
  const byMailbox = Map.groupBy(
    links.filter((link) => !isDecided(link) && link.plan?.steps.some((step) => step.side === side)),
    (link) => `${link.person.row.id} ${link.row.domain}`,
  );
  const brakes = await brakesOf(engine.db, [...new Set(links.map(({ person }) => person.row.id))]);
  for (const theirs of byMailbox.values()) {
    const [first] = theirs;
    if (!first) continue;
    const { person } = first;
    const { domain } = first.row;
    for (const what of kinds) {
      const counted = theirs.filter((link) => countOf(link, side, what) > 0);
      if (counted.length === 0) continue;
      const planned = counted.reduce((sum, link) => sum + countOf(link, side, what), 0);
      const known = brakes.find(
        (row) => row.person_id === person.row.id && row.domain === domain && row.what === what,
      );
      const isHeld = known ? known.status === 'open' : await trips(engine, { person, domain, what, planned });
      if (isHeld) for (const link of counted) link.end = { end: 'held', what };
    }
  }
}

/** Somebody has said what is to become of this very item. */
function isDecided({ row }: LinkTurn): boolean {
  return row.wish === 'mark' || row.wish === 'revert';
}

export type Burst = Readonly<{ person: Person; domain: Domain; what: Braked; planned: number }>;

/** Whether a burst is more than the guard allows; if so the mailbox is held from now on. */
export async function trips(engine: Engine, { person, domain, what, planned }: Burst): Promise<boolean> {
  // Only removals and creates of the last minutes count along; a handful of the rest goes without a look at them.
  if ((what === 'updates' || what === 'mails') && isHandful(planned)) return false;
  const now = engine.clock.now();
  const recent = await recentSteps(engine.db, {
    personId: person.row.id,
    domain,
    what,
    since: now.subtract(burst).toString(),
  });
  const before = { deletions: recent.removed, creates: recent.created, updates: 0, mails: 0 }[what];
  const total = recent.linked + (what === 'deletions' ? recent.removed : 0);
  if (brake({ guard: guardOf(person, domain, what), planned: planned + before, total }) === 'go')
    return false;
  await holdMailbox(engine.db, {
    id: engine.newId(),
    personId: person.row.id,
    domain,
    what,
    planned: planned + before,
    total,
    reason: reasonOf(domain, what, { planned: planned + before, total }),
    at: now.toString(),
  });
  engine.log.warn(
    { personId: person.row.id, what, planned: planned + before, total },
    'mailbox held by the brake',
  );
  return true;
}

/** How much of that kind a Link would do; of mails, how many people would get one. */
function countOf(link: LinkTurn, side: Side, what: Braked): number {
  if (what !== 'mails') return countsAs(link, side) === what ? 1 : 0;
  const steps = link.plan?.steps.filter((step) => step.side === side) ?? [];
  return steps.reduce((sum, step) => sum + step.notifies.length, 0);
}

function countsAs(link: LinkTurn, side: Side): Braked | null {
  const steps = link.plan?.steps.filter((step) => step.side === side) ?? [];
  if (steps.some((step) => step.do === 'remove')) return 'deletions';
  if (steps.some((step) => step.do === 'create')) return 'creates';
  const isEstablished = link.before.siebel.state === 'present' && link.before.exchange.state === 'present';
  return isEstablished && steps.some((step) => step.do === 'update') ? 'updates' : null;
}

function guardOf(person: Person, domain: Domain, what: Braked): Limit {
  const { guards } = person.policy;
  const { creates, updates, mails } = guards;
  return { deletions: guards.deletions[domain], creates, updates, mails }[what];
}

function reasonOf(
  domain: Domain,
  what: Braked,
  { planned, total }: Readonly<{ planned: number; total: number }>,
): string {
  const deed = {
    deletions: `remove ${planned} of ${total} ${domain}s of the mailbox`,
    creates: `create ${planned} ${domain}s beside the ${total} of the mailbox`,
    updates: `rewrite ${planned} of ${total} ${domain}s of the mailbox`,
    mails: `mail ${planned} guests of meetings`,
  }[what];
  return (
    `This sync would ${deed}, more than the policy's guard allows. ` +
    'Nothing of it has been done. An administrator decides: approve it to go on, reject it to put things back.'
  );
}
