import { beforeEach, describe, expect, test } from 'vitest';
import type { ChangeAnswer, ChangeRow } from '../../server/connectors/connector.ts';
import { calendarFeed } from '../../server/connectors/graph/calendar/changes.ts';
import { refOf } from '../../server/connectors/graph/names.ts';
import { aSeries, anAppointment, slotAt, weekly } from '../support/appointments.ts';
import { calendarOf, refsIn } from './calendar-world.ts';
import { ana, error, holder, numbers, outlook } from './graph-fixture.ts';
import type { Said } from './graph-stub.ts';
import { creation, useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();
const calendar = calendarOf(world);
beforeEach(calendar.reset);

const today = Temporal.Now.plainDateISO('UTC');
const inDays = (days: number, more: Parameters<typeof anAppointment>[0] = {}) =>
  anAppointment({ timeSlot: slotAt(`${today.add({ days }).toString()}T09:00:00`), ...more });
const fault = (more: Readonly<Record<string, unknown>>) =>
  world.desk('POST', '/faults', [{ side: 'graph', times: 1, ...more }]);
const ask = (cursor: string | null) =>
  world.exchange.changes([{ domain: 'appointment', holder: world.ana, feed: calendarFeed, cursor }]);

describe('the first round', () => {
  test('shows everything the calendar holds, however long ago or far ahead, a series once', async () => {
    const near = await calendar.created(inDays(3));
    const past = await calendar.created(inDays(-3000));
    const future = await calendar.created(inDays(3000));
    const series = await calendar.created(aSeries({ timeSlot: inDays(7).timeSlot }));
    const { rows, isWhole } = await calendar.changes(null);
    expect(isWhole).toBe(true);
    expect(rows).toHaveLength(4);
    for (const { ref, version } of [near, past, future, series]) {
      expect(rows).toContainEqual({ change: 'seen', ref, version, isMarked: true, sighting: null });
    }
  });

  test('tells what carries no mark', async () => {
    const made = await world.hand(world.ana, 'POST', '/events', {
      subject: 'Own',
      start: { dateTime: '2027-03-10T09:00:00', timeZone: 'UTC' },
      end: { dateTime: '2027-03-10T09:00:00', timeZone: 'UTC' },
    });
    expect((await calendar.changes(null)).rows).toMatchObject([{ ref: made.id, isMarked: false }]);
  });

  test('over 2,000 appointments and 50 weekly series, and the look at all of them, cost few round trips', async () => {
    const singles = numbers(2000).map((index) =>
      creation(world.ana, inDays((index % 600) - 100), `s-${index}`),
    );
    const monday = slotAt('2026-01-05T09:00:00');
    const series = numbers(50).map((index) =>
      creation(world.ana, aSeries({ timeSlot: monday, recurrence: weekly(['monday']) }), `w-${index}`),
    );
    await world.exchange.create([...singles, ...series]);
    const before = await roundTrips();
    const { rows } = await calendar.changes(null);
    const between = await roundTrips();
    expect(rows).toHaveLength(2050);
    expect(between - before).toBeLessThanOrEqual(30);
    const looks = await world.exchange.read(
      rows.map(({ ref }) => ({ domain: 'appointment', holder: world.ana, ref })),
    );
    expect(looks.filter(({ look }) => look === 'found')).toHaveLength(2050);
    expect((await roundTrips()) - between).toBeLessThanOrEqual(12);
  }, 30_000);
});

async function roundTrips(): Promise<number> {
  return Object.values(await world.requests()).reduce((sum, count) => sum + count, 0);
}

describe('a later round', () => {
  test('brings one row for each event that changed, and none when nothing did', async () => {
    const [kept, edited, deleted] = [
      await calendar.created(inDays(1)),
      await calendar.created(inDays(2)),
      await calendar.created(inDays(3)),
    ];
    const { next } = await calendar.changes(null);
    await world.hand(world.ana, 'PATCH', `/events/${edited.ref}`, { subject: 'By hand' });
    await world.hand(world.ana, 'DELETE', `/events/${deleted.ref}`);
    const made = await calendar.created(aSeries({ timeSlot: inDays(4).timeSlot }));
    const second = await calendar.changes(next);
    expect(second.isWhole).toBe(false);
    expect(refsIn(second.rows)).toEqual(
      [`seen ${edited.ref}`, `gone ${deleted.ref}`, `seen ${made.ref}`].sort(),
    );
    expect(second.rows.some(({ ref }) => ref === kept.ref)).toBe(false);
    expect((await calendar.changes(second.next)).rows).toEqual([]);
  });

  test('also brings what was made, changed and deleted outside the window', async () => {
    const [edited, deleted] = [await calendar.created(inDays(3000)), await calendar.created(inDays(-3000))];
    const { next } = await calendar.changes(null);
    const made = await calendar.created(inDays(2500));
    await world.hand(world.ana, 'PATCH', `/events/${edited.ref}`, { subject: 'By hand' });
    await world.hand(world.ana, 'DELETE', `/events/${deleted.ref}`);
    const { rows } = await calendar.changes(next);
    expect(refsIn(rows)).toEqual([`seen ${edited.ref}`, `gone ${deleted.ref}`, `seen ${made.ref}`].sort());
    const row = rows.find(({ ref }) => ref === made.ref);
    expect(row).toMatchObject({ version: made.version, isMarked: true });
  });

  test('tells a deleted event even where the service still finds it in Deleted Items', async () => {
    await world.desk('POST', '/behaviour', { 'graph.deletedEventsFound': true });
    const [kept, deleted] = [await calendar.created(inDays(1)), await calendar.created(inDays(2))];
    const elsewhere = await world.hand(world.ana, 'POST', '/calendars', { name: 'Second' });
    const there = await world.hand(world.ana, 'POST', `/calendars/${elsewhere.id}/events`, {
      subject: 'There',
      start: { dateTime: '2027-03-10T09:00:00', timeZone: 'UTC' },
      end: { dateTime: '2027-03-10T10:00:00', timeZone: 'UTC' },
    });
    await world.hand(world.ana, 'DELETE', `/events/${deleted.ref}`);
    const listing = world.another({ calendar: { deletedEvents: 'listed' } });
    const looks = await listing.read(
      [kept.ref, deleted.ref, refOf(there)].map((ref) => ({ domain: 'appointment', holder: world.ana, ref })),
    );
    expect(looks).toMatchObject([{ look: 'found' }, { look: 'missing', why: 'deleted' }, { look: 'found' }]);
  });

  test('shows an event that left the window as one that changed', async () => {
    const now = await calendar.created(inDays(3));
    const { next } = await calendar.changes(null);
    await calendar.write(now, { timeSlot: inDays(3000).timeSlot });
    expect(refsIn((await calendar.changes(next)).rows)).toEqual([`seen ${now.ref}`]);
  });

  test('is begun anew over everything when the cursor expired', async () => {
    const now = await calendar.created(inDays(3));
    const { next } = await calendar.changes(null);
    await fault({ path: 'calendarView/delta', kind: 'expire-delta' });
    expect(await calendar.changes(next)).toMatchObject({
      isWhole: true,
      rows: [{ change: 'seen', ref: now.ref, version: now.version }],
    });
    expect(await calendar.changes('https://elsewhere.example/delta')).toMatchObject({ isWhole: true });
  });

  test('after the mailbox was moved lists everything under new ids, and proves nothing of the old ones', async () => {
    const strict = world.another({ calendar: { deletedEvents: 'notFound' } });
    const now = await calendar.created(inDays(3));
    const { next } = await calendar.changes(null);
    await world.desk('POST', '/mailboxes/ana@example.com/new-ids');
    const [answer] = await strict.changes([
      { domain: 'appointment', holder: world.ana, feed: calendarFeed, cursor: next },
    ]);
    const { rows, isWhole } = changesIn(answer);
    expect([rows.length, isWhole]).toEqual([1, true]);
    expect(rows[0]?.ref).not.toBe(now.ref);
    const old = [{ domain: 'appointment', holder: world.ana, ref: now.ref } as const];
    expect(await strict.read(old)).toEqual([{ look: 'missing', why: 'outOfReach' }]);
    expect(await world.exchange.read(old)).toEqual([{ look: 'missing', why: 'outOfReach' }]);
  });

  test('means the same with empty pages and repeated rows', async () => {
    await world.desk('POST', '/behaviour', { 'graph.deltaEmptyPages': true, 'graph.deltaReplays': true });
    const now = await calendar.created(aSeries({ timeSlot: inDays(3).timeSlot }));
    const first = await calendar.changes(null);
    expect(refsIn(first.rows)).toEqual([`seen ${now.ref}`]);
    await world.hand(world.ana, 'PATCH', `/events/${now.ref}`, { subject: 'By hand' });
    expect(refsIn((await calendar.changes(first.next)).rows)).toEqual([`seen ${now.ref}`]);
  });
});

describe('bad weather', () => {
  test.each(['/calendar/events', '/calendarView/delta'])(
    'a listing that is cut off is a failure, never a short answer: %s',
    async (path) => {
      await world.exchange.create(numbers(520).map((index) => creation(world.ana, inDays(1), `c-${index}`)));
      await fault({ path, kind: 'partial-page' });
      expect(await ask(null)).toMatchObject([{ answer: 'failed', failure: { kind: 'unreachable' } }]);
      expect((await calendar.changes(null)).rows).toHaveLength(520);
    },
  );

  test('a throttled mailbox is a failure of that mailbox, with the time to wait', async () => {
    const { next } = await calendar.changes(null);
    await fault({ path: 'calendarView/delta', kind: 'status', status: 429, retryAfterSeconds: 60 });
    expect(await ask(next)).toMatchObject([
      { answer: 'failed', failure: { kind: 'throttled', reach: 'mailbox', retryAfterMs: 60_000 } },
    ]);
  });
});

describe('on the wire', () => {
  const base = (url: string) => `${url}/users/ana/calendarView/delta`;
  const cursor = (url: string, end: string) =>
    JSON.stringify({ link: `${base(url)}?$deltatoken=old`, start: '2025-06-01', end });

  test('twenty calendars in which nothing changed cost one round trip', async () => {
    const { stub, exchange } = await outlook(({ path }, { url }) => ({
      status: 200,
      body: { value: [], '@odata.deltaLink': `${url}${path}x` },
    }));
    const answers = await exchange.changes(
      numbers(20).map((index) => ({
        domain: 'appointment',
        holder: holder(`user-${index}`),
        feed: calendarFeed,
        cursor: JSON.stringify({
          link: `${stub.url}/users/user-${index}/calendarView/delta?$deltatoken=a`,
          start: '2025-11-22',
          end: '2028-11-21',
        }),
      })),
    );
    expect(stub.roundTrips()).toBe(1);
    expect(answers.every((answer) => answer.answer === 'changes' && !answer.isWhole)).toBe(true);
  });

  test('a window that is used up is begun anew beside the old one, which is heard to its end', async () => {
    const { stub, exchange } = await outlook(({ path }, { url }) => {
      if (path.includes('startDateTime')) return page([seen('new')], `${base(url)}?$deltatoken=new`);
      return page([seen('old')], `${base(url)}?$deltatoken=older`);
    });
    const [answer] = await exchange.changes([
      { domain: 'appointment', holder: ana, feed: calendarFeed, cursor: cursor(stub.url, '2027-12-01') },
    ]);
    const { rows, isWhole, next } = changesIn(answer);
    expect([refsIn(rows), isWhole]).toEqual([['seen new', 'seen old'], false]);
    expect(JSON.parse(next)).toEqual({
      link: `${base(stub.url)}?$deltatoken=new`,
      start: '2025-11-22',
      end: '2028-11-21',
      calendar: null,
    });
    expect(stub.seen[1]?.path).toContain(
      'startDateTime=2025-11-22T00%3A00%3A00Z&endDateTime=2028-11-21T00%3A00%3A00Z',
    );
  });

  test('an occurrence is a hint at its series, whose own row tells its version', async () => {
    const { stub, exchange } = await outlook((_, { url }) =>
      page(
        [
          { id: 'o1', type: 'occurrence', seriesMasterId: 'lone', '@odata.etag': 'W/"o"' },
          { id: 'o2', type: 'exception', seriesMasterId: 'master', changeKey: 'e', categories: [] },
          { id: 'master', type: 'seriesMaster', changeKey: 'm', categories: ['Golf'] },
          { id: 'o3', type: 'occurrence', seriesMasterId: 'master' },
        ],
        `${base(url)}?$deltatoken=new`,
      ),
    );
    const [answer] = await exchange.changes([
      { domain: 'appointment', holder: ana, feed: calendarFeed, cursor: cursor(stub.url, '2028-11-01') },
    ]);
    expect(changesIn(answer).rows).toEqual([
      { change: 'seen', ref: 'lone', version: '', isMarked: true, sighting: null },
      { change: 'seen', ref: 'master', version: 'm', isMarked: false, sighting: null },
    ]);
  });

  test('a link that leads elsewhere is not followed', async () => {
    const { stub, exchange } = await outlook(() =>
      page([], 'https://elsewhere.example/users/ana/calendarView/delta?$deltatoken=1'),
    );
    const [answer] = await exchange.changes([
      { domain: 'appointment', holder: ana, feed: calendarFeed, cursor: cursor(stub.url, '2028-11-01') },
    ]);
    expect(answer).toMatchObject({ answer: 'failed', failure: { kind: 'unreachable' } });
  });

  test('an event that is not found is deleted where that is how the service shows it', async () => {
    const { exchange } = await outlook(() => error(404, 'ErrorItemNotFound'), {
      calendar: { deletedEvents: 'notFound' },
    });
    const { ref } = await calendar.created(inDays(1));
    expect(await exchange.read([{ domain: 'appointment', holder: ana, ref }])).toEqual([
      { look: 'missing', why: 'deleted' },
    ]);
  });

  const seen = (id: string) => ({ id, type: 'singleInstance', changeKey: 'v', categories: [] });
  const page = (value: readonly unknown[], deltaLink: string): Said => ({
    status: 200,
    body: { value, '@odata.deltaLink': deltaLink },
  });
});

function changesIn(
  answer: ChangeAnswer | undefined,
): Readonly<{ rows: readonly ChangeRow[]; isWhole: boolean; next: string }> {
  if (answer?.answer !== 'changes') throw new Error(JSON.stringify(answer));
  return answer;
}
