import { isOn } from '../switches.ts';
import type { Call } from '../call.ts';
import { encodeChangeKey, encodeId } from '../ids.ts';
import { expandedExtensions } from '../open-extensions.ts';
import type { Expansion } from '../query.ts';
import { badRequest } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import type { ChecklistItem, LinkedResource, Task, TaskDay, TaskList } from './state.ts';
import { preferredZone, showInstant, stamp } from './task-dates.ts';

/** Tasks have one kind of id; immutable ids do not cover them (facts/graph.md section 7). */
export const taskId = (mailbox: Mailbox, number: number): string =>
  encodeId(mailbox.prefixes.mutable, number);

export const listId = (mailbox: Mailbox, list: TaskList): string =>
  encodeId(mailbox.prefixes.folder, list.number);

/** Of a task or a list. */
export const etagOf = (mailbox: Mailbox, { version }: Readonly<{ version: number }>): string =>
  `W/"${encodeChangeKey(mailbox.prefixes.changeKey, version)}"`;

/** Of whom and in which zone a task is shown. */
export type TaskView = Readonly<{
  mailbox: Mailbox;
  zone: string;
  expand: readonly Expansion[];
  isPrefixed: boolean;
  partsInline: boolean;
}>;

export const viewOf = (call: Call, mailbox: Mailbox): TaskView => ({
  mailbox,
  zone: preferredZone(call.prefer.timeZone),
  expand: call.query.expand,
  isPrefixed: isOn(call.graph.world, 'prefixedExtensionIds'),
  partsInline: isOn(call.graph.world, 'taskPartsInline'),
});

/** Each property of the type; null is shown as nothing at all. */
const readers: Readonly<Record<string, (task: Task, view: TaskView) => unknown>> = {
  importance: ({ values }) => values.importance,
  isReminderOn: ({ values }) => values.isReminderOn,
  status: ({ values }) => values.status,
  title: ({ values }) => values.title,
  createdDateTime: ({ createdAt }) => stamp(createdAt),
  lastModifiedDateTime: ({ modifiedAt }) => stamp(modifiedAt),
  hasAttachments: () => false,
  categories: ({ values }) => values.categories,
  id: ({ number }, { mailbox }) => taskId(mailbox, number),
  body: ({ values }) => values.body,
  bodyLastModifiedDateTime: ({ bodyModifiedAt }) => bodyModifiedAt && stamp(bodyModifiedAt),
  startDateTime: ({ values }, { zone }) => showDay(values.start, zone),
  dueDateTime: ({ values }, { zone }) => showDay(values.due, zone),
  completedDateTime: ({ values }, { zone }) => showDay(values.completed, zone),
  reminderDateTime: ({ values }, { zone }) => values.reminderAt && showInstant(values.reminderAt, zone),
  recurrence: ({ values }) => values.recurrence,
};

const showDay = (day: TaskDay | null, zone: string) => day && showInstant(day.at, zone);

export const taskProperties: ReadonlySet<string> = new Set(Object.keys(readers));

/** One property as `$filter` and `$orderby` see it; `undefined` where a task has none of that name. */
export const readTask = (task: Task, view: TaskView, name: string): unknown => readers[name]?.(task, view);

/** A task as Graph sends it without `$select`: optional values that are not set are left out. */
export function showTask(task: Task, view: TaskView): Record<string, unknown> {
  const shown: Record<string, unknown> = { '@odata.etag': etagOf(view.mailbox, task) };
  for (const [name, read] of Object.entries(readers)) {
    const value = read(task, view);
    if (value !== null) shown[name] = value;
  }
  return { ...shown, ...(view.partsInline && inlineParts(task)), ...expandedParts(task, view) };
}

/** Parts that come unasked for; empty ones do not. */
const inlineParts = ({ checklist, links }: Task) => ({
  ...(checklist.size > 0 && { checklistItems: [...checklist.values()].map(showChecklistItem) }),
  ...(links.size > 0 && { linkedResources: [...links.values()].map(showLink) }),
});

/** What `$expand` asks for. */
export function expandedParts(task: Task, { expand, isPrefixed }: TaskView): Record<string, unknown> {
  const entries = expand.map(({ property, filter }): [string, unknown] => {
    if (property === 'checklistItems') return [property, [...task.checklist.values()].map(showChecklistItem)];
    if (property === 'linkedResources') return [property, [...task.links.values()].map(showLink)];
    if (property === 'extensions') return [property, expandedExtensions(task, filter, isPrefixed)];
    if (property === 'attachments') return [property, []];
    throw badRequest(
      `Could not find a property named '${property}' on type 'microsoft.graph.todoTask'.`,
      'BadRequest',
    );
  });
  return Object.fromEntries(entries);
}

export const showChecklistItem = (item: ChecklistItem): Record<string, unknown> => ({
  displayName: item.displayName,
  createdDateTime: stamp(item.createdAt),
  ...(item.checkedAt !== null && { checkedDateTime: stamp(item.checkedAt) }),
  isChecked: item.isChecked,
  id: item.id,
});

export const showLink = (link: LinkedResource): Record<string, unknown> => ({ ...link });
