import type { World } from '../../world.ts';
import { createFeed, noteChange, type Feed } from '../feed.ts';
import type { ExtensionHolder } from '../open-extension.ts';
import type { PatternedRecurrence } from '../recurrence.ts';

export const statuses = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'] as const;
export const importances = ['low', 'normal', 'high'] as const;

/**
 * A day as To Do keeps it: the day somebody meant where, and the instant of midnight there, in milliseconds. Only the
 * instant is ever shown, so a day written far from Greenwich reads as another hour or as the day before
 * (MS365-ToDo#29).
 */
export type TaskDay = Readonly<{ date: string; zone: string; at: number }>;

/** What people and apps write. */
export type TaskValues = Readonly<{
  title: string;
  body: Readonly<{ content: string; contentType: 'text' | 'html' }>;
  status: (typeof statuses)[number];
  importance: (typeof importances)[number];
  categories: readonly string[];
  start: TaskDay | null;
  due: TaskDay | null;
  completed: TaskDay | null;
  isReminderOn: boolean;
  /** A true instant in milliseconds. */
  reminderAt: number | null;
  recurrence: PatternedRecurrence | null;
}>;

export type ChecklistItem = Readonly<{
  id: string;
  displayName: string;
  isChecked: boolean;
  createdAt: number;
  checkedAt: number | null;
}>;

export type LinkedResource = Readonly<{
  id: string;
  webUrl: string | null;
  applicationName: string | null;
  displayName: string | null;
  externalId: string | null;
}>;

export type Task = ExtensionHolder & {
  readonly number: number;
  readonly createdAt: number;
  version: number;
  modifiedAt: number;
  bodyModifiedAt: number | null;
  values: TaskValues;
  checklist: Map<string, ChecklistItem>;
  links: Map<string, LinkedResource>;
};

export type TaskList = {
  readonly number: number;
  readonly kind: 'none' | 'defaultList' | 'flaggedEmails';
  version: number;
  displayName: string;
  tasks: Map<number, Task>;
  feed: Feed;
};

/** The task lists of a mailbox, by number, and the order in which they changed. */
export type Todo = Readonly<{ lists: Map<number, TaskList>; feed: Feed }>;

/** The two lists every mailbox has. */
export function createTodo(world: World): Todo {
  const todo: Todo = { lists: new Map(), feed: createFeed() };
  keepList(todo, createList(world.nextNumber(), 'Tasks', 'defaultList'));
  keepList(todo, createList(world.nextNumber(), 'Flagged Emails', 'flaggedEmails'));
  return todo;
}

export const createList = (number: number, displayName: string, kind: TaskList['kind']): TaskList => ({
  number,
  kind,
  version: 0,
  displayName,
  tasks: new Map(),
  feed: createFeed(),
});

export function keepList(todo: Todo, list: TaskList): void {
  todo.lists.set(list.number, list);
  noteChange(todo.feed, list.number);
}
