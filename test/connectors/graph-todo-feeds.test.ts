/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { expect, test } from 'vitest';
import type { ChangeAnswer } from '../../server/connectors/connector.ts';
import type { Ref } from '../../server/core/snapshot.ts';
import { change } from './change.ts';
import { creation, useGraphWorld } from './graph-world.ts';
import { rich, tasksOf } from './todo-world.ts';

const world = useGraphWorld();
const tasks = tasksOf(world);
const request = (cursor: string | null, feed = tasks.list()) =>
  ({ domain: 'task', holder: world.ana, feed, cursor }) as const;

async function round(cursor: string | null, feed = tasks.list()) {
  const [answer] = await world.exchange.changes([request(cursor, feed)]);
  return roundIn(answer);
}

function roundIn(answer: ChangeAnswer | undefined) {
  if (answer?.answer !== 'changes') throw new Error(`The feed failed: ${JSON.stringify(answer)}`);
  return answer;
}

test('the feeds of a mailbox are its own lists, the default one first, flagged e-mails left out', async () => {
  const { id } = await tasks.hand('POST', '', { displayName: 'Errands' });
  expect(await world.exchange.feeds(world.ana, 'task', [])).toEqual([tasks.list(), id]);
});

test('a first round lists all, later ones what changed, was added and is gone', async () => {
  const [kept, lost] = [await tasks.created(rich, 'a'), await tasks.created(rich, 'b')];
  const first = await round(null);
  expect(first).toMatchObject({ isWhole: true });
  expect(new Set(first.rows)).toEqual(
    new Set(
      [kept, lost].map(({ ref, version }) => ({
        change: 'seen',
        ref,
        version,
        isMarked: true,
        sighting: null,
      })),
    ),
  );
  await tasks.hand('DELETE', `/${lost.ref.replace('/', '/tasks/')}`);
  await tasks.hand('PATCH', `/${kept.ref.replace('/', '/tasks/')}`, { categories: ['VIP'] });
  const second = await round(first.next);
  expect(second.isWhole).toBe(false);
  expect(second.rows).toContainEqual({ change: 'gone', ref: lost.ref });
  expect(second.rows).toContainEqual(
    expect.objectContaining({ change: 'seen', ref: kept.ref, isMarked: false }),
  );
  expect((await round(second.next)).rows).toEqual([]);
});

test('a cursor the service has forgotten begins a new whole round', async () => {
  const seen = await tasks.created();
  const first = await round(null);
  await world.desk('POST', '/faults', { side: 'graph', kind: 'expire-delta' });
  const again = await round(first.next);
  expect(again.isWhole).toBe(true);
  expect(again.rows.map(({ ref }) => ref)).toEqual([seen.ref]);
});

test('a row that leaves its categories out is looked at', async () => {
  const seen = await tasks.created();
  const first = await round(null);
  await world.desk('POST', '/behaviour', { 'graph.deltaPartialRows': true });
  await world.exchange.update([change(world.ana, seen, { subject: 'Other' })]);
  expect((await round(first.next)).rows).toMatchObject([{ change: 'seen', ref: seen.ref, isMarked: true }]);
});

test('twenty lists in which nothing happened cost one request together', async () => {
  const lists = [tasks.list()];
  for (let index = 1; index < 20; index += 1)
    lists.push((await tasks.hand('POST', '', { displayName: `List ${index}` })).id);
  const first = await world.exchange.changes(lists.map((feed) => request(null, feed)));
  const before = await tasks.roundTrips();
  const second = await world.exchange.changes(
    lists.map((feed, index) => request(roundIn(first[index]).next, feed)),
  );
  expect(second.every((answer) => roundIn(answer).rows.length === 0)).toBe(true);
  expect((await tasks.roundTrips()) - before).toBe(1);
});

test('the tasks of a list somebody deleted are deleted, and its feed says that it is not there', async () => {
  const { id: list } = await tasks.hand('POST', '', { displayName: 'Short-lived' });
  const { id: task } = await tasks.hand('POST', `/${list}/tasks`, { title: 'In it' });
  await tasks.hand('DELETE', `/${list}`);
  const ref = `${list}/${task}` as Ref;
  expect(await world.exchange.read([{ domain: 'task', holder: world.ana, ref }])).toEqual([
    { look: 'missing', why: 'deleted' },
  ]);
  const [answer] = await world.exchange.changes([request(null, list)]);
  expect(answer).toMatchObject({ answer: 'failed', failure: { kind: 'refused', reach: 'item' } });
});

test('nothing is deleted in a mailbox that was moved, though everything in it has a new id', async () => {
  const seen = await tasks.created();
  const first = await round(null);
  await world.desk('POST', '/mailboxes/ana@example.com/new-ids', {});
  const [answer] = await world.exchange.changes([request(first.next)]);
  expect(answer).toMatchObject({ answer: 'failed', failure: { kind: 'expired', reach: 'mailbox' } });
  expect(await world.exchange.read([{ domain: 'task', holder: world.ana, ref: seen.ref }])).toEqual([
    { look: 'missing', why: 'outOfReach' },
  ]);
});

test('a list that is cut off is a failure, never a short answer', async () => {
  await world.exchange.create(
    Array.from({ length: 30 }, (_, index) => creation(world.ana, rich, `stamp-${index}`)),
  );
  await world.desk('POST', '/faults', { side: 'graph', kind: 'partial-page' });
  const [answer] = await world.exchange.changes([request(null)]);
  expect(answer).toMatchObject({ answer: 'failed' });
});

test('people browse their tasks by the day they are due, and search them by words', async () => {
  const days = ['2026-12-03', null, '2026-12-01', '2026-12-02'];
  for (const [index, dueDate] of days.entries())
    await tasks.created({ ...rich, subject: `Task ${index}`, dueDate }, `s-${index}`);
  const ask = async (search: string | null, after: string | null) => {
    const page = await world.exchange.browse({ domain: 'task', holder: world.ana, search, after, limit: 3 });
    if ('kind' in page) throw new Error(page.reason);
    return { subjects: page.sightings.map(({ item }) => 'subject' in item && item.subject), next: page.next };
  };
  expect(await ask(null, null)).toEqual({ subjects: ['Task 2', 'Task 3', 'Task 0'], next: '3' });
  expect(await ask(null, '3')).toEqual({ subjects: ['Task 1'], next: null });
  expect(await ask('TASK 3', null)).toEqual({ subjects: ['Task 3'], next: null });
});
