import { beforeEach } from 'vitest';
import { emptyTask, type Task } from '../../shared/task.ts';
import type { Sighting } from '../../server/connectors/connector.ts';
import type { HttpRequest } from '../../server/connectors/http.ts';
import { creation, type GraphWorld } from './graph-world.ts';

export const rich: Task = {
  ...emptyTask,
  subject: 'Call Maria',
  body: 'About the offer\nand the dates',
  status: 'inProgress',
  importance: 'high',
  startDate: '2026-10-24',
  dueDate: '2026-10-26',
  reminder: '2026-10-25T00:30:00Z',
  categories: ['Golf', 'VIP'],
};

/** Ana's task lists, as their tests go about them. */
export function tasksOf(world: GraphWorld) {
  let list = '';
  beforeEach(async () => {
    const feeds = await world.exchange.feeds(world.ana, 'task', []);
    if ('kind' in feeds) throw new Error(feeds.reason);
    list = feeds[0] ?? '';
  });
  return {
    /** Her default list. */
    list: () => list,
    created: async (item: Task = rich, stamp = 'stamp-1'): Promise<Sighting> => {
      const [answer] = await world.exchange.create([creation(world.ana, item, stamp)]);
      if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
      return answer.now;
    },
    /** What she does in To Do: a request below `/me/todo/lists`. Answers the body. */
    hand: (method: HttpRequest['method'], path: string, body?: unknown) =>
      world.hand(world.ana, method, `/todo/lists${path}`, body),
    /** The connector where the service is known to pass over `If-Match`. */
    careful: () => world.another({ todoIfMatch: false }),
    /** Round trips to Graph since the test began. */
    roundTrips: async () => Object.values(await world.requests()).reduce((sum, count) => sum + count, 0),
  };
}
