import type { Appointment } from '../../../../shared/appointment.ts';
import { refusalOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { UpdateRequest, WriteAnswer } from '../../connector.ts';
import { asSeen } from '../as-seen.ts';
import { categoryPatch } from '../category-patch.ts';
import { looksBefore } from '../looks-before.ts';
import { problemWith } from '../outcome.ts';
import { holderOf, type Outlook } from '../read.ts';
import type { RowLook } from '../row-look.ts';
import { etagOf, listFrom, rowFrom, type GraphPatch, type GraphRow } from '../wire.ts';
import { attendeesToWrite } from './attendees.ts';
import { textBodies } from './body.ts';
import { asAppointment, graphFromAppointment } from './event.ts';
import { writeOccurrences } from './occurrences.ts';
import { outcomeFrom } from './outcome.ts';
import { eventPath, readRows } from './rows.ts';
import { writable } from './writable.ts';
import { answered, withRead, type Stored, type Written } from './written.ts';

/**
 * Writes fields of events, each on condition that the event is still the one seen, and nothing beside them: Exchange mails the
 * attendees whenever something they can see is sent, changed or not. Categories and attendees are lists that hold more than we
 * map, so events in which these change are read first, all of them together.
 */
export async function update(
  outlook: Outlook,
  requests: readonly UpdateRequest[],
): Promise<readonly WriteAnswer[]> {
  const looks = await looksBefore(requests, needsRow, (asked) =>
    readRows(
      outlook,
      asked.map((one) => ({ ...one, isSeries: false })),
    ),
  );
  const written = requests.map((request) => updateOne(outlook, request, looks.get(request) ?? null));
  return withRead(outlook, await Promise.all(written));
}

function needsRow({ fields, mark }: UpdateRequest): boolean {
  const isListed = fields.includes('categories') || fields.includes('attendees');
  return mark !== null || isListed || fields.some((field) => field.startsWith(occurrence));
}

async function updateOne(outlook: Outlook, request: UpdateRequest, look: RowLook | null): Promise<Written> {
  const problem = look === null ? null : problemWith(look, request.version);
  if (problem !== null) return answered(problem);
  const holder = holderOf(request.holder);
  const seen = look?.look === 'found' ? look.row : null;
  const { fields, notes } = writable(request);
  const patch = patchOf(request, fields, seen);
  const isPatched = Object.keys(patch).length > 0;
  const days = daysOf(fields, asAppointment(request.item));
  if (!isPatched && days.length === 0) return unchanged(request, seen, notes);
  const stored = isPatched ? await send(outlook, request, { patch, fields, seen }) : { row: seen };
  if (!('row' in stored)) return answered(stored);
  const { row } = stored;
  if (row === null) throw new Error('An occurrence was to be written without a look at its series.');
  if (days.length === 0) return { is: 'written', holder, row, notes };
  const work = { holder, ref: row.id, item: asAppointment(request.item), days };
  const occurrences = await writeOccurrences(outlook, work);
  if (occurrences.failure !== null) return answered(occurrences.failure);
  const refused = occurrences.notes.find(({ what }) => what === 'refused');
  if (refused !== undefined && !isPatched && days.length === 1) {
    const { field, reason, because } = refused;
    return answered(because ? refusalOf(because, field) : { outcome: 'refused', reason, field });
  }
  return { is: 'written', holder, row, notes: [...notes, ...occurrences.notes] };
}

const occurrence = 'occurrence.';

/** A change of the time or the rule of a series throws its exceptions away, so those that stay are written anew. */
function daysOf(fields: readonly FieldName[], item: Appointment): readonly string[] {
  const isRuled =
    item.recurrence !== null && fields.some((name) => name === 'timeSlot' || name === 'recurrence');
  const named = fields.flatMap((field) =>
    field.startsWith(occurrence) ? [field.slice(occurrence.length)] : [],
  );
  return [...new Set([...named, ...(isRuled ? Object.keys(item.exceptions) : [])])].sort();
}

function patchOf(request: UpdateRequest, fields: readonly FieldName[], row: GraphRow | null): GraphPatch {
  const [item, before] = [asAppointment(request.item), asAppointment(request.before)];
  const patch = graphFromAppointment(fields, item);
  if (row === null) return patch;
  const present = listFrom(row['attendees']);
  const attendees = fields.includes('attendees') ? attendeesToWrite(present, before, item.attendees) : null;
  return {
    ...patch,
    ...(attendees === null ? {} : { attendees }),
    ...categoryPatch(request, row, holderOf(request.holder).marks.appointment),
  };
}

/** Without a row: nothing of what was asked for can be written, and the event is as it was seen. */
function unchanged(request: UpdateRequest, row: GraphRow | null, notes: readonly FieldNote[]): Written {
  if (row !== null) return { is: 'written', holder: holderOf(request.holder), row, notes };
  return answered(asSeen(request, notes));
}

async function send(
  outlook: Outlook,
  request: UpdateRequest,
  {
    patch,
    fields,
    seen,
  }: Readonly<{ patch: GraphPatch; fields: readonly FieldName[]; seen: GraphRow | null }>,
): Promise<Stored | WriteAnswer> {
  const mailbox = holderOf(request.holder).userId;
  const answer = await outlook.client.request({
    mailbox,
    method: 'PATCH',
    path: eventPath(mailbox, request.ref),
    body: patch,
    ifMatch: etagOf(request.version),
    prefer: textBodies,
  });
  const row = answer.answer === 'response' && answer.status === 200 ? rowFrom(answer.body) : null;
  if (row === null) return outcomeFrom(answer, outlook.client.nowMs(), fields);
  // The answer leaves out what was asked for by id.
  return { row: { ...row, singleValueExtendedProperties: seen?.['singleValueExtendedProperties'] } };
}
