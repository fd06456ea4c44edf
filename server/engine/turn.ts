import { extendLeases, type Cue } from '../store/cues.ts';
import { shareAgreement } from './agreement.ts';
import { holdExcess } from './brakes.ts';
import { carryOutExchange, type Holding } from './carry-out-exchange.ts';
import { carryOutSiebel } from './carry-out-siebel.ts';
import { decideExchange, decideSiebel } from './decide.ts';
import type { Engine } from './engine.ts';
import { isGuestWithoutCopy, meetGuests } from './guests.ts';
import { keep } from './keep.ts';
import { leaseMs } from './lease.ts';
import { endOf } from './outcome.ts';
import { loadTurns } from './load-turns.ts';
import { lookAtBoth, readSiebel } from './look.ts';
import { wantsSiebel, type RecordTurn } from './turn-state.ts';

/**
 * Turns a herd of records: looks at both sides, decides, does, and keeps what became of it. Looking and doing share round
 * trips over the whole herd; deciding is each record's own. Siebel comes first, so that the Outlook copies of everybody on
 * the list are brought to what Siebel really holds afterwards.
 */
export async function runTurns(engine: Engine, cues: readonly Cue[]): Promise<void> {
  const turns = await loadTurns(engine, cues);

  await lookAtBoth(engine, turns);

  const able = turns.filter((turn) => turn.deferred === null);
  for (const turn of able) {
    shareAgreement(turn);
    decideSiebel(turn);
  }
  await decideAgainIfRemembered(engine, able);
  await holdBack(engine, able);
  const ready = able.filter((turn) => turn.deferred === null);

  const ours = await stillOurs(engine, ready);
  await carryOutSiebel(engine, ours);
  await bringOutlookUpToDate(engine, await stillOurs(engine, ours));

  await keep(engine, cues, turns);
}

/**
 * Leaves out what another worker took over while this one was held up: it has looked afresh, and decides by that. The rest
 * is this worker's for a whole lease from now, long enough to write.
 */
async function stillOurs(engine: Engine, turns: readonly RecordTurn[]): Promise<readonly RecordTurn[]> {
  const held = await extendLeases(
    engine.db,
    turns.map((turn) => turn.cue),
    engine.clock.now().add({ milliseconds: leaseMs }),
  );
  return turns.filter((turn) => held.has(turn.cue.key));
}

/** What a poll remembered is not good enough to write to Siebel or to remove anything by: read those records now and decide afresh. */
async function decideAgainIfRemembered(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const remembered = turns.filter((turn) => turn.isRemembered && (wantsSiebel(turn.write) || removes(turn)));
  await readSiebel(engine, remembered);
  for (const turn of remembered) if (turn.deferred === null) decideSiebel(turn);
}

function removes({ links }: RecordTurn): boolean {
  return links.some((link) => link.plan?.steps.some((step) => step.do === 'remove'));
}

/** Links held by the brake take no part; what is left of their records is decided without them. */
async function holdBack(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  await holdExcess(
    engine,
    turns.flatMap((turn) => turn.links),
    'siebel',
  );
  for (const turn of turns) {
    const held = turn.links.filter((link) => link.end.end === 'held');
    if (held.length > 0) decideSiebel(turn);
  }
}

/** What Siebel could not be told now, the Outlook copies of everybody wait for: nothing of it has been done there. */
function putOff(turn: RecordTurn, answer: Parameters<typeof endOf>[0]): void {
  for (const link of turn.links) {
    // Two sides that have never been agreed on have not met yet.
    const isMeeting = link.base.siebel.state === 'absent' || link.base.exchange.state === 'absent';
    const isToDo =
      link.plan !== null && (isMeeting || link.plan.steps.length > 0 || link.plan.link === 'closes');
    if (isToDo && link.end.end === 'settled') link.end = endOf(answer, { side: 'siebel', step: null });
  }
}

/**
 * Brings the Outlook copies to what Siebel holds now. Guests come last: the copy Exchange puts into their calendars when the
 * organizer's event is made is theirs, and needs no other.
 */
async function bringOutlookUpToDate(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const holdings: Holding[] = [];
  for (const turn of turns) {
    if (turn.answer && turn.answer.outcome !== 'done' && turn.answer.outcome !== 'refused') {
      putOff(turn, turn.answer);
      continue;
    }
    for (const link of turn.links) {
      if (!link.plan || link.end.end === 'held' || link.end.end === 'again') continue;
      decideExchange(turn, link);
      holdings.push({ turn, link });
    }
  }
  const guests = holdings.filter(isGuestWithoutCopy);
  const hosts = holdings.filter((one) => !guests.includes(one));
  await carryOut(engine, hosts);
  if (guests.length === 0) return;
  const left = await meetGuests(engine, guests);
  const ours = new Set(
    await stillOurs(
      engine,
      left.map(({ turn }) => turn),
    ),
  );
  await carryOut(
    engine,
    left.filter(({ turn }) => ours.has(turn)),
  );
}

async function carryOut(engine: Engine, holdings: readonly Holding[]): Promise<void> {
  await holdExcess(
    engine,
    holdings.map(({ link }) => link),
    'exchange',
  );
  await carryOutExchange(
    engine,
    holdings.filter(({ link }) => link.end.end !== 'held'),
  );
}
