/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what the sandbox answers */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttp } from '../../server/connectors/http.ts';
import { readCalendarFile } from '../../server/files/calendar/read-calendar.ts';
import { deskOf } from '../../server/sandbox-desk.ts';
import { startSandbox, type Sandbox } from '../../server/sandbox/sandbox.ts';
import { appleExport, googleExport, outlookExport } from './calendar-exports.ts';

/** A person's own export in a mailbox of the sandbox, as `npm start -- --calendar` puts it there. */
const http = createHttp({ concurrency: 4, timeoutMs: 10_000, clock: { now: () => 0 } });
const mailbox = 'ana@example.com';
const categories = { appointment: 'Siebel Calendar', task: 'Siebel Task' };
let sandbox: Sandbox;
let token = '';

const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
  const headers = {
    'content-type': 'application/json',
    prefer: 'outlook.timezone="Europe/Berlin", outlook.body-content-type="text"',
    ...(path.startsWith('/graph') && { authorization: `Bearer ${token}` }),
  };
  const text = body === undefined ? null : JSON.stringify(body);
  const answer = await http.request({ method, url: `${sandbox.url}${path}`, headers, body: text });
  if (answer.answer === 'failed' || answer.status >= 300)
    throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.json as Readonly<Record<string, unknown>>;
};

type Row = Readonly<Record<string, unknown> & { subject: string; start: { dateTime: string } }>;
const rows = async (path: string) =>
  (await ask('GET', `/graph/v1.0/users/${mailbox}${path}`))['value'] as readonly Row[];
const view = (from: string, to: string) =>
  rows(`/calendarView?startDateTime=${from}&endDateTime=${to}&$top=500`);

async function load(text: string) {
  const desk = deskOf(sandbox.url, http);
  const zone = await desk.zoneOf(mailbox);
  const read = readCalendarFile({ name: 'x.ics', bytes: Buffer.from(text), zone, today: '2026-11-22' });
  let told = 0;
  const refused = await desk.addCalendar({ mailbox, read, categories, tell: (done) => (told = done) });
  return { zone, read, refused, told };
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  await ask('POST', '/sandbox/reset', { seed: 'empty' });
  const user = { login: 'ANA', firstName: 'Ana', lastName: 'Alvez', mailbox, timeZone: 'Europe/Berlin' };
  await ask('POST', '/sandbox/users', [user]);
  ({ access_token: token } = (await ask('POST', '/sandbox/token', { mailbox, for: 'graph' })) as {
    access_token: string;
  });
});
afterAll(async () => {
  await http.close();
  await sandbox.close();
});

test('an export of Outlook lies in the mailbox with its series as they are, and nobody was written to', async () => {
  const { zone, refused, told } = await load(outlookExport);
  expect({ zone, refused, told }).toEqual({ zone: 'Europe/Berlin', refused: [], told: 4 });
  const seen = await view('2026-10-20T00:00:00Z', '2027-01-01T00:00:00Z');
  const starts = (subject: RegExp) =>
    seen.filter((one) => subject.test(one.subject)).map(({ start }) => start.dateTime.slice(0, 16));
  expect(starts(/^Jour fixe/)).toEqual([
    '2026-10-26T09:00',
    '2026-11-03T11:00',
    '2026-11-23T09:00',
    '2026-11-30T09:00',
    '2026-12-07T09:00',
    '2026-12-14T09:00',
    '2026-12-21T09:00',
    '2026-12-28T09:00',
  ]);
  expect(starts(/Abschluss/)).toEqual(['2026-10-31T17:00', '2026-11-30T17:00', '2026-12-31T17:00']);
  expect(seen.find(({ subject }) => subject === 'Weihnachten')).toMatchObject({
    isAllDay: true,
    sensitivity: 'private',
    showAs: 'oof',
    categories: ['Siebel Calendar'],
  });
  expect(seen.find(({ subject }) => subject === 'Jour fixe')).toMatchObject({
    categories: ['Kunde', 'Wichtig', 'Siebel Calendar'],
    attendees: [],
    importance: 'high',
    reminderMinutesBeforeStart: 15,
  });
  expect(await ask('GET', '/sandbox/outbox')).toEqual([]);
});

test('the tasks of an export lie in the default list', async () => {
  await load(outlookExport);
  const [list] = await rows('/todo/lists');
  const tasks = await rows(`/todo/lists/${String(list?.['id'])}/tasks`);
  expect(tasks).toMatchObject([
    { title: 'Angebot schreiben', status: 'inProgress', importance: 'high', categories: ['Siebel Task'] },
  ]);
});

test('an export of Google keeps its hours over the change of the clocks', async () => {
  const { refused } = await load(googleExport);
  expect(refused).toEqual([]);
  const seen = await view('2026-10-25T00:00:00Z', '2026-12-31T00:00:00Z');
  const standUps = seen.filter(({ subject }) => subject.startsWith('Stand-up'));
  expect(standUps.slice(0, 5).map(({ start }) => start.dateTime.slice(0, 16))).toEqual([
    '2026-10-28T14:30',
    '2026-10-30T14:30',
    '2026-11-02T15:30',
    '2026-11-04T20:00',
    '2026-11-06T15:30',
  ]);
  expect(standUps.map(({ start }) => start.dateTime.slice(0, 10))).not.toContain('2026-11-27');
  expect(standUps.at(-1)?.start.dateTime.slice(0, 10)).toBe('2026-12-02');
});

test('an export of Apple is loaded with its further dates', async () => {
  const { refused } = await load(appleExport);
  expect(refused).toEqual([]);
  const seen = await view('2026-10-01T00:00:00Z', '2027-01-31T00:00:00Z');
  const books = seen.filter(({ subject }) => subject.startsWith('Book club'));
  expect(books.map(({ start }) => start.dateTime.slice(0, 16))).toEqual([
    '2026-10-13T18:00',
    '2026-11-10T20:00',
    '2026-11-20T18:00',
    '2027-01-12T18:00',
  ]);
});

test('an occurrence that moved past its neighbours becomes an event of its own', async () => {
  const text = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:d',
    'DTSTART;TZID=Europe/Berlin:20261201T090000',
    'DTEND;TZID=Europe/Berlin:20261201T093000',
    'RRULE:FREQ=DAILY;COUNT=5',
    'SUMMARY:Daily',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:d',
    'RECURRENCE-ID;TZID=Europe/Berlin:20261202T090000',
    'DTSTART;TZID=Europe/Berlin:20261204T150000',
    'DTEND;TZID=Europe/Berlin:20261204T153000',
    'SUMMARY:Daily (moved)',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n');
  expect((await load(text)).refused).toEqual([]);
  const seen = await view('2026-11-30T00:00:00Z', '2026-12-31T00:00:00Z');
  expect(seen.map(({ subject, start }) => `${start.dateTime.slice(8, 13)} ${subject}`)).toEqual([
    '01T09 Daily',
    '03T09 Daily',
    '04T09 Daily',
    '04T15 Daily (moved)',
    '05T09 Daily',
  ]);
});
