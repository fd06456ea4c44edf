import type { World } from '../../world.ts';
import { isObject } from '../call.ts';
import { readRecurrence, type PatternedRecurrence } from '../recurrence.ts';
import { badRequest } from '../refusal.ts';
import { isOn } from '../switches.ts';
import { importances, statuses, type TaskDay, type TaskValues } from './state.ts';
import { dayIn, readDay, readInstant } from './task-dates.ts';

type Body = Readonly<Record<string, unknown>>;

export const emptyTask: TaskValues = {
  title: '',
  body: { content: '', contentType: 'text' },
  status: 'notStarted',
  importance: 'normal',
  categories: [],
  start: null,
  due: null,
  completed: null,
  isReminderOn: false,
  reminderAt: null,
  recurrence: null,
};

/** What the service decides itself; it is passed over in a body. */
const readOnly: ReadonlySet<string> = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'bodyLastModifiedDateTime',
  'hasAttachments',
]);

const writable: ReadonlySet<string> = new Set([
  'title',
  'body',
  'status',
  'importance',
  'categories',
  'startDateTime',
  'dueDateTime',
  'completedDateTime',
  'isReminderOn',
  'reminderDateTime',
  'recurrence',
]);

/** `before` with what a POST or PATCH says; `parts` are the navigations a POST may bring along. */
export function withBody(
  world: World,
  before: TaskValues,
  { body, parts }: Readonly<{ body: Body; parts: readonly string[] }>,
): TaskValues {
  for (const name of Object.keys(body)) {
    if (name.includes('@') || readOnly.has(name) || writable.has(name) || parts.includes(name)) continue;
    throw badRequest(
      `The property '${name}' does not exist on type 'microsoft.graph.todoTask'. Make sure to only use property names that are defined by the type.`,
      'RequestBodyRead',
    );
  }
  const named = { ...before, ...plainValues(before, body), ...dayValues(world, before, body) };
  return completed(world, withRecurrence(world, named, body['recurrence']));
}

function plainValues(before: TaskValues, body: Body) {
  const { title, status, importance, categories, isReminderOn } = body;
  return {
    title: title === undefined ? before.title : textIn('title', title ?? ''),
    body: body['body'] === undefined ? before.body : readContent(body['body']),
    status: status === undefined ? before.status : memberOf('status', status, statuses),
    importance:
      importance === undefined ? before.importance : memberOf('importance', importance, importances),
    categories: categories === undefined ? before.categories : readTexts('categories', categories),
    isReminderOn:
      isReminderOn === undefined ? before.isReminderOn : readBoolean('isReminderOn', isReminderOn),
  };
}

function dayValues(world: World, before: TaskValues, body: Body) {
  const keepsZone = isOn(world, 'taskDatesKeepZone');
  const day = (name: string, standard: TaskDay | null) =>
    body[name] === undefined ? standard : readDay(name, body[name], keepsZone);
  const reminder = body['reminderDateTime'];
  return {
    start: day('startDateTime', before.start),
    due: day('dueDateTime', before.due),
    completed: day('completedDateTime', before.completed),
    reminderAt: reminder === undefined ? before.reminderAt : readInstant('reminderDateTime', reminder),
    // A reminder without a time does not ring.
    ...(reminder === null && { isReminderOn: false }),
  };
}

/** A series hangs on its due date: it begins there, moves with it and ends without it. */
function withRecurrence(world: World, values: TaskValues, value: unknown): TaskValues {
  const { due } = values;
  if (value === undefined || value === null) {
    const kept = value === undefined ? values.recurrence : null;
    return { ...values, recurrence: kept && due && startingOn(kept, due.date) };
  }
  if (!due) {
    throw badRequest('A task with a recurrence needs a dueDateTime.', 'ErrorPropertyValidationFailure');
  }
  const isStrict = isOn(world, 'recurrenceStartMustMatch');
  return { ...values, recurrence: readRecurrence(value, { startDate: due.date, zone: 'UTC', isStrict }) };
}

export const startingOn = (recurrence: PatternedRecurrence, startDate: string): PatternedRecurrence => ({
  ...recurrence,
  range: { ...recurrence.range, startDate },
});

/** A completed task has the day of its completion, by default the present one in UTC; no other task has one. */
function completed(world: World, values: TaskValues): TaskValues {
  if (values.status !== 'completed') return { ...values, completed: null };
  const today = world.now().toISOString().slice(0, 10);
  return { ...values, completed: values.completed ?? dayIn(today, 'UTC') };
}

function readContent(value: unknown): TaskValues['body'] {
  if (value === null) return emptyTask.body;
  if (!isObject(value)) throw wrongType('body', 'microsoft.graph.itemBody');
  const { content, contentType } = value;
  return {
    content: textIn('content', content ?? ''),
    contentType: memberOf('contentType', contentType ?? 'text', ['text', 'html']),
  };
}

export function textIn(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrongType(name, 'Edm.String');
}

export function readBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw wrongType(name, 'Edm.Boolean');
}

function readTexts(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw wrongType(name, 'Collection(Edm.String)');
  return [...new Set(value.map((text) => textIn(name, text)))];
}

function memberOf<Name extends string>(name: string, value: unknown, members: readonly Name[]): Name {
  const found = members.find((one) => one === value);
  if (found !== undefined) return found;
  throw badRequest(
    `Requested value '${String(value)}' was not found for the property '${name}'.`,
    'RequestBodyRead',
  );
}

const wrongType = (name: string, type: string) =>
  badRequest(`Cannot convert the value of '${name}' to the expected type '${type}'.`, 'RequestBodyRead');
