/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { expect, test } from 'vitest';
import type { Recurrence } from '../../shared/recurrence.ts';
import { emptyTask, taskStatuses, type Task } from '../../shared/task.ts';
import type { Stamp } from '../../server/connectors/connector.ts';
import { dayFromGraph } from '../../server/connectors/graph/todo/dates.ts';
import { holdsOfTask } from '../../server/connectors/graph/todo/task.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import { change } from './change.ts';
import { creation, useGraphWorld } from './graph-world.ts';
import { rich, tasksOf } from './todo-world.ts';

const world = useGraphWorld();
const tasks = tasksOf(world);
const look = async (ref: Ref) => (await world.exchange.read([{ domain: 'task', holder: world.ana, ref }]))[0];
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const taskOf = (ref: string) => `/${ref.replace('/', '/tasks/')}`;

test('what a create answers is what was written, marked and stamped, and what a fresh read gives', async () => {
  const now = await tasks.created();
  expect(now.item).toEqual(rich);
  expect(now).toMatchObject({ isMarked: true, kind: 'task', stamp: 'stamp-1', uid: null });
  expect(now.ref.startsWith(`${tasks.list()}/`)).toBe(true);
  expect(await look(now.ref)).toEqual({ look: 'found', sighting: now });
});

test('a task of nothing but a mark is stored', async () => {
  const now = await tasks.created(emptyTask);
  expect(now.item).toEqual({ ...emptyTask, status: 'notStarted', importance: 'normal' });
  expect(await look(now.ref)).toEqual({ look: 'found', sighting: now });
});

test.each(taskStatuses)('a task with the status %s keeps it', async (status) => {
  const completedDate = status === 'completed' ? '2026-10-25' : null;
  const item = { ...rich, status, completedDate };
  expect((await tasks.created(item)).item).toEqual(item);
});

const range = { type: 'noEnd' } as const;
const series: readonly Recurrence[] = [
  { pattern: { type: 'daily', interval: 3 }, range: { type: 'numbered', numberOfOccurrences: 5 } },
  {
    pattern: { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'monday' },
    range,
  },
  {
    pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 26 },
    range: { type: 'endDate', endDate: '2027-10-26' },
  },
  { pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['monday'], index: 'last' }, range },
  { pattern: { type: 'absoluteYearly', interval: 1, month: 10, dayOfMonth: 26 }, range },
  {
    pattern: { type: 'relativeYearly', interval: 1, month: 10, daysOfWeek: ['monday'], index: 'fourth' },
    range,
  },
];

test.each(series)('a task that repeats keeps its rule: $pattern.type, $range.type', async (recurrence) => {
  const item = { ...rich, recurrence };
  const now = await tasks.created(item);
  expect(now.item).toEqual(item);
  expect(await look(now.ref)).toEqual({ look: 'found', sighting: now });
});

test('a series goes along when the day it is due moves, and ends with it', async () => {
  const [, weekly] = series;
  const now = await tasks.created({ ...rich, recurrence: weekly ?? null });
  const [moved] = await world.exchange.update([change(world.ana, now, { dueDate: '2026-11-02' })]);
  expect(moved).toMatchObject({
    outcome: 'done',
    now: { item: { dueDate: '2026-11-02', recurrence: weekly } },
  });
  if (moved?.outcome !== 'done' || moved.now === null) throw new Error('not done');
  const [ended] = await world.exchange.update([change(world.ana, moved.now, { dueDate: null })]);
  expect(ended).toMatchObject({ outcome: 'done', now: { item: { dueDate: null, recurrence: null } } });
});

test('a series without a day it is due is not held, which a note says', async () => {
  const [daily = null] = series;
  const [answer] = await world.exchange.create([
    creation(world.ana, { ...rich, dueDate: null, recurrence: daily }),
  ]);
  expect(answer).toMatchObject({
    outcome: 'done',
    now: { item: { recurrence: null } },
    notes: [{ field: 'recurrence', what: 'notHeld' }],
  });
});

test('a completed task of a series leaves a new one behind, which the feed shows', async () => {
  const [daily = null] = series;
  const now = await tasks.created({ ...rich, recurrence: daily });
  const request = { domain: 'task', holder: world.ana, feed: tasks.list() } as const;
  const [first] = await world.exchange.changes([{ ...request, cursor: null }]);
  if (first?.answer !== 'changes') throw new Error('no round');
  const [done] = await world.exchange.update([change(world.ana, now, { status: 'completed' })]);
  expect(done).toMatchObject({ outcome: 'done', now: { ref: now.ref, item: { status: 'completed' } } });
  const [second] = await world.exchange.changes([{ ...request, cursor: first.next }]);
  if (second?.answer !== 'changes') throw new Error('no round');
  const fresh = second.rows.map(({ ref }) => ref).filter((ref) => ref !== now.ref);
  expect(fresh).toHaveLength(1);
  expect(await look(fresh[0] as Ref)).toMatchObject({
    sighting: { isMarked: true, item: { status: 'notStarted', dueDate: '2026-10-29', completedDate: null } },
  });
});

test('To Do holds no percentage, no private flag and no activity type', () => {
  const held = Object.keys(emptyTask).filter((field) => holdsOfTask(field as keyof Task));
  expect(Object.keys(emptyTask).filter((field) => !held.includes(field))).toEqual([
    'percentComplete',
    'isPrivate',
    'activityType',
  ]);
  expect(holdsOfTask('firstName')).toBe(false);
});

test('tasks are found by their stamps among many, once, and none by the stamp of nobody', async () => {
  const requests = numbers(130).map((index) => creation(world.ana, rich, `stamp-${index}`));
  const answers = await world.exchange.create(requests);
  expect(answers.every(({ outcome }) => outcome === 'done')).toBe(true);
  const find = (stamp: string) =>
    ({ by: 'stamp', domain: 'task', holder: world.ana, stamp: stamp as Stamp }) as const;
  const [old, none] = await world.exchange.find([find('stamp-3'), find('stamp-of-nobody')]);
  const [, , , third] = answers;
  expect(old).toEqual({ answer: 'found', sightings: [third?.outcome === 'done' ? third.now : null] });
  expect(none).toEqual({ answer: 'found', sightings: [] });
});

test('an update writes the named fields alone and answers what a fresh read gives', async () => {
  const before = await tasks.created();
  const more = { subject: 'Call Bruno', reminder: null, body: null, categories: ['Tennis'] };
  const request = change(world.ana, before, more);
  const [answer] = await world.exchange.update([
    { ...request, item: { ...request.item, importance: 'low' } },
  ]);
  expect(answer).toMatchObject({ outcome: 'done', now: { isMarked: true, item: { ...rich, ...more } } });
  expect(await look(before.ref)).toMatchObject({ sighting: { item: { ...rich, ...more } } });
  expect(await world.exchange.update([change(world.ana, before, { subject: 'Late' })])).toEqual([
    { outcome: 'stale' },
  ]);
  expect(await world.exchange.update([change(world.ana, before, { categories: [] })])).toEqual([
    { outcome: 'stale' },
  ]);
});

test('a task is completed on a day and opened again', async () => {
  const before = await tasks.created();
  const done = { status: 'completed', completedDate: '2026-10-25' } as const;
  const [first] = await world.exchange.update([change(world.ana, before, done)]);
  expect(first).toMatchObject({ now: { item: done } });
  if (first?.outcome !== 'done' || first.now === null) throw new Error('not done');
  const again = { status: 'notStarted', completedDate: null } as const;
  const [second] = await world.exchange.update([change(world.ana, first.now, again)]);
  expect(second).toMatchObject({ now: { item: again } });
});

test('the mark is put on, taken off and left alone, and the other categories stay', async () => {
  const { id } = await tasks.hand('POST', `/${tasks.list()}/tasks`, { title: 'Mine', categories: ['VIP'] });
  const ref = `${tasks.list()}/${id}` as Ref;
  const seen = await look(ref);
  if (seen?.look !== 'found') throw new Error('not found');
  expect(seen.sighting).toMatchObject({ isMarked: false, stamp: null });
  const [marked] = await world.exchange.update([{ ...change(world.ana, seen.sighting, {}), mark: true }]);
  expect(marked).toMatchObject({ now: { isMarked: true, item: { categories: ['VIP'] } } });
  if (marked?.outcome !== 'done' || marked.now === null) throw new Error('not done');
  const { version } = marked.now;
  const removal = { domain: 'task', holder: world.ana, ref, version, how: 'unmark' } as const;
  expect(await world.exchange.remove([removal])).toEqual([{ outcome: 'done', now: null, notes: [] }]);
  expect(await look(ref)).toMatchObject({ sighting: { isMarked: false, item: { categories: ['VIP'] } } });
});

test.each(['Pacific/Honolulu', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'Pacific/Auckland'])(
  'a day written in %s is that day in Berlin',
  async (writerZone) => {
    const path = `/mailboxes/ana@example.com/tasks`;
    const { id } = (await world.desk('POST', path, { title: 'Far', due: '2026-10-24', writerZone })) as {
      id: string;
    };
    expect(await look(`${tasks.list()}/${id}` as Ref)).toMatchObject({
      sighting: { item: { dueDate: '2026-10-24' } },
    });
  },
);

test.each(['Pacific/Honolulu', 'America/St_Johns', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
  'a day written in the zone of the mailbox is that day, be it %s, in summer and in winter',
  (zone) => {
    for (const day of ['2026-01-01', '2026-03-29', '2026-07-15', '2026-10-25', '2026-11-01']) {
      const stored = Temporal.PlainDate.from(day).toZonedDateTime(zone).withTimeZone('UTC').toPlainDateTime();
      const value = { dateTime: stored.toString({ fractionalSecondDigits: 7 }), timeZone: 'UTC' };
      expect(dayFromGraph(value, zone)).toBe(day);
    }
  },
);

test('an HTML body is read as text', async () => {
  const content = '<p>First &amp; foremost<br>second</p><ul><li>one</li></ul>';
  const body = { content, contentType: 'html' };
  const { id } = await tasks.hand('POST', `/${tasks.list()}/tasks`, { title: 'Old', body });
  expect(await look(`${tasks.list()}/${id}` as Ref)).toMatchObject({
    sighting: { item: { body: 'First & foremost\nsecond\n\n * one' } },
  });
});

test('a deleted task is gone, to whoever reads and writes', async () => {
  const seen = await tasks.created();
  const removal = { domain: 'task', holder: world.ana, ref: seen.ref, version: seen.version } as const;
  const old = { ...removal, version: 'old' as Version, how: 'delete' } as const;
  expect(await world.exchange.remove([old])).toEqual([{ outcome: 'stale' }]);
  const how = 'delete';
  expect(await world.exchange.remove([{ ...removal, how }])).toEqual([
    { outcome: 'done', now: null, notes: [] },
  ]);
  expect(await look(seen.ref)).toEqual({ look: 'missing', why: 'deleted' });
  expect(await world.exchange.remove([{ ...removal, how }])).toEqual([{ outcome: 'gone' }]);
  expect(await world.exchange.update([change(world.ana, seen, { subject: 'No' })])).toEqual([
    { outcome: 'gone' },
  ]);
  expect(await world.exchange.update([change(world.ana, seen, { categories: [] })])).toEqual([
    { outcome: 'gone' },
  ]);
});

test('where the service passes over If-Match, a look right before the write keeps what somebody wrote', async () => {
  await world.desk('POST', '/behaviour', { 'graph.taskIfMatchIgnored': true });
  const seen = await tasks.created();
  await tasks.hand('PATCH', taskOf(seen.ref), { title: 'By hand' });
  expect(await tasks.careful().update([change(world.ana, seen, { subject: 'Late' })])).toEqual([
    { outcome: 'stale' },
  ]);
  const { ref, version } = seen;
  const removal = { domain: 'task', holder: world.ana, ref, version, how: 'delete' } as const;
  expect(await tasks.careful().remove([removal])).toEqual([{ outcome: 'stale' }]);
  expect(await look(ref)).toMatchObject({ sighting: { item: { subject: 'By hand' } } });
});

test('one bad task spoils no other', async () => {
  const bad = { ...rich, dueDate: '2026-02-31' };
  const answers = await world.exchange.create([
    creation(world.ana, rich, 'a'),
    creation(world.ana, bad, 'b'),
    creation(world.ana, rich, 'c'),
  ]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done']);
});

test('a hundred tasks of one list are read in a few round trips, in the order of the questions', async () => {
  const answers = await world.exchange.create(
    numbers(100).map((index) => creation(world.ana, { ...rich, subject: `T ${index}` }, `s-${index}`)),
  );
  const refs = answers.flatMap((one) => (one.outcome === 'done' && one.now !== null ? [one.now.ref] : []));
  const before = await tasks.roundTrips();
  const asked = refs.toReversed().map((ref) => ({ domain: 'task', holder: world.ana, ref }) as const);
  const looks = await world.exchange.read(asked);
  expect(looks.map((one) => (one.look === 'found' ? one.sighting.ref : one))).toEqual(refs.toReversed());
  expect((await tasks.roundTrips()) - before).toBeLessThanOrEqual(2);
});
