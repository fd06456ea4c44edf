import type { Domain } from '../../shared/domain.ts';
import type { ChangeRow, Failure, Sighting } from '../connectors/connector.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import { databaseNow } from '../store/gauges.ts';
import { linksByStamp, type KnownLink } from '../store/mailbox-links.ts';
import { hashOf } from '../store/snapshots.ts';
import type { Engine } from './engine.ts';
import { mainKind, type Person } from './people.ts';

type Seen = Extract<ChangeRow, { change: 'seen' }>;
type Request = Readonly<{
  person: Person;
  domain: Domain;
  rows: readonly Seen[];
  isFirstLoad: boolean;
}>;

/** Reads the Outlook items without a Link that may come into step; all others are nobody's business but their owner's. */
export async function freshItems(
  engine: Engine,
  { person, domain, rows, isFirstLoad }: Request,
): Promise<Readonly<{ items: readonly Sighting[] }> | Readonly<{ failure: Failure }>> {
  const { requireCategory } = person.policy.domains[domain];
  if (person.rulesFor(mainKind[domain]).level === 'none') return { items: [] };
  const { onlyCategorizedAtFirstLoad } = person.policy.domains.contact;
  const adopts = isFirstLoad && (domain !== 'contact' || !onlyCategorizedAtFirstLoad);
  const considersAll = !requireCategory || adopts;
  const wanted = rows.filter((row) => row.isMarked || considersAll);
  if (wanted.length === 0) return { items: [] };
  const since = await databaseNow(engine.db);
  const looks = await engine.exchange.read(
    wanted.map((row) => ({ domain, holder: person.holder, ref: row.ref })),
  );
  const failed = looks.find((look) => look.look === 'failed');
  if (failed?.look === 'failed') return { failure: failed.failure };
  const items = looks.flatMap((look) => (look.look === 'found' ? [look.sighting] : []));
  engine.memo.keep(items, { mailbox: person.row.id, since });
  return { items };
}

export type Move = Readonly<{ linkId: string; recordId: string; ref: Ref; version: Version }>;

/**
 * Tells moved items from new ones. An item with our stamp whose Link has lost its copy, or with the very content of one
 * that is gone, is that copy under a new id (a moved mailbox, an item put back). A copy pasted in Outlook carries our stamp
 * too, but its original is still there: it is a new item. A create of ours whose answer is still on its way, or came while
 * the item was read, is left alone.
 */
export async function followMoved(
  engine: Engine,
  { person, fresh, gone }: { person: Person; fresh: readonly Sighting[]; gone: readonly KnownLink[] },
): Promise<Readonly<{ moves: readonly Move[]; left: readonly Sighting[] }>> {
  const stamped = await linksByStamp(
    engine.db,
    person.row.id,
    fresh.flatMap((sighting) => sighting.stamp ?? []),
  );
  const byStamp = new Map(stamped.map((link) => [link.id, link]));
  const lost = new Map(gone.map((link) => [link.id, link]));
  const moves: Move[] = [];
  const left: Sighting[] = [];
  for (const sighting of fresh) {
    const own = sighting.stamp === null ? undefined : byStamp.get(sighting.stamp);
    if (
      own?.state === 'open' &&
      (own.ref === null || own.ref === sighting.ref || own.create_started_at !== null)
    )
      continue;
    const same = own && lost.has(own.id) ? own : twinOf(sighting, lost);
    if (!same) {
      left.push(sighting);
      continue;
    }
    lost.delete(same.id);
    moves.push({ linkId: same.id, recordId: same.record_id, ref: sighting.ref, version: sighting.version });
  }
  return { moves, left };
}

/** A Link that lost its copy and whose copy had just this content. */
function twinOf({ item }: Sighting, lost: ReadonlyMap<string, KnownLink>): KnownLink | undefined {
  if (lost.size === 0) return undefined;
  const hash = hashOf(item);
  return [...lost.values()].find((link) => link.exchange_hash === hash);
}
