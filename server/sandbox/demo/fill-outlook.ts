import type { Sandbox } from '../control/desk-input.ts';
import { isRecord, textOr } from '../json.ts';
import type { Person } from '../world.ts';
import type { DemoEvent, DemoException } from './outlook-event.ts';
import type { DemoInvitation } from './outlook-invitations.ts';
import type { DemoOutlookTask } from './outlook-tasks.ts';
import type { DemoContact } from './people.ts';
import { send } from './send.ts';

/** `zones` are those of the people. */
type Company = Readonly<{
  people: readonly Person[];
  contacts: readonly DemoContact[];
  zones: readonly string[];
}>;

type Content = Readonly<{
  events: readonly DemoEvent[];
  invitations: readonly DemoInvitation[];
  tasks: readonly DemoOutlookTask[];
}>;

/**
 * Makes events and tasks through Graph, each by its owner, and has guests answer. These invitations went out long before
 * the demo begins: the outbox is empty afterwards.
 */
export async function fillOutlook(
  sandbox: Sandbox,
  company: Company,
  { events, invitations, tasks }: Content,
): Promise<void> {
  const authorizations = await Promise.all(
    company.people.map(async (person) => `Bearer ${await sandbox.issuer().delegated(person, 'graph')}`),
  );
  for (const event of events) await makeEvent(sandbox, { event, company, authorizations });
  for (const invitation of invitations) receive(sandbox, company, invitation);
  for (const [owner, authorization] of authorizations.entries()) {
    const own = tasks.filter((task) => task.owner === owner);
    await makeTasks(sandbox, authorization, own);
  }
  sandbox.world.outbox.clear();
}

type Making = Readonly<{ event: DemoEvent; company: Company; authorizations: readonly string[] }>;

async function makeEvent({ graph }: Sandbox, { event, company, authorizations }: Making): Promise<void> {
  const authorization = authorizations[event.owner] ?? '';
  const { body } = await send(graph, {
    method: 'POST',
    path: '/v1.0/me/events',
    authorization,
    body: { ...event.fields, ...attendeesOf(event, company) },
  });
  const made = isRecord(body) ? body : {};
  const path = `/v1.0/me/events/${textOr(made['id'], '')}`;
  const zone = company.zones[event.owner] ?? 'UTC';
  for (const exception of event.exceptions) await except(graph, { path, authorization, zone, exception });
  for (const [employee, answer] of Object.entries(event.answers)) {
    await respond(graph, {
      answer,
      iCalUId: textOr(made['iCalUId'], ''),
      authorization: authorizations[Number(employee)] ?? '',
    });
  }
}

function attendeesOf({ employees, contacts }: DemoEvent, company: Company) {
  const colleagues = employees.flatMap((place) => {
    const person = company.people[place];
    return person ? [{ address: person.mailbox, name: person.displayName }] : [];
  });
  const guests = contacts.flatMap((place) => {
    const contact = company.contacts[place];
    return contact ? [{ address: contact.email, name: `${contact.firstName} ${contact.lastName}` }] : [];
  });
  const attendees = [...colleagues, ...guests].map((emailAddress) => ({ emailAddress, type: 'required' }));
  return attendees.length === 0 ? {} : { attendees };
}

type Excepting = Readonly<{ path: string; authorization: string; zone: string; exception: DemoException }>;

/** Changes the occurrence that begins on a day, or calls it off. */
async function except(
  graph: Sandbox['graph'],
  { path, authorization, zone, exception: { day, change } }: Excepting,
): Promise<void> {
  const around = Temporal.PlainDate.from(day);
  const listed = await send(graph, {
    method: 'GET',
    path: `${path}/instances`,
    query: {
      startDateTime: `${around.subtract({ days: 1 }).toString()}T00:00:00Z`,
      endDateTime: `${around.add({ days: 2 }).toString()}T00:00:00Z`,
    },
    authorization,
  });
  const occurrence = listOf(listed.body).find((one) => dayIn(zone, one) === day);
  if (!occurrence) throw new Error(`The demo excepts ${day} from a series that has no such day.`);
  const target = `/v1.0/me/events/${textOr(occurrence['id'], '')}`;
  const request = change === null ? { method: 'DELETE' } : { method: 'PATCH', body: change };
  await send(graph, { ...request, path: target, authorization });
}

/** The day on which an occurrence begins; Graph gives times in UTC. */
function dayIn(zone: string, { start }: Readonly<Record<string, unknown>>): string {
  const time = textOr(isRecord(start) ? start['dateTime'] : null, '');
  return Temporal.Instant.from(`${time}Z`).toZonedDateTimeISO(zone).toPlainDate().toString();
}

type Answering = Readonly<{ answer: string; iCalUId: string; authorization: string }>;

async function respond(
  graph: Sandbox['graph'],
  { answer, iCalUId, authorization }: Answering,
): Promise<void> {
  const found = await send(graph, {
    method: 'GET',
    path: '/v1.0/me/events',
    query: { $filter: `iCalUId eq '${iCalUId}'`, $select: 'id' },
    authorization,
  });
  for (const copy of listOf(found.body)) {
    const path = `/v1.0/me/events/${textOr(copy['id'], '')}/${answer}`;
    await send(graph, { method: 'POST', path, authorization, body: { sendResponse: true } });
  }
}

/** One mailbox takes the message in, and Exchange delivers it to the others it names. */
function receive(
  { graph }: Sandbox,
  { people }: Company,
  { organizer, event, employees }: DemoInvitation,
): void {
  const invited = employees.flatMap((place) => people[place] ?? []);
  const attendees = invited.map(({ mailbox, displayName }) => ({
    emailAddress: { address: mailbox, name: displayName },
    type: 'required',
  }));
  graph.control.invite(invited[0]?.mailbox ?? '', { organizer, event: { ...event, attendees } });
}

async function makeTasks(
  { graph }: Sandbox,
  authorization: string,
  tasks: readonly DemoOutlookTask[],
): Promise<void> {
  const lists = await send(graph, { method: 'GET', path: '/v1.0/me/todo/lists', authorization });
  const main = listOf(lists.body).find((one) => one['wellknownListName'] === 'defaultList');
  for (const { fields } of tasks) {
    const path = `/v1.0/me/todo/lists/${textOr(main?.['id'], '')}/tasks`;
    await send(graph, { method: 'POST', path, authorization, body: fields });
  }
}

function listOf(body: unknown): readonly Readonly<Record<string, unknown>>[] {
  const value = isRecord(body) ? body['value'] : null;
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
