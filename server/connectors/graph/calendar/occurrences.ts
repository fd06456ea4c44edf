import { emptyAppointment, type Appointment } from '../../../../shared/appointment.ts';
import { noteOf, refusedNote } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { Holder, WriteAnswer } from '../../connector.ts';
import { isDone } from '../errors.ts';
import { versionOf } from '../names.ts';
import { outcomeOfFailure } from '../outcome.ts';
import type { Outlook } from '../read.ts';
import type { RowLook } from '../row-look.ts';
import { etagOf, type GraphPatch, type GraphRow } from '../wire.ts';
import { appointmentFromGraph, graphFromAppointment } from './event.ts';
import {
  cancelledDays,
  changedParts,
  occurrenceFromGraph,
  ruledOccurrence,
  type Occurrence,
} from './exceptions.ts';
import { fieldOf, instancesOf, seenAgain, type Instances } from './instances.ts';
import { outcomeFrom } from './outcome.ts';
import { eventPath, readRows } from './rows.ts';
import { zoneFromGraph } from './time-slot.ts';

export type OccurrenceWork = Instances &
  Readonly<{
    /** Its `exceptions` say what becomes of the days; a day without one is to be as the rule says. */
    item: Appointment;
  }>;

/** `failure`: what stopped the writing; what was written before it stays written. */
export type OccurrencesWritten = Readonly<{ failure: WriteAnswer | null; notes: readonly FieldNote[] }>;

/**
 * Brings occurrences of a series to what `item` says of them. Each is an event of its own, found by the day it has by the rule;
 * only what differs is written, for each PATCH of a meeting mails everybody (facts/graph.md 5.5). One after the other, for
 * every one of them touches the same master.
 */
export async function writeOccurrences(outlook: Outlook, work: OccurrenceWork): Promise<OccurrencesWritten> {
  const { holder, ref, days } = work;
  const [look] = await readRows(outlook, [{ holder, ref, isSeries: true }]);
  if (look?.look !== 'found') return { failure: failureOf(look), notes: [] };
  const found = await instancesOf(outlook, work, look.row);
  if ('failure' in found) return { failure: found.failure, notes: [] };
  const notes: FieldNote[] = [];
  for (const [index, day] of days.entries()) {
    const first = found.get(day) ?? null;
    // Writing one occurrence may have given all of them another version.
    const isFresh = index === 0 || first === null;
    const now = isFresh ? { row: first } : await seenAgain(outlook, work, { day, row: first });
    if ('failure' in now) return { failure: now.failure, notes };
    const answer = await writeDay(outlook, work, { day, master: look.row, row: now.row });
    if (answer === null) continue;
    if ('outcome' in answer && answer.outcome !== 'refused') return { failure: answer, notes };
    notes.push('outcome' in answer ? refusedNote(fieldOf(day), answer) : answer);
  }
  return { failure: null, notes };
}

function failureOf(look: RowLook | undefined): WriteAnswer {
  return look?.look === 'failed' ? outcomeOfFailure(look.failure) : { outcome: 'gone' };
}

/** `null`: done, or there was nothing to do. */
async function writeDay(
  outlook: Outlook,
  { holder, item }: OccurrenceWork,
  at: Readonly<{ day: string; master: GraphRow; row: GraphRow | null }>,
): Promise<WriteAnswer | FieldNote | null> {
  const { day, master, row } = at;
  const wanted = item.exceptions[day] ?? null;
  const series = appointmentFromGraph(master, holder);
  if (wanted?.isCancelled === true) return row === null ? null : cancel(outlook, holder, { day, row });
  const target = wanted ?? ruledOccurrence(day, series);
  if (target === null) return null;
  if (row === null) return notHeld(day, cancelledDays(master).includes(day) ? 'noWayBack' : 'noSuchDay');
  const present = occurrenceFromGraph(row, zoneFromGraph(master, holder));
  if (present === null) return null;
  const parts = changedParts(present, target);
  const isOnline = series.copy?.isOnlineMeeting === true && parts.includes('body');
  const patch = patchOf(
    parts.filter((part) => part !== 'body' || !isOnline),
    present,
    target,
  );
  const answer = Object.keys(patch).length === 0 ? null : await send(outlook, holder, { day, row, patch });
  return answer ?? (isOnline ? notHeld(day, 'onlineMeetingText') : null);
}

function patchOf(parts: readonly FieldName[], present: Occurrence, target: Occurrence): GraphPatch {
  const { subject, body, location, timeSlot } = target;
  const { isAllDay, ...patch } = graphFromAppointment(parts, {
    ...emptyAppointment,
    subject,
    body,
    location,
    timeSlot,
  });
  return isAllDay === undefined || isAllDay === present.timeSlot.isAllDay ? patch : { ...patch, isAllDay };
}

async function send(
  outlook: Outlook,
  { userId }: Holder,
  { day, row, patch }: Readonly<{ day: string; row: GraphRow; patch: GraphPatch }>,
): Promise<WriteAnswer | null> {
  const answer = await outlook.client.request({
    mailbox: userId,
    method: 'PATCH',
    path: eventPath(userId, row.id),
    body: patch,
    ...conditionOf(row),
  });
  return answer.answer === 'response' && isDone(answer)
    ? null
    : outcomeFrom(answer, outlook.client.nowMs(), [fieldOf(day)]);
}

async function cancel(
  outlook: Outlook,
  { userId }: Holder,
  { day, row }: Readonly<{ day: string; row: GraphRow }>,
): Promise<WriteAnswer | null> {
  const answer = await outlook.client.request({
    mailbox: userId,
    method: 'DELETE',
    path: eventPath(userId, row.id),
    ...conditionOf(row),
  });
  const isOver = answer.answer === 'response' && (isDone(answer) || answer.status === 404);
  return isOver ? null : outcomeFrom(answer, outlook.client.nowMs(), [fieldOf(day)]);
}

function conditionOf(row: GraphRow): Readonly<{ ifMatch?: string }> {
  const version = versionOf(row);
  return version === '' ? {} : { ifMatch: etagOf(version) };
}

function notHeld(day: string, code: 'noWayBack' | 'noSuchDay' | 'onlineMeetingText'): FieldNote {
  return noteOf(fieldOf(day), 'notHeld', { code });
}
