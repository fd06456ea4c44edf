import { showAsValues, type Importance } from '../../../../shared/appointment.ts';
import { unreachable } from '../../../../shared/domain.ts';
import type { Item } from '../../../../shared/item.ts';
import type { TaskStatus } from '../../../../shared/task.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import { shortened } from '../address.ts';
import { siebelFromInstant } from '../dates.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames, columnIn, type ActivityColumn, type ActivityMap } from './activity-map.ts';
import { dateIn, siebelFromDay, zonedFrom, type Zones } from './times.ts';

export type ValueContext = Readonly<{ map: ActivityMap; kind: 'appointment' | 'task'; zones: Zones }>;

/** What a plain field of an activity says, in our words. */
export function plainFromSiebel(row: Row, column: ActivityColumn, context: ValueContext): unknown {
  const { map, kind, zones } = context;
  const text = column.name === null ? null : valueOf(row, column.name);
  switch (column.type) {
    case 'text':
      return text;
    case 'kind':
      return text === map.settings.types[kind] ? null : text;
    case 'flag':
      return text === 'Y';
    case 'list':
      return listFrom(text);
    case 'number':
      return text === null || Number.isNaN(Number(text)) ? null : Number(text);
    case 'date':
      return text === null ? null : dateIn(text, zones);
    case 'instant':
      return zonedFrom(text, zones)?.toInstant().toString({ smallestUnit: 'second' }) ?? null;
    case 'status':
      return statusFrom(row, text, map);
    case 'priority':
      return priorityFrom(text, map);
    case 'showAs':
      return showAsValues.find((one) => one === text) ?? null;
  }
  return unreachable(column.type);
}

export type SentValues = Readonly<{
  values: Readonly<Record<string, string>>;
  notes: readonly FieldNote[];
}>;

/**
 * The Siebel fields that carry the given plain fields of an item; an empty one is `""`, which blanks it. What already means
 * the same there is not sent: a finer priority or status, and the hour of a date, stay as people set them.
 */
export function plainValues(
  fields: readonly FieldName[],
  { item, row }: Readonly<{ item: Item; row: Row | null }>,
  context: ValueContext,
): SentValues {
  const values: Record<string, string> = {};
  const notes: FieldNote[] = [];
  for (const field of fields) {
    const column = columnIn(context.map, context.kind, field);
    if (column === null || column.name === null) continue;
    const value = fieldIn(item, field);
    if (row !== null && isSame(plainFromSiebel(row, column, context), value)) continue;
    const text = textFrom(value, column, context);
    const sent = column.length === null ? text : shortened(text, column.length);
    if (sent !== text)
      notes.push(noteOf(field, 'shortened', { code: 'shortened', count: column.length ?? 0 }));
    if (row !== null && sent === (valueOf(row, column.name) ?? '')) continue;
    values[column.name] = sent;
    if (column.type === 'status') Object.assign(values, completion(value, row, values));
  }
  return { values, notes };
}

/** Siebel's flag and date of completion go with its status. */
function completion(status: unknown, row: Row | null, sent: Readonly<Record<string, string>>) {
  if (status === 'completed') return { [activityNames.doneFlag]: 'Y' };
  if (row === null || valueOf(row, activityNames.done) === null) return {};
  return { [activityNames.doneFlag]: 'N', [activityNames.done]: sent[activityNames.done] ?? '' };
}

function fieldIn(item: Item, field: FieldName): unknown {
  return new Map<string, unknown>(Object.entries(item)).get(field) ?? null;
}

function textFrom(
  value: unknown,
  { name, type }: ActivityColumn,
  { map, kind, zones }: ValueContext,
): string {
  const { statuses, priorities, types, dueIsDateTime } = map.settings;
  if (type === 'kind' && value === null) return types[kind];
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Y' : 'N';
  if (Array.isArray(value)) return value.map(String).join('; ');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'status') return statuses.find(([, ours]) => ours === text)?.[0] ?? '';
  if (type === 'priority') return priorities.find(([, ours]) => ours === text)?.[0] ?? '';
  if (type === 'instant') return siebelFromInstant(Temporal.Instant.from(text), zones.service);
  if (type === 'date') return siebelFromDay(text, zones, dueIsDateTime || name !== activityNames.due);
  return text;
}

/** A value the customer added counts as not begun, or as done where Siebel says so. */
function statusFrom(row: Row, text: string | null, { settings }: ActivityMap): TaskStatus | null {
  if (text === null) return null;
  const known = settings.statuses.find(([siebel]) => siebel === text)?.[1];
  return known ?? (valueOf(row, activityNames.doneFlag) === 'Y' ? 'completed' : 'notStarted');
}

function priorityFrom(text: string | null, { settings }: ActivityMap): Importance | null {
  if (text === null) return null;
  return settings.priorities.find(([siebel]) => siebel === text)?.[1] ?? 'normal';
}

function listFrom(text: string | null): readonly string[] {
  const parts = (text ?? '').split(';').map((one) => one.trim());
  return parts.filter((one) => one !== '').toSorted();
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
