import { isAppointment, type Item } from '../../shared/item.ts';
import type { Look, Sighting } from '../connectors/connector.ts';
import { stampFrom } from '../holder.ts';
import type { Engine } from './engine.ts';
import { takeBegunCopy, takeBegunRecord } from './begun.ts';
import { learnTypes, meetPeople } from './meeting.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/**
 * Looks at both sides for a whole herd: Siebel records in bulk unless a poll has just brought them, Outlook copies only
 * where a feed reported something. A create that may have happened is looked for by its stamp.
 */
export async function lookAtBoth(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const [, begun] = await Promise.all([lookAtSiebel(engine, turns), lookAtExchange(engine, turns)]);
  await Promise.all([meetPeople(engine, turns), learnTypes(engine, turns)]);
  // Only now are the people on both sides named alike, as what was sent names them.
  for (const turn of turns.filter(isBegun))
    if (turn.siebel?.look === 'found') takeBegunRecord(turn, turn.siebel.sighting);
  for (const { turn, link, sighting } of begun) takeBegunCopy(turn, link, sighting);
}

type BegunCopy = Readonly<{ turn: RecordTurn; link: LinkTurn; sighting: Sighting }>;

function isBegun({ record, links }: RecordTurn): boolean {
  return record.create_started_at !== null && links.length > 0;
}

async function lookAtSiebel(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const unread: RecordTurn[] = [];
  for (const turn of turns.filter((one) => one.links.length > 0)) {
    const { ref, kept_at, create_started_at } = turn.record;
    const remembered =
      ref && create_started_at === null ? engine.memo.take(ref, { mailbox: null, keptAt: kept_at }) : null;
    if (remembered && isOnlyWish(turn) && !isSeries(turn)) {
      turn.siebel = { look: 'found', sighting: remembered };
      turn.isRemembered = true;
    } else if (turn.record.ref) unread.push(turn);
  }
  await readSiebel(engine, unread);
  await findBegunInSiebel(
    engine,
    turns.filter((turn) => isBegun(turn) && turn.siebel?.look !== 'found'),
  );
}

/** Siebel's item as a base remembers it: of some series it alone knows the rule. */
function lastKnown({ links }: RecordTurn): Item | null {
  const [known = null] = links.flatMap(({ base }) =>
    base.siebel.state === 'present' ? [base.siebel.item] : [],
  );
  return known;
}

function isSeries(turn: RecordTurn): boolean {
  const known = lastKnown(turn);
  return known !== null && isAppointment(known) && known.recurrence !== null;
}

/** Reads the records of these turns from Siebel now. */
export async function readSiebel(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const known = turns.flatMap((turn) => (turn.record.ref ? [{ turn, ref: turn.record.ref }] : []));
  if (known.length === 0) return;
  const looks = await engine.siebel.read(
    known.map(({ turn, ref }) => ({
      domain: turn.record.domain,
      holder: null,
      ref,
      known: lastKnown(turn),
    })),
  );
  for (const [index, { turn }] of known.entries()) takeSiebel(turn, looks[index] ?? null);
}

function takeSiebel(turn: RecordTurn, look: Look | null): void {
  turn.siebel = look;
  turn.isRemembered = false;
  turn.deferred =
    look?.look === 'failed' ? { reason: look.failure.reason, afterMs: look.failure.retryAfterMs } : null;
}

async function findBegunInSiebel(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  if (turns.length === 0) return;
  const answers = await engine.siebel.find(
    turns.flatMap((turn) => {
      const holder = turn.links[0]?.person.holder;
      const { domain, stamp } = turn.record;
      return holder ? [{ by: 'stamp' as const, domain, holder, stamp: stampFrom(stamp) }] : [];
    }),
  );
  for (const [index, turn] of turns.entries()) {
    const answer = answers[index];
    if (answer?.answer === 'failed') {
      turn.deferred = { reason: answer.failure.reason, afterMs: answer.failure.retryAfterMs };
    } else {
      const sighting = answer?.sightings[0];
      if (sighting) turn.siebel = { look: 'found', sighting };
    }
  }
}

/** Answers the copies that were found by their stamp. */
async function lookAtExchange(engine: Engine, turns: readonly RecordTurn[]): Promise<readonly BegunCopy[]> {
  const links = turns.flatMap((turn) => turn.links);
  const turnOf = new Map(turns.flatMap((turn) => turn.links.map((link) => [link, turn] as const)));
  for (const [link, turn] of turnOf) link.look = rememberedCopy(engine, turn, link);
  const read = links.flatMap((link) =>
    link.row.ref !== null && link.row.needs_look && link.look === null ? [{ link, ref: link.row.ref }] : [],
  );
  const looks = await engine.exchange.read(
    read.map(({ link, ref }) => ({ domain: link.row.domain, holder: link.person.holder, ref })),
  );
  for (const [index, { link }] of read.entries()) link.look = looks[index] ?? null;
  const begun = links.filter(
    (link) =>
      link.row.create_started_at !== null && link.look?.look !== 'found' && link.look?.look !== 'failed',
  );
  if (begun.length === 0) return [];
  const found = await engine.exchange.find(
    begun.map((link) => ({
      by: 'stamp' as const,
      domain: link.row.domain,
      holder: link.person.holder,
      stamp: stampFrom(link.row.id),
    })),
  );
  return begun.flatMap((link, index): readonly BegunCopy[] => {
    const answer = found[index];
    const turn = turnOf.get(link);
    const sighting = answer?.answer === 'found' ? answer.sightings[0] : undefined;
    if (answer?.answer === 'failed') link.look = { look: 'failed', failure: answer.failure };
    if (!turn || !sighting) return [];
    link.look = { look: 'found', sighting };
    return [{ turn, link, sighting }];
  });
}

/** An Outlook item the sweep has just read to begin with: its first turn need not read it again. */
function rememberedCopy(engine: Engine, turn: RecordTurn, { row, base, person }: LinkTurn): Look | null {
  const isFirst = base.siebel.state === 'absent' && base.exchange.state === 'absent';
  if (row.ref === null || !row.needs_look || !isFirst) return null;
  const sighting = engine.memo.take(row.ref, { mailbox: person.row.id, keptAt: turn.record.kept_at });
  return sighting && isOnlyWish(turn) ? { look: 'found', sighting } : null;
}

/** What a sweep remembered belongs to the wish it left. Where others came after it, something newer may be known of. */
function isOnlyWish({ cue }: RecordTurn): boolean {
  return Number(cue.dirty) - Number(cue.done) === 1;
}
