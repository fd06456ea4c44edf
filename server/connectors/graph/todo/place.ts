/* oxlint-disable typescript/no-unsafe-type-assertion -- the one place where To Do's ids become names of ours */
import type { Ref } from '../../../core/snapshot.ts';
import type { Stamp } from '../../connector.ts';
import { listFrom, objectFrom, segment, type GraphRow } from '../wire.ts';

/** Where a task lies: To Do's ids say nothing without their list, and change with it. Both are opaque. */
export type TaskPlace = Readonly<{ list: string; task: string }>;

/** `<list>/<task>`; ids of the service hold no slash (facts/graph.md 7). */
export function refOfTask({ list, task }: TaskPlace): Ref {
  return `${list}/${task}` as Ref;
}

export function placeOfTask(ref: Ref): TaskPlace {
  const [list = '', task = ''] = ref.split('/');
  return { list, task };
}

/** How our own link on a task is told from others. */
export const applicationName = 'Siebel';

/**
 * Our stamp, for rows read with `$expand=linkedResources`. To Do has no extended properties; a linked resource is the only
 * thing an application may hang on a task in the request that makes it (facts/graph.md 6).
 */
export function stampOfTask(row: GraphRow): Stamp | null {
  for (const entry of listFrom(row['linkedResources'])) {
    const link = objectFrom(entry);
    const stamp = link?.['externalId'];
    if (link?.['applicationName'] === applicationName && typeof stamp === 'string') return stamp as Stamp;
  }
  return null;
}

export function tasksPath(mailbox: string, list: string): string {
  return `/users/${segment(mailbox)}/todo/lists/${segment(list)}/tasks`;
}

export function taskPath(mailbox: string, { list, task }: TaskPlace): string {
  return `${tasksPath(mailbox, list)}/${segment(task)}`;
}
