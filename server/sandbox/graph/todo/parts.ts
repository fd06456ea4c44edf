import type { World } from '../../world.ts';
import type { WireAnswer } from '../../wire.ts';
import {
  bodyOf,
  contextOf,
  created,
  idOf,
  isObject,
  noContent,
  ok,
  type Call,
  type Handler,
} from '../call.ts';
import { badRequest, itemNotFound } from '../refusal.ts';
import type { ChecklistItem, LinkedResource, Task } from './state.ts';
import { touchTask } from './store.ts';
import { readBoolean, textIn } from './task-body.ts';
import { showChecklistItem, showLink } from './task-view.ts';
import { setOf, taskOf } from './task-place.ts';

type Body = Readonly<Record<string, unknown>>;

type PartHandlers = Readonly<Record<'list' | 'create' | 'get' | 'update' | 'remove', Handler>>;

/** A kind of thing that hangs on a task and has an id of its own. */
type Kind<Part extends Readonly<{ id: string }>> = Readonly<{
  set: string;
  of: (task: Task) => Map<string, Part>;
  /** A part after a body; `before` is null for a new one. */
  read: (world: World, body: Body, before: Part | null) => Part;
  show: (part: Part) => Record<string, unknown>;
}>;

const checklist: Kind<ChecklistItem> = {
  set: 'checklistItems',
  of: (task) => task.checklist,
  read: readChecklistItem,
  show: showChecklistItem,
};

const links: Kind<LinkedResource> = {
  set: 'linkedResources',
  of: (task) => task.links,
  read: readLink,
  show: showLink,
};

/** The routes below `…/tasks/{task}/checklistItems`. */
export const checklistHandlers = handlers(checklist);

/** The routes below `…/tasks/{task}/linkedResources`. */
export const linkHandlers = handlers(links);

/** Checklist items in the body of a POST of the task itself. */
export const storeChecklist = (world: World, task: Task, rows: unknown): void =>
  storeParts(checklist, { world, task, rows });

/** Linked resources in the body of a POST of the task itself. */
export const storeLinks = (world: World, task: Task, rows: unknown): void =>
  storeParts(links, { world, task, rows });

function storeParts<Part extends Readonly<{ id: string }>>(
  kind: Kind<Part>,
  { world, task, rows }: Readonly<{ world: World; task: Task; rows: unknown }>,
): void {
  if (rows === undefined) return;
  if (!Array.isArray(rows) || !rows.every(isObject)) {
    throw badRequest(`${kind.set} is a list of objects.`, 'RequestBodyRead');
  }
  for (const row of rows) {
    const part = kind.read(world, row, null);
    kind.of(task).set(part.id, part);
  }
}

/** Each write changes the etag of the task and its place in delta. */
function handlers<Part extends Readonly<{ id: string }>>(kind: Kind<Part>): PartHandlers {
  const save = (call: Call, before: Part | null): Part => {
    const { place, task } = taskOf(call);
    const part = kind.read(call.graph.world, bodyOf(call), before);
    kind.of(task).set(part.id, part);
    touchTask(place, task);
    return part;
  };
  const entity = (call: Call, part: Part) => ({
    '@odata.context': contextOf(call, `${partsOf(call, kind.set)}/$entity`),
    ...kind.show(part),
  });
  return {
    list: (call) =>
      ok({
        '@odata.context': contextOf(call, partsOf(call, kind.set)),
        value: [...kind.of(taskOf(call).task).values()].map(kind.show),
      }),
    create: (call) => created(entity(call, save(call, null))),
    get: (call) => ok(entity(call, find(call, kind))),
    update: (call) => ok(entity(call, save(call, find(call, kind)))),
    remove: (call) => remove(call, kind),
  };
}

function remove<Part extends Readonly<{ id: string }>>(call: Call, kind: Kind<Part>): WireAnswer {
  const { place, task } = taskOf(call);
  kind.of(task).delete(find(call, kind).id);
  touchTask(place, task);
  return noContent;
}

function find<Part extends Readonly<{ id: string }>>(call: Call, kind: Kind<Part>): Part {
  const part = kind.of(taskOf(call).task).get(idOf(call, 'part').toLowerCase());
  if (part) return part;
  throw itemNotFound();
}

const partsOf = (call: Call, set: string) =>
  `${setOf(taskOf(call).place)}('${encodeURIComponent(idOf(call, 'task'))}')/${set}`;

/** Checking one notes when; unchecking forgets it. */
function readChecklistItem(world: World, body: Body, before: ChecklistItem | null): ChecklistItem {
  const now = world.now().getTime();
  const item = before ?? {
    id: world.uuid(),
    displayName: '',
    isChecked: false,
    createdAt: now,
    checkedAt: null,
  };
  const { displayName, isChecked } = body;
  const checked = isChecked === undefined ? item.isChecked : readBoolean('isChecked', isChecked);
  return {
    ...item,
    displayName: displayName === undefined ? item.displayName : textIn('displayName', displayName),
    isChecked: checked,
    checkedAt: checked ? (item.checkedAt ?? now) : null,
  };
}

function readLink(world: World, body: Body, before: LinkedResource | null): LinkedResource {
  const text = (name: 'webUrl' | 'applicationName' | 'displayName' | 'externalId') => {
    const value = body[name];
    if (value === undefined) return before?.[name] ?? null;
    return value === null ? null : textIn(name, value);
  };
  return {
    id: before?.id ?? world.uuid(),
    webUrl: text('webUrl'),
    applicationName: text('applicationName'),
    displayName: text('displayName'),
    externalId: text('externalId'),
  };
}
