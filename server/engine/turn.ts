import { extendLeases, type Cue } from '../store/cues.ts';
import { holdExcess } from './brakes.ts';
import { carryOutExchange, carryOutSiebel, endOf } from './carry-out.ts';
import { decideExchange, decideSiebel } from './decide.ts';
import type { Engine } from './engine.ts';
import { keep } from './keep.ts';
import { leaseMs } from './lease.ts';
import { loadTurns, lookAtBoth, readSiebel } from './look.ts';
import { wantsSiebel, type LinkTurn, type RecordTurn } from './turn-state.ts';

/**
 * Turns a herd of records: looks at both sides, decides, does, and keeps what became of it. Looking and doing share round
 * trips over the whole herd; deciding is each record's own. Siebel comes first, so that the Outlook copies of everybody on
 * the list are brought to what Siebel really holds afterwards.
 */
export async function runTurns(engine: Engine, cues: readonly Cue[]): Promise<void> {
  const turns = await loadTurns(engine, cues);

  await lookAtBoth(engine, turns);

  const able = turns.filter((turn) => turn.deferred === null);
  for (const turn of able) decideSiebel(turn);
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
    const isToDo = link.plan !== null && (link.plan.steps.length > 0 || link.plan.link === 'closes');
    if (isToDo && link.end.end === 'settled') link.end = endOf(answer, null);
  }
}

async function bringOutlookUpToDate(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const links: LinkTurn[] = [];
  for (const turn of turns) {
    if (turn.answer && turn.answer.outcome !== 'done' && turn.answer.outcome !== 'refused') {
      putOff(turn, turn.answer);
      continue;
    }
    for (const link of turn.links) {
      if (!link.plan || link.end.end === 'held' || link.end.end === 'again') continue;
      decideExchange(turn, link);
      links.push(link);
    }
  }
  await holdExcess(engine, links, 'exchange');
  await carryOutExchange(
    engine,
    links.filter((link) => link.end.end !== 'held'),
  );
}
