import type { Appointment } from '../../../../shared/appointment.ts';
import type { FieldName } from '../../../core/step.ts';
import type { UpdateRequest } from '../../connector.ts';
import type { SentChild } from '../batch.ts';
import type { Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import type { View } from './appointment.ts';
import { attendeeWrites, ownerOf, type AttendeeChange, type AttendeeWrites } from './attendees.ts';
import { childrenOf, occurrenceFields } from './draft.ts';
import type { Known } from './owner.ts';
import type { ActivityRecord } from './record.ts';
import type { SeriesPlan } from './series-plan.ts';
import type { Plan } from './write-plan.ts';

export type AppointmentUpdate = UpdateRequest & Readonly<{ item: Appointment; before: Appointment }>;

/** What both ways of holding an appointment need to plan a change of it. */
export type Change = Readonly<{
  request: AppointmentUpdate;
  record: ActivityRecord;
  view: View;
  known: Known;
  /** The fields to write, with what follows from them. */
  fields: readonly FieldName[];
  /** The values every activity of the record gets: its owner, if that changes. */
  common: Readonly<Record<string, string>>;
  guests: AttendeeChange;
  series: SeriesPlan;
  /** Whether the rule is asked for, so that the days are to be looked at again. */
  isReplanned: boolean;
  /** Whether the rule or its times are other ones than before. */
  isOtherRule: boolean;
  /** In the owner's zone. */
  today: string;
}>;

/** The part of a plan that says what becomes of the activities. */
export type RowPlan = Pick<Plan, 'writes' | 'after' | 'deletes' | 'notes' | 'shape'>;

/** The people who come and go, for one activity of the record. */
export function guestWrites({ guests, known, view }: Change, row: Row | null): AttendeeWrites {
  return attendeeWrites(row, guests, { ...known, children: view.map.settings.children, mails: view.mails });
}

/** The people a new activity beside others of its record starts with, and who owns it. */
export function peopleBeside(
  change: Change,
  row: Row,
): Readonly<{ children: readonly SentChild[]; owner: Readonly<Record<string, string>> }> {
  const { employee, contact } = change.view.map.settings.children;
  const { adds, drops } = guestWrites(change, row);
  const owner = change.guests.owner ?? ownerOf(row);
  const present = childrenOf(row, [employee, contact]).filter(
    ({ name, row: { Id: id } }) => !drops.some((drop) => drop.name === name && drop.childId === id),
  );
  const guests = present.filter(
    ({ name, row: { Id: id } }) => name !== employee || !isOwner(row, id, change),
  );
  return {
    children: [...guests, ...adds],
    owner: owner === null ? {} : { [activityNames.owner]: owner },
  };
}

/** The fields of a change that concern an occurrence of its series, which keeps the words and times of its own. */
export function fieldsOn(day: string, { request, fields, isReplanned }: Change): readonly FieldName[] {
  const series = fields.filter((field) => !field.startsWith('occurrence.'));
  const isOwn = request.item.exceptions[day] !== undefined;
  const kept = isOwn ? series.filter((field) => !isOccurrenceField(field)) : series;
  const own = fields.includes(`occurrence.${day}`) ? occurrenceFields : [];
  const times: readonly FieldName[] = isReplanned && !isOwn ? ['timeSlot'] : [];
  return [...new Set<FieldName>([...kept, ...own, ...times])];
}

/** The days whose occurrences the change names. */
export function daysNamed({ fields }: Change): readonly string[] {
  return fields.flatMap((field) =>
    field.startsWith('occurrence.') ? [field.slice('occurrence.'.length)] : [],
  );
}

function isOwner(row: Row, id: unknown, { view }: Change): boolean {
  const child = (row.children[view.map.settings.children.employee] ?? []).find((one) => one.id === id);
  return child !== undefined && child.values['Login Name'] === ownerOf(row);
}

function isOccurrenceField(field: FieldName): boolean {
  return occurrenceFields.some((one) => one === field);
}
