import { expect, onTestFinished, test } from 'vitest';
import {
  answersOf,
  at,
  chen,
  eventPath,
  guest,
  invited,
  mondays,
  startCalendar,
  startOf,
  type CalendarWorld,
} from './calendar-world.ts';
import { ana, bruno, textOf, type Body } from './graph-world.ts';
import { sandboxForTests } from './siebel-client.ts';

/** Ana's meeting with Bruno, Chen and a guest from outside, its invitations already sent. */
async function meeting(body: Body = {}) {
  const world = startCalendar();
  const event = await world.newEvent({ ...invited('Bruno@Example.com', chen, guest), ...body });
  const [copy = {}] = await world.view(bruno);
  return { ...world, event, copy, sent: world.mails() };
}

const respond = ({ call }: CalendarWorld, copy: Body, answer: string, body: Body = {}) =>
  call('POST', `${eventPath(copy, bruno)}/${answer}`, { body: { comment: '', ...body } });

test('who is invited has a copy before the answer comes, and one mail goes out', async () => {
  const { copy, event, sent, view, world } = await meeting();
  expect(sent).toEqual([`invitation ${bruno}, ${chen}, ${guest}: Review`]);
  expect(world.outbox.all()).toMatchObject([{ from: ana, iCalUId: event['iCalUId'] }]);
  expect(event).toMatchObject({ isOrganizer: true, responseStatus: { response: 'organizer' } });
  expect(copy).toMatchObject({
    iCalUId: event['iCalUId'],
    isOrganizer: false,
    organizer: { emailAddress: { address: ana } },
    responseStatus: { response: 'notResponded' },
    showAs: 'tentative',
    categories: [],
  });
  expect(copy['id']).not.toBe(event['id']);
  expect(await view(chen)).toHaveLength(1);
});

test('a guest is reached under an alias, once', async () => {
  const { graph, mails, newEvent, view } = startCalendar();
  graph.control.aliases(bruno, ['b.test@example.com']);
  await newEvent(invited('B.Test@example.com', bruno, ana));
  expect(await view(bruno)).toHaveLength(1);
  expect(await view(ana)).toHaveLength(1);
  expect(mails()).toEqual([`invitation b.test@example.com, ${bruno}: Review`]);
});

test('nobody hears of categories, reminders, show-as, sensitivity and extended properties', async () => {
  const { copy, event, get, mails, patch } = await meeting();
  await patch(event, {
    categories: ['Customer'],
    reminderMinutesBeforeStart: 5,
    isReminderOn: false,
    showAs: 'oof',
    sensitivity: 'private',
    singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '2' }],
  });
  expect(mails()).toEqual([]);
  expect((await get(copy, '', bruno))['changeKey']).toBe(copy['changeKey']);
});

test('guests hear of what they can see, and only when it changes', async () => {
  const { copy, event, get, mails, patch, switchOn } = await meeting();
  await patch(event, { subject: 'Review', body: { contentType: 'html', content: '' } });
  expect(mails()).toEqual([]);
  await patch(event, { location: { displayName: 'Room 1' }, categories: ['Customer'] });
  expect(mails()).toEqual([`update ${bruno}, ${chen}, ${guest}: Review`]);
  expect(await get(copy, '', bruno)).toMatchObject({ location: { displayName: 'Room 1' }, categories: [] });
  switchOn('mailsUnchanged');
  await patch(event, { subject: 'Review' });
  expect(mails()).toHaveLength(1);
});

test('a change of the list of guests alone is told to those who come and go', async () => {
  const { event, mails, patch, view } = await meeting();
  await patch(event, invited(bruno, 'new@outside.example'));
  expect(mails()).toEqual([
    `cancellation ${chen}, ${guest}: Review`,
    'invitation new@outside.example: Review',
  ]);
  expect(await view(chen)).toEqual([]);
  await patch(event, { ...invited(bruno, chen), subject: 'Reviews' });
  expect(mails()).toEqual([
    `update ${bruno}: Reviews`,
    'cancellation new@outside.example: Reviews',
    `invitation ${chen}: Reviews`,
  ]);
  expect(await view(chen)).toHaveLength(1);
});

test('an answer reaches the organiser when it is sent, and counts until the meeting moves', async () => {
  const world = await meeting();
  const { copy, event, get, mails, patch } = world;
  expect((await respond(world, copy, 'accept')).status).toBe(202);
  expect(mails()).toEqual([`response ${ana}: Review`]);
  expect(answersOf(await get(event))).toEqual([
    `Bruno@Example.com accepted`,
    `${chen} none`,
    `${guest} none`,
  ]);
  expect(await get(copy, '', bruno)).toMatchObject({
    showAs: 'busy',
    responseStatus: { response: 'accepted' },
  });
  await patch(event, { subject: 'Reviews' });
  expect(answersOf(await get(event))[0]).toBe('Bruno@Example.com accepted');
  await patch(event, { start: at('2027-03-10T11:00:00'), end: at('2027-03-10T12:00:00') });
  expect(answersOf(await get(event))[0]).toBe('Bruno@Example.com none');
  expect(await get(copy, '', bruno)).toMatchObject({
    showAs: 'tentative',
    responseStatus: { response: 'notResponded' },
  });
});

test('a silent answer stays with the guest, and a declined meeting leaves the calendar', async () => {
  const world = await meeting();
  const { copy, event, get, mails, view } = world;
  await respond(world, copy, 'tentativelyAccept', { SendResponse: false });
  expect(mails()).toEqual([]);
  expect(answersOf(await get(event))[0]).toBe('Bruno@Example.com none');
  const proposedNewTime = { start: at('2027-03-11T09:00:00'), end: at('2027-03-11T10:00:00') };
  expect((await respond(world, copy, 'decline', { sendResponse: false, proposedNewTime })).status).toBe(400);
  await respond(world, copy, 'decline', { sendResponse: true, proposedNewTime });
  expect(mails()).toEqual([`response ${ana}: Review`]);
  expect(await view(bruno)).toEqual([]);
  expect((await get(event))['attendees']).toMatchObject([
    { status: { response: 'declined' }, proposedNewTime },
    {},
    {},
  ]);
});

test('what only the organiser may do is refused to guests, and answering to the organiser', async () => {
  const world = await meeting();
  const { call, copy, event } = world;
  const refused = await respond(world, copy, 'cancel');
  expect(refused).toMatchObject({
    status: 400,
    body: {
      error: { message: "Your request can't be completed. You need to be an organizer to cancel a meeting." },
    },
  });
  expect((await call('POST', `${eventPath(event)}/accept`, { body: {} })).status).toBe(400);
});

test('a guest who deletes the copy tells nobody', async () => {
  const { call, copy, event, get, mails, patch, view } = await meeting();
  await call('DELETE', eventPath(copy, bruno));
  expect(mails()).toEqual([]);
  expect(await view(bruno)).toEqual([]);
  expect(answersOf(await get(event))[0]).toBe('Bruno@Example.com none');
  await patch(event, { subject: 'Reviews' });
  expect(await view(bruno)).toEqual([]);
});

test('what a guest changes stays in the copy until the next update', async () => {
  const { call, copy, event, get, mails, patch, switchOn } = await meeting();
  await patch(copy, { subject: 'Mine', categories: ['Own'], showAs: 'free' }, bruno);
  expect(mails()).toEqual([]);
  expect((await get(event))['subject']).toBe('Review');
  await patch(event, { location: { displayName: 'Room 1' } });
  expect(await get(copy, '', bruno)).toMatchObject({
    subject: 'Review',
    categories: ['Own'],
    showAs: 'free',
  });
  switchOn('attendeeEditsRefused');
  expect((await call('PATCH', eventPath(copy, bruno), { body: { subject: 'No' } })).status).toBe(400);
  await patch(copy, { categories: [] }, bruno);
});

test('deleting and cancelling call a meeting off, deleting an appointment tells nobody', async () => {
  for (const [method, path] of [
    ['DELETE', ''],
    ['POST', '/cancel'],
    ['POST', '/permanentDelete'],
  ] as const) {
    const { call, event, mails, view } = await meeting();
    expect((await call(method, `${eventPath(event)}${path}`, { body: {} })).status).toBeLessThan(300);
    expect(mails()).toEqual([`cancellation ${bruno}, ${chen}, ${guest}: Review`]);
    for (const mailbox of [ana, bruno, chen]) expect(await view(mailbox)).toEqual([]);
  }
  const { call, mails, newEvent } = startCalendar();
  await call('DELETE', eventPath(await newEvent()));
  expect(mails()).toEqual([]);
});

test('a forwarded meeting has one guest more', async () => {
  const world = await meeting(invited(bruno));
  const { copy, event, get, mails, view } = world;
  const toRecipients = [{ emailAddress: { address: chen } }];
  expect((await respond(world, copy, 'forward', { ToRecipients: toRecipients })).status).toBe(202);
  expect(mails()).toEqual([`invitation ${chen}: Review`]);
  expect(answersOf(await get(event))).toEqual([`${bruno} none`, `${chen} none`]);
  expect(await view(chen)).toMatchObject([{ iCalUId: event['iCalUId'], isOrganizer: false }]);
});

test('a series is one invitation; a change and a cancellation of one occurrence reach the guests', async () => {
  const { call, mails, patch, sent, view, world } = await meeting(mondays());
  expect(sent).toEqual([`invitation ${bruno}, ${chen}, ${guest}: Weekly`]);
  const [first = {}, second = {}] = await view(ana);
  await patch(second, { subject: 'Special' });
  expect(mails()).toEqual([`update ${bruno}, ${chen}, ${guest}: Special`]);
  expect(world.outbox.all().at(-1)?.iCalUId).toBe(second['iCalUId']);
  await call('DELETE', eventPath(first));
  expect(mails()).toEqual([`cancellation ${bruno}, ${chen}, ${guest}: Weekly`]);
  const theirs = await view(bruno);
  expect(theirs.map((row) => row['subject'])).toEqual(['Special', 'Weekly', 'Weekly', 'Weekly']);
  expect(theirs[0]).toMatchObject({ type: 'exception', iCalUId: second['iCalUId'] });
});

test('a change of a series is mailed for the series and for each exception', async () => {
  const { event, mails, patch, view } = await meeting({ ...mondays(), ...invited(bruno) });
  const [first = {}] = await view(ana);
  await patch(first, { subject: 'Special' });
  mails();
  await patch(event, { location: { displayName: 'Room 1' } });
  expect(mails()).toEqual([`update ${bruno}: Weekly`, `update ${bruno}: Special`]);
});

test('one occurrence can be answered, declined and deleted by a guest', async () => {
  const world = await meeting({ ...mondays(3), ...invited(bruno) });
  const { call, get, mails, view } = world;
  const [first = {}, second = {}, third = {}] = await view(bruno);
  await respond(world, first, 'accept');
  await respond(world, second, 'decline');
  await call('DELETE', eventPath(third, bruno));
  expect(mails()).toEqual([`response ${ana}: Weekly`, `response ${ana}: Weekly`]);
  const ours = await view(ana);
  expect(ours.map((row) => answersOf(row)[0])).toEqual([
    `${bruno} accepted`,
    `${bruno} declined`,
    `${bruno} none`,
  ]);
  expect(await view(bruno)).toMatchObject([{ type: 'exception', responseStatus: { response: 'accepted' } }]);
  expect((await get({ id: ours[0]?.['seriesMasterId'] }))['type']).toBe('seriesMaster');
});

test('a guest of one occurrence has that one alone, and none when taken off again', async () => {
  const { event, mails, patch, view, world } = await meeting({ ...mondays(), ...invited(bruno) });
  const [, second = {}] = await view(ana);
  await patch(second, invited(bruno, chen));
  expect(mails()).toEqual([`invitation ${chen}: Weekly`]);
  const alone = await view(chen);
  expect(alone).toMatchObject([{ type: 'singleInstance', iCalUId: second['iCalUId'] }]);
  expect(world.outbox.all().at(-1)?.iCalUId).toBe(second['iCalUId']);
  await patch(second, invited(chen));
  expect(mails()).toEqual([`cancellation ${bruno}: Weekly`]);
  expect((await view(bruno)).map(startOf)).not.toContain(startOf(second));
  await patch(event, invited(bruno, chen));
  expect(mails()).toEqual([`invitation ${chen}: Weekly`]);
  expect(await view(chen)).toHaveLength(5);
});

test('a meeting from outside arrives at all guests, is updated and called off', async () => {
  const { get, graph, mails, view } = startCalendar();
  const organizer = { address: 'host@outside.example', name: 'Host' };
  const event = {
    subject: 'Visit',
    start: at('2027-03-10T09:00:00'),
    end: at('2027-03-10T10:00:00'),
    ...invited(bruno, chen),
  };
  const { id = '', iCalUId = '' } = graph.control.invite(bruno, { organizer, event }) ?? {};
  expect(await get({ id }, '', bruno)).toMatchObject({
    iCalUId,
    isOrganizer: false,
    organizer: { emailAddress: organizer },
  });
  expect(await view(chen)).toHaveLength(1);
  graph.control.invite(bruno, { organizer, event: { ...event, subject: 'Long visit', iCalUId } });
  expect((await view(chen)).map((row) => row['subject'])).toEqual(['Long visit']);
  expect(graph.control.callOff(bruno, { iCalUId })).toBe(true);
  expect(await view(chen)).toEqual([]);
  expect(mails()).toEqual([]);
});

test('the answer of a guest outside arrives at the organiser', async () => {
  const { event, get, graph } = await meeting();
  const message = { iCalUId: textOf(event['iCalUId']), from: guest.toUpperCase(), response: 'accepted' };
  expect(graph.control.respond(ana, message)).toBe(true);
  expect(answersOf(await get(event))[2]).toBe(`${guest} accepted`);
});

test('a retried POST of a meeting invites nobody again', async () => {
  const { mails, newEvent, sent } = await meeting({ transactionId: 'once' });
  expect(sent).toHaveLength(1);
  await newEvent({ ...invited('Bruno@Example.com', chen, guest), transactionId: 'once' });
  expect(mails()).toEqual([]);
});

test('writing the same time in another zone, or the body as it was read, is no change', async () => {
  const { event, get, mails, patch } = await meeting({ body: { contentType: 'text', content: 'Agenda' } });
  const { body, start, end } = await get(event);
  await patch(event, { body, start, end });
  expect(mails()).toEqual([]);
});

test('a series from outside comes with its exceptions and with a zone nobody knows', async () => {
  const { graph, view } = startCalendar();
  const organizer = { address: 'host@outside.example', name: 'Host' };
  const { iCalUId = '' } =
    graph.control.invite(bruno, {
      organizer,
      event: { ...mondays(4), ...invited(bruno), originalStartTimeZone: 'tzone://Microsoft/Custom' },
      exceptions: [{ date: '2027-03-22', event: { subject: 'Special' } }],
      cancelled: ['2027-03-29'],
    }) ?? {};
  const found = await view(bruno);
  expect(found.map((row) => row['subject'])).toEqual(['Weekly', 'Special', 'Weekly']);
  expect(found[0]).toMatchObject({ originalStartTimeZone: 'tzone://Microsoft/Custom' });
  graph.control.callOff(bruno, { iCalUId, date: '2027-04-05' });
  expect(await view(bruno)).toHaveLength(2);
  expect(() => graph.control.invite(bruno, { organizer: { address: ana }, event: mondays() })).toThrow(
    'sandbox',
  );
});

test('where the service is not known to do so, switches decide', async () => {
  const { call, copy, event, newEvent, patch, switchOn, view } = await meeting(invited(bruno));
  for (const name of ['updatesRevive', 'keepsExceptions', 'blankRecurrenceZones', 'deletedEventsFound'])
    switchOn(name);
  const immutable = (await call('GET', eventPath(copy, bruno), { immutable: true })).body;
  await call('DELETE', eventPath(copy, bruno));
  expect((await call('GET', eventPath(immutable, bruno))).status).toBe(200);
  await patch(event, { subject: 'Again' });
  expect((await view(bruno)).map((row) => row['subject'])).toEqual(['Again']);
  const days = { isAllDay: true, start: at('2027-03-15T00:00:00'), end: at('2027-03-16T00:00:00') };
  const master = await newEvent({ ...mondays(), ...days, ...invited(bruno) });
  await patch((await view(ana))[1] ?? {}, { subject: 'Kept' });
  await patch(master, { end: at('2027-03-17T00:00:00') });
  expect((await view(ana))[1]?.['subject']).toBe('Kept');
  const theirs = await call('GET', `/users/${bruno}/events?$filter=subject eq 'Weekly'`);
  expect(theirs.rows).toMatchObject([{ recurrence: { range: { recurrenceTimeZone: '' } } }]);
});

test('the control desk brings what people outside send, and says what it cannot read', async () => {
  const sandbox = await sandboxForTests();
  onTestFinished(() => sandbox.close());
  await sandbox.desk('POST', '/users', [
    { login: 'BRUNO', firstName: 'Bruno', lastName: 'Test', mailbox: bruno },
  ]);
  const at9 = { dateTime: '2027-03-10T09:00:00', timeZone: 'UTC' };
  const event = { subject: 'Visit', start: at9, end: at9, ...invited(bruno) };
  const desk = (action: string, body: unknown) => sandbox.desk('POST', `/mailboxes/${bruno}/${action}`, body);
  const organizer = { address: 'host@outside.example', name: 'Host' };
  const made = await desk('invitations', { organizer, event });
  expect(made.status).toBe(201);
  expect((await desk('invitations', { organizer, event: { subject: 'When?' } })).status).toBe(400);
  const iCalUId = String(made.json['iCalUId']);
  expect((await desk('responses', { iCalUId, from: 'x@outside.example', response: 'accepted' })).status).toBe(
    404,
  );
  expect((await desk('cancellations', { iCalUId })).status).toBe(200);
  expect((await desk('cancellations', { iCalUId })).status).toBe(404);
});
