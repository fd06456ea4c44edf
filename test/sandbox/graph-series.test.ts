import { fc } from '../support/property.ts';
import { expect, test } from 'vitest';
import { at, eventPath, mondays, spring, startCalendar, startOf } from './calendar-world.ts';
import { ana, asBody, textOf, type Body } from './graph-world.ts';

const rows = (list: unknown): readonly Body[] => (Array.isArray(list) ? list.map(asBody) : []);

test('a series keeps its wall time over a change of clocks', async () => {
  const { newEvent, view } = startCalendar();
  const master = await newEvent(mondays());
  expect(master).toMatchObject({
    type: 'seriesMaster',
    recurrence: {
      pattern: { type: 'weekly', index: 'first', month: 0 },
      range: { endDate: '0001-01-01', recurrenceTimeZone: 'W. Europe Standard Time', numberOfOccurrences: 5 },
    },
  });
  expect((await view(ana)).map(startOf)).toEqual([
    '2027-03-15T08:00',
    '2027-03-22T08:00',
    '2027-03-29T07:00',
    '2027-04-05T07:00',
    '2027-04-12T07:00',
  ]);
});

test('a rule counts in the zone it names', async () => {
  const { newEvent, view } = startCalendar();
  const { recurrence } = mondays(2);
  const { pattern, range } = asBody(recurrence);
  await newEvent({
    start: at('2027-03-14T22:00:00', 'UTC'),
    end: at('2027-03-14T23:00:00', 'UTC'),
    recurrence: { pattern, range: { ...asBody(range), recurrenceTimeZone: 'Tokyo Standard Time' } },
  });
  expect((await view(ana)).map(startOf)).toEqual(['2027-03-14T22:00', '2027-03-21T22:00']);
});

test('a start that does not fit the pattern moves to the first day that does', async () => {
  const { newEvent } = startCalendar();
  const master = await newEvent({
    ...mondays(),
    start: at('2027-03-16T09:00:00'),
    end: at('2027-03-16T09:30:00'),
  });
  expect(startOf(master)).toBe('2027-03-22T08:00');
});

test('an occurrence that is changed becomes an exception under the same id', async () => {
  const { call, get, newEvent, patch, view } = startCalendar();
  const master = await newEvent(mondays());
  const second = (await view(ana))[1] ?? {};
  expect(second).toMatchObject({
    type: 'occurrence',
    seriesMasterId: master['id'],
    originalStart: '2027-03-22T08:00:00Z',
    recurrence: null,
  });
  const moved = { start: at('2027-03-23T11:00:00'), end: at('2027-03-23T11:30:00'), subject: 'Moved' };
  const exception = await patch(second, moved);
  expect(exception).toMatchObject({
    id: second['id'],
    type: 'exception',
    originalStart: '2027-03-22T08:00:00Z',
  });
  expect((await view(ana)).map((row) => row['subject'])).toEqual([
    'Weekly',
    'Moved',
    'Weekly',
    'Weekly',
    'Weekly',
  ]);
  await call('DELETE', eventPath((await view(ana))[3] ?? {}));
  const query = '?$select=subject,exceptionOccurrences,cancelledOccurrences&$expand=exceptionOccurrences';
  const whole = await get(master, query);
  expect(whole['cancelledOccurrences']).toEqual([`OID.${textOf(master['id'])}.2027-04-05`]);
  expect(rows(whole['exceptionOccurrences'])).toMatchObject([{ subject: 'Moved', type: 'exception' }]);
  expect(Object.keys(await get(master))).not.toContain('cancelledOccurrences');
  const instances = await call('GET', `${eventPath(master)}/instances?${spring}`);
  expect(instances.rows).toHaveLength(4);
});

test('a deleted occurrence is gone, its siblings stay', async () => {
  const { call, newEvent, view } = startCalendar();
  await newEvent(mondays());
  const [first = {}] = await view(ana);
  await call('DELETE', eventPath(first));
  expect((await call('GET', eventPath(first))).status).toBe(404);
  expect(startOf((await view(ana))[0])).toBe('2027-03-22T08:00');
});

test('an occurrence may not move to the day of a neighbour nor past it', async () => {
  const { call, newEvent, view } = startCalendar();
  await newEvent(mondays());
  const [first = {}, second = {}] = await view(ana);
  const moveTo = (event: Body, day: string) =>
    call('PATCH', eventPath(event), { body: { start: at(`${day}T10:00:00`), end: at(`${day}T11:00:00`) } });
  for (const day of ['2027-03-15', '2027-03-14', '2027-03-29', '2027-04-30']) {
    expect(await moveTo(second, day)).toMatchObject({ status: 400, code: 'ErrorOccurrenceCrossingBoundary' });
  }
  expect((await moveTo(second, '2027-03-16')).status).toBe(200);
  expect((await moveTo(first, '2027-03-16')).status).toBe(400);
  expect((await moveTo(first, '2027-02-01')).status).toBe(200);
});

test('another time discards exceptions, another end or subject keeps them', async () => {
  const { call, newEvent, patch, view } = startCalendar();
  const master = await newEvent(mondays());
  const [first = {}, second = {}, third = {}] = await view(ana);
  await patch(first, { subject: 'Kick-off' });
  await call('DELETE', eventPath(third));
  await patch(second, { location: { displayName: 'Room 2' } });
  await patch(master, { subject: 'Standup' });
  const subjects = async () => (await view(ana)).map((row) => row['subject']);
  expect(await subjects()).toEqual(['Kick-off', 'Standup', 'Standup', 'Standup']);
  const { pattern } = asBody(mondays()['recurrence']);
  const range = { type: 'endDate', startDate: '2027-03-15', endDate: '2027-03-29' };
  await patch(master, { recurrence: { pattern, range } });
  expect(await subjects()).toEqual(['Kick-off', 'Standup']);
  await patch(master, { start: at('2027-03-15T10:00:00'), end: at('2027-03-15T10:30:00') });
  expect(await subjects()).toEqual(['Standup', 'Standup', 'Standup']);
});

test('a series can end and a single event can begin to repeat', async () => {
  const { newEvent, patch, view } = startCalendar();
  const master = await newEvent(mondays());
  expect(await patch(master, { recurrence: null })).toMatchObject({
    type: 'singleInstance',
    id: master['id'],
  });
  expect(await view(ana)).toHaveLength(1);
  await patch(master, { recurrence: mondays(3)['recurrence'] });
  expect(await view(ana)).toHaveLength(3);
});

test('whole days that repeat stay on their dates and name midnight of their zone', async () => {
  const { newEvent, view } = startCalendar();
  await newEvent({
    ...mondays(3),
    isAllDay: true,
    start: at('2027-03-15T00:00:00', 'Tokyo Standard Time'),
    end: at('2027-03-16T00:00:00', 'Tokyo Standard Time'),
  });
  const found = await view(ana);
  expect(found.map(startOf)).toEqual(['2027-03-15T00:00', '2027-03-22T00:00', '2027-03-29T00:00']);
  expect(found[0]).toMatchObject({ originalStart: '2027-03-14T15:00:00Z' });
});

test('a window far from the start of a series without end costs no more than a near one', async () => {
  const { call, newEvent } = startCalendar();
  await newEvent({
    ...mondays(),
    recurrence: {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'noEnd', startDate: '2027-03-15' },
    },
  });
  const far = await call(
    'GET',
    `/users/${ana}/calendarView?startDateTime=2090-03-01T00:00:00Z&endDateTime=2090-03-08T00:00:00Z&$top=50`,
  );
  expect(far.rows).toHaveLength(7);
});

test('what the view shows is what lies in the window, whatever was moved and taken out', async () => {
  const step = fc.record({
    at: fc.nat(11),
    what: fc.constantFrom('move', 'delete', 'rename'),
    hours: fc.integer({ min: -20, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.nat(80),
      fc.nat(40),
      async (steps, from, length) => {
        const { call, newEvent, view } = startCalendar();
        const master = await newEvent(mondays(12));
        for (const { at: index, what, hours } of steps) {
          const found = (await view(ana))[index];
          if (!found) continue;
          const ms =
            Date.parse(`${textOf(asBody(found['start'])['dateTime']).slice(0, 19)}Z`) + hours * 3_600_000;
          const time = (later: number) => at(new Date(ms + later).toISOString().slice(0, 19), 'UTC');
          const body = what === 'rename' ? { subject: 'Other' } : { start: time(0), end: time(1_800_000) };
          await (what === 'delete'
            ? call('DELETE', eventPath(found))
            : call('PATCH', eventPath(found), { body }));
        }
        const day = (offset: number) => new Date(Date.UTC(2027, 2, 1 + offset)).toISOString();
        const window = `startDateTime=${day(from)}&endDateTime=${day(from + length)}`;
        const inside = (await view(ana)).filter(
          (row) => `${startOf(row)}:00.000Z` < day(from + length) && endOf(row) > day(from),
        );
        const seen = await call('GET', `/users/${ana}/calendarView?${window}&$top=100`);
        expect(seen.rows.map((row) => row['id'])).toEqual(inside.map((row) => row['id']));
        const instances = await call('GET', `${eventPath(master)}/instances?${window}&$top=100`);
        expect(instances.rows).toEqual(seen.rows);
      },
    ),
    { numRuns: 25 },
  );
});

const endOf = (row: Body) => `${textOf(asBody(row['end'])['dateTime']).slice(0, 16)}:00.000Z`;
