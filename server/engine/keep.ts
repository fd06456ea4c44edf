import { telling, type Telling } from '../../shared/telling.ts';
import { finishCues, type Cue, type Finish } from '../store/cues.ts';
import { endBrakes } from '../store/parked.ts';
import {
  saveLinks,
  saveRecords,
  writeJournal,
  type SavedLink,
  type SavedRecord,
} from '../store/save-turns.ts';
import { transact } from '../store/transact.ts';
import { backOffMs } from './back-off.ts';
import { beginAsPersonal } from './begin.ts';
import { closingOf, rests } from './closing.ts';
import { cueAndOpen } from './cue-turns.ts';
import { closedBase } from './decide.ts';
import type { Engine } from './engine.ts';
import { hasHeld, notesWithHeld } from './held-notes.ts';
import { journalOf } from './journal.ts';
import { keepAttention } from './keep-attention.ts';
import { includesLogin } from './logins.ts';
import { meetingUid, roleOf } from './meeting.ts';
import { spread } from './spread.ts';
import { siebelSighting, type LinkTurn, type RecordTurn } from './turn-state.ts';

const giveUpAfter = 8;

/**
 * Keeps what a herd did: bases, versions, journal, questions and parked items, and the end of its cues, in one
 * transaction. A cue another worker has taken over meanwhile takes its record's writes with it: they are left out.
 */
export async function keep(
  engine: Engine,
  cues: readonly Cue[],
  turns: readonly RecordTurn[],
): Promise<void> {
  for (const turn of turns)
    for (const link of turn.links) link.end = finalEnd(turn, link, engine.clock.now());
  const byKey = new Map(turns.map((turn) => [turn.cue.key, turn]));
  const newcomers = await spread(engine, turns);
  await transact(engine.db, async (db) => {
    const ours = await finishCues(
      db,
      cues.map((cue) => finishOf(engine, cue, byKey.get(cue.key))),
    );
    const kept = turns.filter((turn) => ours.has(turn.cue.key) && turn.deferred === null);
    await saveRecords(db, kept.map(savedRecord));
    await saveLinks(
      db,
      kept.flatMap((turn) => turn.links.filter(isTouched).map((link) => savedLink(engine, turn, link))),
    );
    await writeJournal(
      db,
      kept.flatMap((turn) => journalOf(engine.clock.now(), turn)),
    );
    await keepAttention(
      engine,
      db,
      kept.flatMap((turn) => turn.links.map((link) => ({ turn, link }))),
    );
    const links = kept.flatMap((turn) => newcomers.get(turn) ?? []);
    if (links.length > 0) await cueAndOpen(db, { recordIds: [], links, now: engine.clock.now() });
    await beginAsPersonal(
      engine,
      db,
      kept.flatMap((turn) =>
        turn.links.filter((link) => link.end.end === 'closed' && link.end.carryAsPersonal),
      ),
    );
  });
  await endBrakes(
    engine.db,
    [...new Set(turns.flatMap((turn) => turn.links.map((link) => link.row.person_id)))],
    engine.clock.now().toString(),
  );
}

/** What the looks and answers of the turn come to for a Link. */
function finalEnd(turn: RecordTurn, link: LinkTurn, now: Temporal.Instant): LinkTurn['end'] {
  if (turn.deferred)
    return {
      end: 'later',
      reasons: [{ code: 'sideAway', side: 'siebel', text: turn.deferred.reason }],
      afterMs: turn.deferred.afterMs,
      reach: 'side',
    };
  if (link.look?.look === 'failed') {
    const { reason: text, retryAfterMs, reach } = link.look.failure;
    const reasons = [{ code: 'sideAway', side: 'exchange', text }] as const;
    return { end: 'later', reasons, afterMs: retryAfterMs, reach };
  }
  if (
    link.end.end === 'later' &&
    link.end.afterMs === null &&
    turn.cue.failures >= giveUpAfter &&
    link.end.reach === 'item'
  ) {
    return {
      end: 'parked',
      reasons: [...link.end.reasons, { code: 'triedOften', count: giveUpAfter }],
    };
  }
  return link.end.end === 'settled' ? (closingOf(turn, link, now) ?? link.end) : link.end;
}

function finishOf(engine: Engine, cue: Cue, turn: RecordTurn | undefined): Finish {
  const ends = turn?.links.map((link) => link.end) ?? [];
  const waits = ends.flatMap((end) => (end.end === 'later' ? [end.afterMs ?? backOffMs(cue.failures)] : []));
  if (turn?.deferred) waits.push(turn.deferred.afterMs ?? backOffMs(cue.failures));
  const isAgain = ends.some((end) => end.end === 'again');
  if (isAgain) waits.push(cue.failures < 3 ? 0 : backOffMs(cue.failures - 3));
  const isWaiting = waits.length > 0;
  return {
    cue,
    next: isWaiting ? engine.clock.now().add({ milliseconds: Math.ceil(Math.min(...waits)) }) : null,
    failures: isWaiting ? cue.failures + 1 : 0,
    parkedReason: null,
  };
}

function savedRecord(turn: RecordTurn): SavedRecord {
  const sighting = siebelSighting(turn);
  return {
    id: turn.record.id,
    kind: turn.kind,
    ref: sighting?.ref ?? turn.record.ref,
    version: sighting?.version ?? turn.record.version,
    uid: turn.record.domain === 'appointment' ? meetingUid(turn) : null,
    foundUid: turn.record.uid,
    rollAt: rollOf(turn),
    createStartedAt: sighting ? null : turn.record.create_started_at,
  };
}

const rollEvery = { hours: 24 };

/** When a series that Siebel cannot repeat by itself is to be given its next occurrences. */
function rollOf({ siebel, record, people, links }: RecordTurn): string | null {
  const isGone = siebel?.look !== 'found' || links.every((link) => link.end.end === 'closed');
  if (isGone || people === null) return isGone ? null : record.roll_at;
  const isFanned = links.some(({ notes }) =>
    notes.some(({ field, what }) => field === 'recurrence' && what === 'notHeld'),
  );
  return isFanned ? people.now.add(rollEvery).toString() : null;
}

/** Siblings nobody changed and nothing was written to keep their rows as they are. */
function isTouched(link: LinkTurn): boolean {
  return (
    link.row.needs_look ||
    link.row.wish !== null ||
    link.row.held !== null ||
    link.row.begun !== null ||
    link.did.length > 0 ||
    link.end.end !== 'settled' ||
    (link.plan !== null && link.plan.steps.length > 0) ||
    hasHeld(link) ||
    link.before.siebel.state === 'absent'
  );
}

function savedLink(engine: Engine, turn: RecordTurn, link: LinkTurn): SavedLink {
  const { row, end } = link;
  const isClosed = end.end === 'closed';
  const isResting = rests(end);
  const sighting = link.look?.look === 'found' ? link.look.sighting : null;
  const siebel = siebelSighting(turn);
  const { login } = link.person.holder;
  const isSettled = end.end === 'settled';
  const exchangeRef = isRemovedByUs(link) ? null : (sighting?.ref ?? row.ref);
  // A turn that could not finish must see the loss of the list or the team again.
  const isOver = isClosed || (isSettled && link.plan?.link !== 'waits');
  const wasListed = siebel
    ? includesLogin(siebel.members, login) || (row.is_listed && !isOver)
    : turn.siebel === null && row.is_listed;
  return {
    id: row.id,
    recordId: row.record_id,
    state: isClosed ? 'closed' : 'open',
    closedWhy: isClosed ? end.why : null,
    ref: exchangeRef,
    version: sighting?.version ?? row.version,
    uid: sighting?.uid ?? row.uid,
    base: isClosed && !isResting ? closedBase : link.base,
    needsLook: !isClosed && exchangeRef !== null && (!isSettled || !link.isWhole),
    isListed: !isResting && wasListed,
    wasOnTeam: siebel ? includesLogin(siebel.team, login) || (row.was_on_team && !isOver) : row.was_on_team,
    hasLeft: hasLeft(turn, link),
    wish: isSettled || isClosed ? null : row.wish,
    held: end.end === 'held' ? end.what : null,
    decisions: isSettled || isClosed ? {} : row.decisions,
    notes: notesWithHeld(link),
    ...toldOf(link),
    createStartedAt: sighting || isClosed ? null : row.create_started_at,
    begun: isClosed || !isBegun(turn, link) ? null : row.begun,
    settledAt: isSettled ? engine.clock.now().toString() : null,
    found: { ref: row.ref, wish: row.wish, decisions: row.decisions },
  };
}

/** Why the Link stands as it does: what ended the turn, else what was decided, else what was known. */
function toldOf({ end, plan, row }: LinkTurn): Telling {
  if (end.end === 'later' || end.end === 'parked') return telling(...end.reasons);
  return plan === null ? { why: row.why, reasons: row.reasons } : telling(...plan.reasons);
}

/** Whether the person took the meeting out of the calendar; an invitation that lies there again says that it is over. */
function hasLeft(turn: RecordTurn, link: LinkTurn): boolean {
  if (link.end.end === 'closed') return link.row.has_left || link.end.why === 'deletedInOutlook';
  const isInvited = link.look?.look === 'found' && roleOf(turn, link) === 'attendee';
  return link.row.has_left && !isInvited;
}

/** What we threw away ourselves is not looked for again should the record come back to the person. */
function isRemovedByUs({ did }: LinkTurn): boolean {
  return did.some(({ side, step }) => side === 'exchange' && step === 'remove (delete)');
}

/** A create of the Link's record or copy of which it is not known whether it was done. */
function isBegun(turn: RecordTurn, { row, look }: LinkTurn): boolean {
  const isOutInSiebel = turn.record.create_started_at !== null && siebelSighting(turn) === null;
  return isOutInSiebel || (row.create_started_at !== null && look?.look !== 'found');
}
