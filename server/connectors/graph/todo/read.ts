import type { Holder, Look, ReadRequest } from '../../connector.ts';
import type { Ref } from '../../../core/snapshot.ts';
import { failureFrom, isItemMissing } from '../errors.ts';
import { holderOf } from '../read.ts';
import { deleted, outOfReach, type RowLook } from '../row-look.ts';
import { rowFrom, type GraphRow } from '../wire.ts';
import { turnPages, type TaskService } from './pages.ts';
import { placeOfTask, refOfTask, taskPath, tasksPath } from './place.ts';
import { sightingFromTask } from './task.ts';

export type TaskRequest = Readonly<{ holder: Holder; ref: Ref }>;

/** From so many tasks of one list on, turning its pages may cost less than asking one by one. */
const listFrom = 60;
const pageSize = 100;
/** One `$batch` brings this many; a page that brings fewer of those asked for is not worth another. */
const batchSize = 20;

export async function read(outlook: TaskService, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const asked = requests.map(({ holder, ref }) => ({ holder: holderOf(holder), ref }));
  const rows = await readTasks(outlook, asked);
  return asked.map(({ holder, ref }, index): Look => {
    const look = rows[index] ?? outOfReach;
    if (look.look !== 'found') return look;
    return { look: 'found', sighting: sightingFromTask(look.row, { holder, list: placeOfTask(ref).list }) };
  });
}

export async function readTasks(
  outlook: TaskService,
  requests: readonly TaskRequest[],
): Promise<readonly RowLook[]> {
  const listOf = ({ holder, ref }: TaskRequest) => `${holder.userId}/${placeOfTask(ref).list}`;
  const listed = new Map<string, ReadonlyMap<string, GraphRow>>();
  await Promise.all(
    [...Map.groupBy(requests, listOf)].map(async ([key, group]) => {
      const refs = new Set(group.map(({ ref }) => ref));
      const [first] = group;
      if (refs.size >= listFrom && first !== undefined) listed.set(key, await listSome(outlook, first, refs));
    }),
  );
  return Promise.all(
    requests.map(async (request): Promise<RowLook> => {
      const row = listed.get(listOf(request))?.get(request.ref);
      return row === undefined ? readOne(outlook, request) : { look: 'found', row };
    }),
  );
}

/** The links carry our stamp. */
export const withLinks = '$expand=linkedResources';

/** Pages of a list, for as long as a page brings more of what is asked for than a batch would. */
async function listSome(
  outlook: TaskService,
  { holder, ref }: TaskRequest,
  refs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GraphRow>> {
  const { list } = placeOfTask(ref);
  const mailbox = holder.userId;
  const isWanted = (row: GraphRow) => refs.has(refOfTask({ list, task: row.id }));
  const path = `${tasksPath(mailbox, list)}?$top=${pageSize}&${withLinks}`;
  const isEnough = (page: readonly GraphRow[], all: readonly GraphRow[]) =>
    page.filter(isWanted).length < batchSize || refs.size - all.filter(isWanted).length <= batchSize;
  const pages = await turnPages(outlook.client, mailbox, { path, isEnough });
  // Whatever the listing fails to bring is asked for by id, and fails there with its own reason.
  const rows = pages.answer === 'rows' ? pages.rows.filter(isWanted) : [];
  return new Map(rows.map((row) => [refOfTask({ list, task: row.id }), row]));
}

/**
 * To Do keeps no deleted tasks and has no archive: an id that leads outOfReach is a deletion, whether of the task or of its
 * list, unless the mailbox itself was moved, which gives everything another id.
 */
async function readOne(outlook: TaskService, { holder, ref }: TaskRequest): Promise<RowLook> {
  const mailbox = holder.userId;
  const path = `${taskPath(mailbox, placeOfTask(ref))}?${withLinks}`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path });
  if (answer.answer === 'failed') return { look: 'failed', failure: answer.failure };
  if (isItemMissing(answer)) return outlook.folders.wasMoved(mailbox) ? outOfReach : deleted;
  const row = answer.status === 200 ? rowFrom(answer.body) : null;
  if (row === null) return { look: 'failed', failure: failureFrom(answer, outlook.client.nowMs()) };
  return { look: 'found', row };
}
