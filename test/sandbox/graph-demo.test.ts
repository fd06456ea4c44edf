import { afterAll, beforeAll, expect, test } from 'vitest';
import { employees } from '../../server/sandbox/demo/names.ts';
import { listOf, sandboxForTests, type Json, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await sandboxForTests();
});
afterAll(() => sandbox.close());

const mailboxes = employees.map(([login]) => `${login.toLowerCase()}@northwind.example`);

type Person = Readonly<{ mailbox: string; get: (path: string) => Promise<Json> }>;

async function personOf(mailbox: string): Promise<Person> {
  const token = await sandbox.desk('POST', '/token', { mailbox, for: 'graph' });
  const headers = { authorization: `Bearer ${token.json['access_token'] ?? ''}` };
  return {
    mailbox,
    get: async (path) => (await sandbox.call('GET', `/graph/v1.0/me/${path}`, { headers })).json,
  };
}

/** What lies in everybody's calendar and task list. */
async function demo() {
  const reset = await sandbox.desk('POST', '/reset', { seed: 'demo' });
  expect(reset.status, reset.text).toBeLessThan(300);
  const people = await Promise.all(mailboxes.map(personOf));
  const events: Json[] = [];
  const tasks: Json[] = [];
  for (const { get } of people) {
    events.push(...listOf((await get('events?$top=200'))['value']));
    const lists = listOf((await get('todo/lists'))['value']);
    for (const list of lists)
      tasks.push(...listOf((await get(`todo/lists/${list['id']}/tasks?$top=200`))['value']));
  }
  return { people, events, tasks, outbox: (await sandbox.desk('GET', '/outbox')).json };
}

const valuesOf = (rows: readonly Json[], ...path: readonly string[]) =>
  new Set(rows.map((row) => path.reduce<Json | undefined>((value, name) => value?.[name], row)));

test('the people of the demo company have calendars and tasks in Outlook, and nobody was mailed', async () => {
  const { people, events, tasks, outbox } = await demo();
  expect(outbox).toEqual([]);
  for (const { mailbox } of people) {
    const own = events.filter((one) => one['organizer']?.['emailAddress']?.['address'] === mailbox);
    expect(own.length, mailbox).toBeGreaterThanOrEqual(8);
  }
  const masters = events.filter((one) => one['type'] === 'seriesMaster');
  expect(valuesOf(masters, 'recurrence', 'pattern', 'type').size).toBe(6);
  expect(valuesOf(masters, 'recurrence', 'range', 'type').size).toBe(3);
  expect(valuesOf(events, 'sensitivity')).toEqual(new Set(['normal', 'private', 'confidential', 'personal']));
  expect(valuesOf(events, 'showAs')).toEqual(
    new Set(['free', 'tentative', 'busy', 'oof', 'workingElsewhere']),
  );
  expect(valuesOf(events, 'isAllDay').size).toBe(2);
  expect(events.filter((one) => String(one['isOnlineMeeting']) === 'true').length).toBeGreaterThanOrEqual(4);
  expect(valuesOf(tasks, 'status')).toEqual(
    new Set(['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred']),
  );
  expect(valuesOf(tasks, 'importance').size).toBe(3);
  expect(tasks.filter((one) => one['recurrence']).length).toBeGreaterThanOrEqual(1);
});

test('meetings lie in the calendars of all who attend, with the answers they gave', async () => {
  const { events } = await demo();
  const copies = events.filter((one) => one['subject'] === 'Price list for next year');
  // Dalia declined.
  expect(copies).toHaveLength(3);
  expect(valuesOf(copies, 'iCalUId').size).toBe(1);
  const organised = copies.find((one) => String(one['isOrganizer']) === 'true');
  const answers = listOf(organised?.['attendees']).map((one) => [
    one['emailAddress']?.['address'],
    one['status']?.['response'],
  ]);
  expect(answers).toEqual([
    ['ana@northwind.example', 'accepted'],
    ['dalia@northwind.example', 'declined'],
    ['ines@northwind.example', 'accepted'],
  ]);
});

test('an invitation from outside lies with all colleagues it was sent to', async () => {
  const { events } = await demo();
  const copies = events.filter((one) => one['subject'] === 'Dealer conference');
  expect(copies).toHaveLength(3);
  expect(valuesOf(copies, 'iCalUId').size).toBe(1);
  expect(valuesOf(copies, 'organizer', 'emailAddress', 'address')).toEqual(
    new Set(['conference@dealers.example']),
  );
});

test('a series has occurrences that were moved, called off and renamed', async () => {
  const { people, events } = await demo();
  const chen = people.find(({ mailbox }) => mailbox.startsWith('chen@'));
  const master = events.find(
    (one) => one['subject'] === 'One to one' && String(one['isOrganizer']) === 'true',
  );
  const path = `events/${master?.['id']}?$select=cancelledOccurrences,exceptionOccurrences&$expand=exceptionOccurrences`;
  const series = await chen?.get(path);
  expect(listOf(series?.['cancelledOccurrences'])).toHaveLength(1);
  expect(valuesOf(listOf(series?.['exceptionOccurrences']), 'subject')).toEqual(
    new Set(['One to one', 'One to one: yearly review']),
  );
});

test('some of it stands in Siebel as well, the same every time', async () => {
  const { events, tasks } = await demo();
  const answer = await sandbox.siebel().get('Action/Action', {
    ViewMode: 'All',
    uniformresponse: 'Y',
    PageSize: '100',
    searchspec: "[Display]='Calendar and Activities'",
  });
  const described = valuesOf(listOf(answer.json['items']), 'Description');
  const known = events.filter((one) => described.has(one['subject'] ?? ('' as Json)));
  expect(known.length).toBeGreaterThanOrEqual(12);
  const shape = (rows: readonly Json[]) =>
    rows.map((one) => [one['subject'] ?? one['title'], one['start'] ?? one['dueDateTime']]);
  const again = await demo();
  expect(shape(again.events)).toEqual(shape(events));
  expect(shape(again.tasks)).toEqual(shape(tasks));
});
