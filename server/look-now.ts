import type { Context } from './context.ts';
import { cueKey, leaveCues, type NewCue } from './store/cues.ts';
import { enabledPeople } from './store/people.ts';
import {
  areTaken,
  lastJournalId,
  statusOf,
  wishesFor,
  writtenSince,
  type LookTaken,
  type Status,
} from './store/status.ts';

/** A look at both sides that somebody asked for, and where the journal stood then. */
export type Look = Readonly<{ personId: string | null; looks: readonly LookTaken[]; journalId: string }>;

/** Asks for a full look at both sides now: of everybody, or of one person. */
export async function lookNow(context: Context, personId: string | null): Promise<Look> {
  const { db, clock } = context;
  const people = personId === null ? await enabledPeople(db) : [personId];
  const cues: readonly NewCue[] = [
    { kind: 'siebel', personId: null, recordId: null, cause: 'request' },
    ...people.map((id) => ({ kind: 'mailbox', personId: id, recordId: null, cause: 'request' }) as const),
  ];
  const journalId = await lastJournalId(db);
  await leaveCues(db, cues, clock.now());
  return { personId, looks: await wishesFor(db, cues.map(cueKey)), journalId };
}

export type LookProgress = Readonly<{
  quiet: boolean;
  status: Status;
  written: Readonly<{ siebel: number; exchange: number }>;
}>;

/** How far a look has come: quiet once every mailbox has been looked at after the request and nothing is left to do. */
export async function progressOf(context: Context, look: Look): Promise<LookProgress> {
  const { db, clock } = context;
  const isTaken = await areTaken(db, look.looks);
  const status = await statusOf(db, { now: clock.now(), personId: look.personId });
  return { quiet: isTaken && status.quiet, status, written: await writtenSince(db, look) };
}

const pauseMs = 100;

/** Waits until a look is quiet, the time is up or the signal aborts; tells every state on the way. */
export async function untilQuiet(
  context: Context,
  look: Look,
  options: Readonly<{ limitMs: number; signal: AbortSignal; tell: (progress: LookProgress) => void }>,
): Promise<LookProgress> {
  const end = context.clock.now().add({ milliseconds: Math.ceil(options.limitMs) });
  for (;;) {
    const progress = await progressOf(context, look);
    options.tell(progress);
    const isLate = Temporal.Instant.compare(context.clock.now(), end) >= 0;
    if (progress.quiet || isLate || options.signal.aborted) return progress;
    await context.clock.wait(pauseMs, options.signal);
  }
}
