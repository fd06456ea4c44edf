import { expect, test } from 'vitest';
import { at, eventPath, mondays, spring, startCalendar, startOf } from './calendar-world.ts';
import { ana, asBody, bruno, textOf } from './graph-world.ts';

const key = 'String {5a0a2f2c-3b6e-4f0e-9d5f-7d4c1c7a9b10} Name RecordId';

test('a new event comes back whole, in UTC, with the defaults Exchange fills in', async () => {
  const { newEvent } = startCalendar();
  const event = await newEvent({
    body: { contentType: 'text', content: 'Agenda' },
    location: { displayName: 'Room 1' },
  });
  expect(event).toMatchObject({
    start: { dateTime: '2027-03-10T08:00:00.0000000', timeZone: 'UTC' },
    originalStartTimeZone: 'W. Europe Standard Time',
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    showAs: 'busy',
    type: 'singleInstance',
    isOrganizer: true,
    organizer: { emailAddress: { name: 'ana', address: ana } },
    bodyPreview: 'Agenda',
    body: { contentType: 'html', content: expect.stringContaining('<div class="PlainText">Agenda</div>') },
    location: { displayName: 'Room 1', uniqueIdType: 'private' },
    locations: [{ displayName: 'Room 1' }],
    recurrence: null,
    onlineMeetingProvider: 'unknown',
  });
  expect(Object.keys(event)).not.toContain('originalStart');
  expect(Object.keys(event)).not.toContain('transactionId');
});

test('times are shown in the preferred zone under the name that was asked for, bodies as preferred text', async () => {
  const { call, newEvent } = startCalendar();
  const event = await newEvent({
    body: {
      contentType: 'html',
      content: '<p>One</p><p>Two &amp; <a href="https://x.example/y">more</a></p>',
    },
  });
  const reply = await call('GET', eventPath(event), {
    headers: { prefer: 'outlook.timezone="Europe/Madrid", outlook.body-content-type="text"' },
  });
  expect(reply.body).toMatchObject({
    start: { dateTime: '2027-03-10T09:00:00.0000000', timeZone: 'Europe/Madrid' },
    body: { contentType: 'text', content: 'One\r\nTwo & more<https://x.example/y>' },
  });
  expect(reply.headers['Preference-Applied']).toContain('outlook.timezone="Europe/Madrid"');
  const wrong = await call('GET', eventPath(event), { headers: { prefer: 'outlook.timezone="Mars"' } });
  expect(wrong).toMatchObject({ status: 400, code: 'TimeZoneNotSupportedException' });
});

test('whole days are never shifted, and must be whole days', async () => {
  const { call, newEvent } = startCalendar();
  const day = { isAllDay: true, start: at('2027-06-01T00:00:00'), end: at('2027-06-04T00:00:00') };
  const event = await newEvent(day);
  expect(event).toMatchObject({ reminderMinutesBeforeStart: 1080 });
  const reply = await call('GET', eventPath(event), {
    headers: { prefer: 'outlook.timezone="Pacific Standard Time"' },
  });
  expect(reply.body['start']).toEqual({
    dateTime: '2027-06-01T00:00:00.0000000',
    timeZone: 'Pacific Standard Time',
  });
  for (const wrong of [
    { ...day, start: at('2027-06-01T08:00:00') },
    { ...day, end: at('2027-06-04T00:00:00', 'UTC') },
    { ...day, end: day.start },
  ]) {
    expect((await call('POST', `/users/${ana}/events`, { body: wrong })).status).toBe(400);
  }
});

test('what Exchange does not take is refused, a moment without length is taken', async () => {
  const { call, newEvent } = startCalendar();
  const start = at('2027-03-10T09:00:00');
  await newEvent({ start, end: start });
  for (const [body, code] of [
    [{ start, end: at('2027-03-10T08:00:00') }, 'ErrorPropertyValidationFailure'],
    [{ start, end: at('2027-03-10T10:00:00', 'Mars Standard Time') }, 'TimeZoneNotSupportedException'],
    [{ start }, 'ErrorPropertyValidationFailure'],
    [{ start, end: start, showAs: 'asleep' }, 'RequestBodyRead'],
    [{ start, end: start, mood: 'good' }, 'RequestBodyRead'],
    [
      { start, end: start, attendees: [{ emailAddress: { name: 'Nobody' } }] },
      'ErrorPropertyValidationFailure',
    ],
    [
      {
        start,
        end: start,
        attendees: Array.from({ length: 501 }, (_, n) => ({ emailAddress: { address: `g${n}@x.example` } })),
      },
      'ErrorInvalidRequest',
    ],
  ] as const) {
    expect(await call('POST', `/users/${ana}/events`, { body })).toMatchObject({ status: 400, code });
  }
});

test('a change leaves unnamed properties alone and moves the version on', async () => {
  const { call, newEvent, patch } = startCalendar();
  const event = await newEvent({ categories: ['Customer'], sensitivity: 'private' });
  const changed = await patch(event, { subject: 'Other', location: { displayName: 'Room 2' } });
  expect(changed).toMatchObject({ subject: 'Other', categories: ['Customer'], sensitivity: 'private' });
  expect(changed['changeKey']).not.toBe(event['changeKey']);
  const headers = { 'if-match': textOf(event['@odata.etag']) };
  expect(await call('PATCH', eventPath(event), { body: { subject: 'Late' }, headers })).toMatchObject({
    status: 412,
    code: 'ErrorIrresolvableConflict',
  });
});

test('the same transaction makes one event, another event under it is refused', async () => {
  const { call, newEvent, switchOn, view } = startCalendar();
  const first = await newEvent({ transactionId: 'a1' });
  expect((await newEvent({ transactionId: 'a1' }))['id']).toBe(first['id']);
  expect(await view(ana)).toHaveLength(1);
  const other = {
    subject: 'Other',
    start: at('2027-03-11T09:00:00'),
    end: at('2027-03-11T10:00:00'),
    transactionId: 'a1',
  };
  const reply = await call('POST', `/users/${ana}/events`, { body: other });
  expect(reply).toMatchObject({ status: 409, code: 'ErrorDuplicateTransactionId' });
  switchOn('transactionsRefused');
  const again = {
    subject: 'Review',
    start: at('2027-03-10T09:00:00'),
    end: at('2027-03-10T10:00:00'),
    transactionId: 'a1',
  };
  expect((await call('POST', `/users/${ana}/events`, { body: again })).status).toBe(409);
});

test('extended properties are kept, found and shown only when asked for by id', async () => {
  const { call, get, newEvent } = startCalendar();
  const stamp = { singleValueExtendedProperties: [{ id: key, value: '1-ABC' }] };
  const event = await newEvent(stamp);
  await newEvent();
  expect(Object.keys(event)).not.toContain('singleValueExtendedProperties');
  const expand = `$expand=${encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${key}')`)}`;
  expect(await get(event, `?${expand}`)).toMatchObject(stamp);
  const filter = encodeURIComponent(
    `singleValueExtendedProperties/Any(ep: ep/id eq '${key}' and ep/value eq '1-ABC')`,
  );
  const found = await call('GET', `/users/${ana}/events?$filter=${filter}&${expand}`);
  expect(found.rows).toMatchObject([{ id: event['id'], ...stamp }]);
});

test('lists are filtered by subject, start and iCalUId, ordered by start and paged', async () => {
  const { call, newEvent } = startCalendar();
  for (const day of ['12', '11', '13']) {
    await newEvent({
      subject: `Day ${day}`,
      start: at(`2027-03-${day}T09:00:00`),
      end: at(`2027-03-${day}T10:00:00`),
    });
  }
  const list = async (query: string) =>
    (await call('GET', `/users/${ana}/events?${query}`)).rows.map((row) => row['subject']);
  expect(await list('$orderby=start/dateTime&$top=2')).toEqual(['Day 11', 'Day 12']);
  expect(await list("$filter=start/dateTime ge '2027-03-12T08:00:00'&$orderby=start/dateTime desc")).toEqual([
    'Day 13',
    'Day 12',
  ]);
  expect(await list("$filter=subject eq 'day 11'")).toEqual(['Day 11']);
  const { iCalUId } = (await call('GET', `/users/${ana}/events`)).rows[2] ?? {};
  expect(await list(`$filter=iCalUId eq '${textOf(iCalUId)}'`)).toEqual(['Day 13']);
});

test('the view shows what overlaps its window, in order, and takes at most 1825 days', async () => {
  const { call, newEvent, view } = startCalendar();
  await newEvent({ subject: 'Years', start: at('2020-01-01T09:00:00'), end: at('2031-01-01T10:00:00') });
  await newEvent({ subject: 'Before', start: at('2027-02-28T09:00:00'), end: at('2027-03-01T01:00:00') });
  await newEvent({ subject: 'Into', start: at('2027-02-28T09:00:00'), end: at('2027-03-01T01:30:00') });
  await newEvent({ subject: 'After', start: at('2027-06-01T02:00:00'), end: at('2027-06-01T03:00:00') });
  await newEvent(mondays(2));
  expect((await view(ana)).map((row) => row['subject'])).toEqual(['Years', 'Into', 'Weekly', 'Weekly']);
  const far = await call('GET', `/users/${ana}/calendarView?startDateTime=2020-01-01&endDateTime=2027-01-01`);
  expect(far).toMatchObject({ status: 400, code: 'ErrorInvalidRequest' });
});

test('rewriting the body of an online meeting without its join link ends it', async () => {
  const { newEvent, patch } = startCalendar();
  const event = await newEvent({ isOnlineMeeting: true, body: { contentType: 'text', content: 'Agenda' } });
  const joinUrl = textOf(asBody(event['onlineMeeting'])['joinUrl']);
  const content = textOf(asBody(event['body'])['content']);
  expect(content).toContain(joinUrl);
  const kept = await patch(event, {
    isOnlineMeeting: false,
    body: { contentType: 'html', content: content.replace('Agenda', 'Topics') },
  });
  expect(kept).toMatchObject({ isOnlineMeeting: true, onlineMeeting: { joinUrl } });
  const lost = await patch(event, { body: { contentType: 'text', content: 'Only this' } });
  expect(lost).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
});

test('calendars beside the default one keep their own events', async () => {
  const { call, newEvent, view } = startCalendar();
  const named = await call('POST', `/users/${ana}/calendars`, { body: { name: 'Projects' } });
  const path = `/users/${ana}/calendars/${textOf(named.body['id'])}`;
  const inside = await call('POST', `${path}/events`, { body: mondays(1) });
  const outside = await newEvent();
  expect((await call('GET', `${path}/calendarView?${spring}`)).rows).toHaveLength(1);
  expect(await view(ana)).toHaveLength(1);
  expect((await call('GET', `${path}/events/${textOf(outside['id'])}`)).status).toBe(404);
  expect((await call('GET', eventPath(inside.body))).status).toBe(200);
  expect((await call('GET', `/users/${ana}/calendars`)).rows).toMatchObject([
    { isDefaultCalendar: true },
    { name: 'Projects' },
  ]);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', eventPath(inside.body))).status).toBe(404);
});

test('a deleted event is not found under any id until it is put back', async () => {
  const { call, graph, newEvent } = startCalendar();
  const event = await newEvent();
  const immutable = textOf((await call('GET', eventPath(event), { immutable: true })).body['id']);
  expect((await call('DELETE', eventPath(event))).status).toBe(204);
  expect((await call('GET', `/users/${ana}/events/${immutable}`)).status).toBe(404);
  const back = textOf(graph.control.restore(ana, immutable));
  expect(back).not.toBe(event['id']);
  expect((await call('GET', `/users/${ana}/events/${back}`)).status).toBe(200);
  expect((await call('GET', `/users/${ana}/events/${immutable}`, { immutable: true })).body['id']).toBe(
    immutable,
  );
  expect(graph.control.archive(ana, back)).toBe(true);
  expect((await call('GET', `/users/${ana}/events/${immutable}`)).status).toBe(404);
  expect(graph.control.restore(ana, back)).not.toBe(back);
});

test('ids of events and of occurrences are translated and change with the mailbox', async () => {
  const { call, graph, newEvent, view } = startCalendar();
  const master = await newEvent(mondays());
  const [first] = await view(ana);
  const body = {
    inputIds: [master['id'], first?.['id']],
    sourceIdType: 'restId',
    targetIdType: 'restImmutableEntryId',
  };
  const { rows } = await call('POST', `/users/${ana}/translateExchangeIds`, { body });
  for (const [index, event] of [master, first ?? {}].entries()) {
    const immutable = (await call('GET', eventPath(event), { immutable: true })).body['id'];
    expect(rows[index]).toMatchObject({ targetId: immutable });
  }
  graph.control.newIds(ana);
  expect((await call('GET', eventPath(master))).status).toBe(404);
  expect(startOf((await view(ana))[0])).toBe(startOf(first));
});

test('a person reaches the own calendar only, and only with the grant', async () => {
  const { call, tokenOf } = startCalendar();
  expect((await call('GET', '/me/events', { token: tokenOf(ana) })).status).toBe(200);
  expect((await call('GET', `/users/${bruno}/events`, { token: tokenOf(ana) })).status).toBe(403);
});

test('extensions and attachments hang on events', async () => {
  const { call, get, newEvent } = startCalendar();
  const event = await newEvent();
  const extension = { extensionName: 'com.example.sync', recordId: '1-ABC' };
  await call('POST', `${eventPath(event)}/extensions`, { body: extension });
  const file = {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'note.txt',
    contentBytes: 'SGVsbG8=',
  };
  await call('POST', `${eventPath(event)}/attachments`, { body: file });
  expect(await get(event, '?$expand=extensions,attachments')).toMatchObject({
    hasAttachments: true,
    extensions: [extension],
    attachments: [{ name: 'note.txt', size: 5 }],
  });
});

test('everything in a calendar outlives a restart', async () => {
  const { deserialize, serialize } = await import('node:v8');
  const before = startCalendar();
  const series = await before.newEvent(mondays());
  const [first, second] = await before.view(ana);
  await before.patch(first ?? {}, { subject: 'Kick-off' });
  await before.call('DELETE', eventPath(second ?? {}));
  const after = startCalendar();
  after.graph.restore(deserialize(serialize(before.graph.saved())));
  expect((await after.view(ana)).map((row) => row['subject'])).toEqual([
    'Kick-off',
    'Weekly',
    'Weekly',
    'Weekly',
  ]);
  expect((await after.get(series))['id']).toBe(series['id']);
});
