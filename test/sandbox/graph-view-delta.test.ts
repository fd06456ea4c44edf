import { afterEach, expect, test } from 'vitest';
import { createIndex, singlesNear } from '../../server/sandbox/graph/calendar/event-index.ts';
import {
  at,
  eventPath,
  invited,
  mondays,
  spring,
  startCalendar,
  type CalendarWorld,
} from './calendar-world.ts';
import { ana, bruno, startListener, textOf, type Body, type Options } from './graph-world.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const start = `/users/${ana}/calendarView/delta?${spring}`;

/** Follows a round to its end; the rows of all pages and the link for the next round. */
async function round({ call }: CalendarWorld, link = start, options: Options = {}) {
  const rows: Body[] = [];
  for (let next = link, pages = 1; ; pages++) {
    const page = await call('GET', next, options);
    expect(page.status).toBe(200);
    rows.push(...page.rows);
    const deltaLink = textOf(page.body['@odata.deltaLink']);
    if (deltaLink !== '') return { rows, deltaLink, pages };
    next = textOf(page.body['@odata.nextLink']);
    expect(next).not.toBe('');
  }
}

const removed = (event: Body) => ({
  '@odata.type': '#microsoft.graph.event',
  id: event['id'],
  '@removed': { reason: 'deleted' },
});

test('a first round lists what lies in the window: events whole, series with skeletons and exceptions', async () => {
  const calendar = startCalendar();
  const { newEvent, patch, view } = calendar;
  const single = await newEvent();
  await newEvent({ start: at('2027-02-01T09:00:00'), end: at('2027-02-01T10:00:00') });
  const master = await newEvent({
    ...mondays(3),
    start: at('2027-02-22T09:00:00'),
    end: at('2027-02-22T09:30:00'),
  });
  await patch((await view(ana))[0] ?? {}, { subject: 'Special' });
  const { rows } = await round(calendar);
  expect(rows.map((row) => row['type'])).toEqual([
    'singleInstance',
    'seriesMaster',
    'exception',
    'occurrence',
  ]);
  expect(rows[0]).toMatchObject({ id: single['id'], subject: 'Review' });
  expect(rows[1]).toMatchObject({ id: master['id'], start: { dateTime: '2027-02-22T08:00:00.0000000' } });
  expect(Object.keys(rows[3] ?? {}).sort()).toEqual(
    ['@odata.type', '@odata.etag', 'id', 'seriesMasterId', 'type', 'start', 'end'].sort(),
  );
  expect(rows[2]).toMatchObject({ subject: 'Special', seriesMasterId: master['id'] });
});

test('later rounds tell what changed; what changed outside the window comes as removed, known or not', async () => {
  const calendar = startCalendar();
  const { call, newEvent, patch } = calendar;
  const inside = await newEvent();
  const leaving = await newEvent();
  const dying = await newEvent();
  const first = await round(calendar);
  await patch(inside, { subject: 'Changed' });
  await patch(leaving, { start: at('2028-01-01T09:00:00'), end: at('2028-01-01T10:00:00') });
  await call('DELETE', eventPath(dying));
  const far = await newEvent({ start: at('2020-01-01T09:00:00'), end: at('2020-01-01T10:00:00') });
  const second = await round(calendar, first.deltaLink);
  expect(second.rows).toMatchObject([
    { id: inside['id'], subject: 'Changed' },
    removed(leaving),
    removed(dying),
    removed(far),
  ]);
  expect((await round(calendar, second.deltaLink)).rows).toEqual([]);
});

test('a deleted occurrence has no row of its own: its series and its siblings come again', async () => {
  const calendar = startCalendar();
  const { call, newEvent, view } = calendar;
  const master = await newEvent(mondays());
  const first = await round(calendar);
  const [gone = {}] = await view(ana);
  await call('DELETE', eventPath(gone));
  const { rows } = await round(calendar, first.deltaLink);
  expect(rows.map((row) => row['type'])).toEqual([
    'seriesMaster',
    ...Array.from({ length: 4 }, () => 'occurrence'),
  ]);
  expect(rows.map((row) => row['id'])).not.toContain(gone['id']);
  await call('DELETE', eventPath(master));
  expect((await round(calendar, first.deltaLink)).rows).toEqual([removed(master)]);
});

test('a series is not split over pages, and empty stretches make no pages', async () => {
  const calendar = startCalendar();
  const { newEvent } = calendar;
  for (let n = 0; n < 30; n++)
    await newEvent({ start: at('2020-01-01T09:00:00'), end: at('2020-01-01T10:00:00') });
  await newEvent(mondays());
  await newEvent(mondays());
  const prefer = { headers: { prefer: 'odata.maxpagesize=3, outlook.timezone="Tokyo Standard Time"' } };
  const { pages, rows } = await round(calendar, start, prefer);
  expect(pages).toBe(2);
  expect(rows).toHaveLength(12);
  expect(rows[0]?.['start']).toEqual({
    dateTime: '2027-03-15T17:00:00.0000000',
    timeZone: 'Tokyo Standard Time',
  });
});

test('the window and its parameters belong to the first request', async () => {
  const calendar = startCalendar();
  const { call } = calendar;
  const { deltaLink } = await round(calendar, `${start}&$select=subject`);
  expect((await call('GET', `${deltaLink}&startDateTime=2020-01-01`)).status).toBe(400);
  expect((await call('GET', `/users/${ana}/calendarView/delta`)).status).toBe(400);
  expect((await call('GET', `${start}&$filter=subject eq 'x'`)).status).toBe(400);
  expect((await call('GET', `${start}&$expand=extensions`)).status).toBe(500);
  const long = 'startDateTime=2020-01-01T00:00:00Z&endDateTime=2027-01-01T00:00:00Z';
  expect((await call('GET', `/users/${ana}/calendarView/delta?${long}`)).status).toBe(400);
});

test('a token dies by a fault, by a mailbox move and in another calendar', async () => {
  const calendar = startCalendar();
  const { call, graph, world } = calendar;
  const { deltaLink } = await round(calendar);
  world.faults.add({ side: 'graph', path: 'calendarView/delta', kind: 'expire-delta', times: 1 });
  expect(await call('GET', deltaLink)).toMatchObject({ status: 410, code: 'SyncStateNotFound' });
  const named = await call('POST', `/users/${ana}/calendars`, { body: { name: 'Projects' } });
  const other = deltaLink.replace('/calendarView', `/calendars/${textOf(named.body['id'])}/calendarView`);
  expect((await call('GET', other)).status).toBe(410);
  graph.control.newIds(ana);
  expect((await call('GET', deltaLink)).status).toBe(410);
});

test('removed rows name the id the caller prefers', async () => {
  const calendar = startCalendar();
  const { call, newEvent } = calendar;
  const event = await newEvent();
  const immutable = (await call('GET', eventPath(event), { immutable: true })).body['id'];
  const { deltaLink } = await round(calendar);
  await call('DELETE', eventPath(event));
  expect((await round(calendar, deltaLink)).rows).toMatchObject([{ id: event['id'] }]);
  expect((await round(calendar, deltaLink, { immutable: true })).rows).toMatchObject([{ id: immutable }]);
});

test('subscribers hear of events, of a guest’s copies too, and of a series for its occurrence', async () => {
  const calendar = startCalendar();
  const { call, graph, newEvent, patch, view, world } = calendar;
  const listener = await startListener();
  open.push(listener.close, () => void graph.close());
  const subscribe = (resource: string) =>
    call('POST', '/subscriptions', {
      body: {
        changeType: 'created,updated,deleted',
        notificationUrl: listener.url,
        resource,
        expirationDateTime: new Date(world.now().getTime() + 3_600_000).toISOString(),
      },
    });
  expect((await subscribe(`users/${bruno}/events`)).status).toBe(201);
  const { body } = await call('GET', `/users/${ana}/calendar`);
  expect((await subscribe(`users/${ana}/calendars/${textOf(body['id'])}/events`)).status).toBe(201);
  expect((await subscribe(`users/${ana}/calendarView`)).status).toBe(400);
  await call('POST', `/users/${ana}/contacts`, { body: { surname: 'Lopez' } });
  const master = await newEvent({ ...mondays(), ...invited(bruno) });
  await patch((await view(ana))[0] ?? {}, { categories: ['Customer'] });
  await call('DELETE', eventPath(master));
  const rows = await listener.until(({ length }) => length >= 5);
  const ours = rows.filter((row) => textOf(row['resource']).endsWith(`/Events/${textOf(master['id'])}`));
  expect(ours.map((row) => row['changeType'])).toEqual(['created', 'updated', 'deleted']);
  expect(ours[0]).toMatchObject({
    resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: master['id'] },
  });
  expect(rows.length - ours.length).toBe(2);
});

test('a view looks at what may lie in its window, not at the whole calendar', async () => {
  const calendar = startCalendar();
  for (let n = 0; n < 1000; n++) {
    const day = new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10);
    await calendar.newEvent({ start: at(`${day}T09:00:00`), end: at(`${day}T10:00:00`) });
  }
  const week = 'startDateTime=2022-03-01T00:00:00Z&endDateTime=2022-03-08T00:00:00Z';
  expect((await calendar.call('GET', `/users/${ana}/calendarView?${week}`)).rows).toHaveLength(7);
  const near = singlesNear(indexOf(1000), Date.UTC(2022, 2, 1), Date.UTC(2022, 2, 8));
  expect(near.length).toBeLessThan(40);
});

/** An event a day from 2020 on. */
function indexOf(days: number) {
  const numbers = Array.from({ length: days }, (_, n) => n);
  const starts = numbers.map((n) => Date.UTC(2020, 0, 1 + n, 9));
  return { ...createIndex(), starts, numbers };
}
