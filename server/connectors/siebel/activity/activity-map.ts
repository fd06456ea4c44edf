import type { AppointmentField } from '../../../../shared/appointment.ts';
import type { TaskField } from '../../../../shared/task.ts';
import type { FieldName } from '../../../core/step.ts';
import type { DescribedFields } from '../description.ts';
import type { ActivityPolicy, ActivitySettings } from '../settings.ts';

/** What a value is in Siebel. A `date` travels as a date-time that begins a day, or as a plain date. */
type ActivityType =
  | 'text'
  | 'flag'
  | 'list'
  | 'number'
  | 'date'
  | 'instant'
  | 'status'
  | 'priority'
  | 'kind'
  | 'showAs';

/** One Siebel field that carries one field of ours; `name` is `null` where this Siebel has no place for it. */
export type ActivityColumn = Readonly<{ name: string | null; type: ActivityType; length: number | null }>;

/** Fields that lie in several Siebel fields or in children, and are never renamed. */
type WovenField = 'timeSlot' | 'reminderMinutesBeforeStart' | 'organizer' | 'attendees' | 'recurrence';
type PlainAppointmentField = Exclude<AppointmentField, WovenField | `occurrence.${string}`>;

export type ActivityMap = Readonly<{
  appointment: Readonly<Record<PlainAppointmentField, ActivityColumn>>;
  task: Readonly<Record<TaskField, ActivityColumn>>;
  settings: ActivitySettings;
}>;

const column = (name: string | null, type: ActivityType, length: number | null = null): ActivityColumn => ({
  name,
  type,
  length,
});

/** Names and lengths: facts/siebel-rest.md 6.3; a customer's own lengths come from `/describe`. */
const words = {
  subject: column('Description', 'text', 255),
  body: column('Comment', 'text', 1500),
  importance: column('Priority', 'priority'),
  isPrivate: column('Private', 'flag'),
  activityType: column('Type', 'kind', 30),
  categories: column(null, 'list'),
};

const shippedAppointment: Readonly<Record<PlainAppointmentField, ActivityColumn>> = {
  ...words,
  location: column('MeetingLocation', 'text', 255),
  showAs: column(null, 'showAs'),
};

const shippedTask: Readonly<Record<TaskField, ActivityColumn>> = {
  ...words,
  status: column('Status', 'status'),
  startDate: column('No Sooner Than Date', 'date'),
  dueDate: column('Due', 'date'),
  completedDate: column('Done', 'date'),
  percentComplete: column('Percent Complete', 'number'),
  reminder: column(null, 'instant'),
  recurrence: column(null, 'text'),
};

/** The Siebel fields behind the woven ones, and those no field of people lies in. */
export const activityNames = {
  display: 'Display',
  stamp: 'Integration Id',
  start: 'Planned',
  end: 'Planned Completion',
  alarm: 'Alarm',
  alarmMinutes: 'Appt Alarm Time Min',
  owner: 'Primary Owned By',
  repeating: 'Repeating',
  repeatingType: 'Repeating Type',
  repeatingExpires: 'Repeating Expires',
  template: 'Template Flag',
  done: 'Done',
  doneFlag: 'Done Flag',
  due: 'Due',
} as const;

const wovenNames: Readonly<Record<string, WovenField>> = {
  [activityNames.start]: 'timeSlot',
  [activityNames.end]: 'timeSlot',
  Start: 'timeSlot',
  End: 'timeSlot',
  [activityNames.alarm]: 'reminderMinutesBeforeStart',
  [activityNames.alarmMinutes]: 'reminderMinutesBeforeStart',
  [activityNames.owner]: 'organizer',
  [activityNames.repeating]: 'recurrence',
  [activityNames.repeatingType]: 'recurrence',
  [activityNames.repeatingExpires]: 'recurrence',
};

/** What activities are searched by. */
export const activitySearchFields: readonly string[] = [
  ...Object.values(activityNames),
  'Owned By',
  'Type',
  'Active',
];

/** The map of one customer: the shipped one with the names of the policy put in. */
export function activityMapOf(policy: ActivityPolicy, settings: ActivitySettings): ActivityMap {
  return {
    appointment: renamed(shippedAppointment, policy.appointment.fieldMap),
    task: renamed(shippedTask, policy.task.fieldMap),
    settings,
  };
}

/** The map with the lengths Siebel itself gives for texts. */
export function withActivityLengths(map: ActivityMap, described: DescribedFields): ActivityMap {
  return {
    ...map,
    appointment: measured(map.appointment, described),
    task: measured(map.task, described),
  };
}

/** Where a plain field of ours lies, in either domain; `null` for woven fields and those of no activity. */
export function columnIn(
  map: ActivityMap,
  kind: 'appointment' | 'task',
  field: string,
): ActivityColumn | null {
  const columns: Readonly<Record<string, ActivityColumn>> = map[kind];
  return columns[field] ?? null;
}

/** Whether a field of ours can be stored at all. */
export function holdsField(map: ActivityMap, kind: 'appointment' | 'task', field: FieldName): boolean {
  const isWoven = field === 'attendees' || Object.values<string>(wovenNames).includes(field);
  if (kind === 'appointment' && (isWoven || field.startsWith('occurrence.'))) return true;
  return (columnIn(map, kind, field)?.name ?? null) !== null;
}

/** Our name of a Siebel field, for messages to people; `null` where it is none of ours. */
export function activityFieldNamed(map: ActivityMap, siebelName: string): FieldName | null {
  const woven = wovenNames[siebelName];
  if (woven !== undefined) return woven;
  const all = [...Object.entries(map.appointment), ...Object.entries(map.task)];
  const found = all.find(([, { name }]) => name === siebelName);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the map are names of fields
  return found === undefined ? null : (found[0] as FieldName);
}

/** Names of all fields of the activity itself that a read needs, system fields among them. */
export function activityReadFields(map: ActivityMap): readonly string[] {
  const columns = [...Object.values(map.appointment), ...Object.values(map.task)];
  const mapped = columns.flatMap(({ name }) => name ?? []);
  return [...new Set(['Id', 'Updated', 'Mod Id', ...Object.values(activityNames), ...mapped])];
}

function renamed<Name extends string>(
  columns: Readonly<Record<Name, ActivityColumn>>,
  names: Readonly<Record<string, string>>,
): Readonly<Record<Name, ActivityColumn>> {
  return mapped(columns, (one, field) => ({ ...one, name: names[field] ?? one.name }));
}

function measured<Name extends string>(
  columns: Readonly<Record<Name, ActivityColumn>>,
  described: DescribedFields,
): Readonly<Record<Name, ActivityColumn>> {
  return mapped(columns, (one) =>
    one.name === null || one.type !== 'text'
      ? one
      : { ...one, length: described.get(one.name)?.maxLength ?? one.length },
  );
}

function mapped<Name extends string>(
  columns: Readonly<Record<Name, ActivityColumn>>,
  change: (column: ActivityColumn, field: string) => ActivityColumn,
): Readonly<Record<Name, ActivityColumn>> {
  const entries = Object.entries<ActivityColumn>(columns).map(([field, one]) => [field, change(one, field)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of every field of `columns`
  return Object.fromEntries(entries) as Readonly<Record<Name, ActivityColumn>>;
}
