import type { Holder, Look, ReadRequest } from '../../connector.ts';
import type { Ref } from '../../../core/snapshot.ts';
import { holderOf } from '../read.ts';
import { readEach, rowAt } from '../read-rows.ts';
import { deleted, outOfReach, type RowLook } from '../row-look.ts';
import type { TaskService } from './task-service.ts';
import { placeOfTask, refOfTask, taskPath, tasksPath } from './place.ts';
import { sightingFromTask } from './task.ts';

type TaskRequest = Readonly<{ holder: Holder; ref: Ref }>;

export async function read(outlook: TaskService, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const asked = requests.map(({ holder, ref }) => ({ holder: holderOf(holder), ref }));
  const rows = await readTasks(outlook, asked);
  return asked.map(({ holder, ref }, index): Look => {
    const look = rows[index] ?? outOfReach;
    if (look.look !== 'found') return look;
    return { look: 'found', sighting: sightingFromTask(look.row, { holder, list: placeOfTask(ref).list }) };
  });
}

/**
 * Tasks as Graph sends them, with their links. To Do keeps no deleted tasks and has no archive: an id that leads to nothing is a
 * deletion, whether of the task or of its list.
 */
export function readTasks(
  outlook: TaskService,
  requests: readonly TaskRequest[],
): Promise<readonly RowLook[]> {
  return readEach(outlook, requests, {
    listingOf: ({ holder, ref }) => {
      const { list } = placeOfTask(ref);
      return {
        mailbox: holder.userId,
        path: `${tasksPath(holder.userId, list)}?$top=100&${withLinks}`,
        refOf: ({ id }) => refOfTask({ list, task: id }),
      };
    },
    readOne: async ({ holder, ref }, listed) => {
      if (listed !== null) return { look: 'found', row: listed };
      const path = `${taskPath(holder.userId, placeOfTask(ref))}?${withLinks}`;
      return rowAt(outlook.client, { mailbox: holder.userId, path });
    },
    proofsOf: async () => () => deleted,
  });
}

/** The links carry our stamp. */
export const withLinks = '$expand=linkedResources';
