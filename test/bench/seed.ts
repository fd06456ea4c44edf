import type { Contact } from '../../shared/contact.ts';
import { markedContact, siebelRow } from './data.ts';
import type { Person } from './desk.ts';
import type { Stage } from './stage.ts';

/** Puts contacts with their accounts into Siebel, on the Sync Lists of these people. Answers the row ids. */
export async function putIntoSiebel(
  stage: Stage,
  contacts: readonly Contact[],
  listedFor: readonly Person[],
): Promise<readonly string[]> {
  const companies = [...new Map(contacts.map((one) => [one.company, one])).values()];
  const rows = companies.map(({ company, office }) => ({
    Name: company ?? 'Nobody',
    Location: office ?? '',
  }));
  const ids = await stage.desk.siebelWrite('POST', 'Account', rows);
  const accounts = new Map(companies.map(({ company }, index) => [company, ids[index] ?? null]));
  const employeeIds = listedFor.map(({ employeeId }) => employeeId);
  return stage.desk.siebelWrite(
    'POST',
    'Contact',
    contacts.map((one) =>
      siebelRow(one, { accountId: accounts.get(one.company) ?? null, listedFor: employeeIds }),
    ),
  );
}

/** Puts contacts into a mailbox, marked for Siebel by their owner. Answers their ids. */
export async function putIntoOutlook(
  stage: Stage,
  contacts: readonly Contact[],
  person: Person,
): Promise<readonly string[]> {
  const url = `/users/${person.userId}/contacts`;
  const answers = await stage.desk.graphBatch(
    person,
    contacts.map((one) => ({ method: 'POST', url, body: markedContact(one) })),
  );
  return answers.map(({ body }) => String(body['id']));
}

/** Puts events into a mailbox as their organizer would; guests are invited. Answers their ids. */
export async function putEvents(
  stage: Stage,
  events: readonly Readonly<Record<string, unknown>>[],
  person: Person,
): Promise<readonly string[]> {
  const url = `/users/${person.userId}/events`;
  const answers = await stage.desk.graphBatch(
    person,
    events.map((body) => ({ method: 'POST', url, body })),
  );
  return answers.map(({ body }) => String(body['id']));
}

/** Lets the server keep these people in step, and waits for every hundred of them until it has loaded them. */
export async function mapAll(stage: Stage, people: readonly Person[]): Promise<void> {
  for (let at = 0; at < people.length; at += mappedAtOnce) {
    await Promise.all(people.slice(at, at + mappedAtOnce).map((person) => stage.map(person)));
    if ((at / mappedAtOnce) % 5 === 4) await stage.quiet();
  }
  await stage.quiet();
}

const mappedAtOnce = 20;

/** The first sync of ten thousand contacts is more than the shipped guard lets pass unasked. */
export async function raiseGuard(stage: Stage): Promise<void> {
  const policy = (await stage.api('GET', '/api/admin/policy')).json as { guards: { creates: unknown } };
  policy.guards.creates = { count: 50_000, percent: null };
  await stage.api('PUT', '/api/admin/policy', policy);
}

/** Lets the ten-minute window of Graph's throttling pass, which the seeding has used up. */
export async function passWindow(stage: Stage): Promise<void> {
  await stage.desk.control('POST', '/clock', { advanceSeconds: 601 });
}
