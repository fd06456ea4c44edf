import { isRecord, textOr } from './json.ts';
import type { Sandbox } from './control/desk-input.ts';
import { addUser } from './control/users-route.ts';
import type { DemoActivity, DemoStage } from './demo/activity.ts';
import { demoCalendar } from './demo/calendar.ts';
import { fillOutlook } from './demo/fill-outlook.ts';
import { employees } from './demo/names.ts';
import { outlookCalendar } from './demo/outlook-calendar.ts';
import { outlookInvitations } from './demo/outlook-invitations.ts';
import { outlookTasks } from './demo/outlook-tasks.ts';
import { twinEvents, twinTasks } from './demo/outlook-twins.ts';
import { demoWorld, type DemoContact } from './demo/people.ts';
import { send } from './demo/send.ts';
import { demoTasks } from './demo/tasks.ts';
import type { Person } from './world.ts';

/**
 * Northwind Instruments: a dozen employees with mailboxes, accounts, contacts on Sync Lists, calendars and tasks, and
 * contacts that stand in mailboxes already. Everything but the users is made through the public protocols, as users would make it.
 */
export async function seedDemo(sandbox: Sandbox): Promise<void> {
  const people = employees.map(([login, firstName, lastName, , timeZone]) =>
    addUser(sandbox, {
      login,
      firstName,
      lastName,
      mailbox: `${login.toLowerCase()}@northwind.example`,
      timeZone,
      position: null,
    }),
  );
  await introduceColleagues(sandbox, people);
  const { accounts, contacts } = demoWorld(people.length);
  const accountIds: string[] = [];
  for (const { name, location, place } of accounts) {
    const fields = { Name: name, Location: location, 'Main Phone Number': `${place[4]} 5550000` };
    accountIds.push(await created(sandbox, { login: 'SADMIN', component: 'Account', fields }));
  }
  const contactIds: string[] = [];
  for (const contact of contacts) {
    const login = people[contact.maker]?.login ?? 'SADMIN';
    const fields = siebelFields(contact, { people, accountIds });
    contactIds.push(await created(sandbox, { login, component: 'Contact', fields }));
  }
  const stage = stageOf(sandbox, people, contacts);
  const activities = [...demoCalendar(stage), ...demoTasks(stage)];
  for (const activity of activities) {
    const login = people[activity.owner]?.login ?? 'SADMIN';
    const fields = activityFields(activity, people, { contacts, accountIds, contactIds });
    await created(sandbox, { login, component: 'Action', fields });
  }
  const zones = employees.map(([, , , , timeZone]) => timeZone);
  const scene = { today: stage.today, zones, contacts: stage.contacts.map(({ at }) => at) };
  await fillOutlook(
    sandbox,
    { people, contacts, zones },
    {
      events: [...twinEvents(activities, zones), ...outlookCalendar(scene)],
      invitations: outlookInvitations(scene),
      tasks: [...twinTasks(activities), ...outlookTasks(stage.today, people.length)],
    },
  );
  await fillMailboxes(sandbox, people, { contacts, companies: accounts.map(({ name }) => name) });
}

/** Titles and telephones of the employees, and every third with two colleagues on their Sync List. */
async function introduceColleagues(sandbox: Sandbox, people: readonly Person[]): Promise<void> {
  for (const [at, person] of people.entries()) {
    const title = employees[at]?.[3] ?? '';
    const listing = [people[at - 1], people[at - 2]].flatMap((one) =>
      one?.employeeId ? [{ Id: one.employeeId }] : [],
    );
    const fields = {
      'Job Title': title,
      'Work Phone #': `+49 30 5557${String(100 + at)}`,
      ...(at % 3 === 2 ? { 'Sync List': listing } : {}),
    };
    await send(sandbox.siebel, {
      method: 'PUT',
      path: `/v1.0/data/Employee/Employee/${person.employeeId}`,
      authorization: basic('SADMIN'),
      body: fields,
    });
  }
}

function siebelFields(
  contact: DemoContact,
  { people, accountIds }: Readonly<{ people: readonly Person[]; accountIds: readonly string[] }>,
): Readonly<Record<string, unknown>> {
  const { place, account } = contact;
  const address = {
    'Street Address': contact.street,
    City: place[0],
    State: place[1],
    'Postal Code': place[2],
    Country: place[3],
  };
  return {
    'First Name': contact.firstName,
    'Last Name': contact.lastName,
    'Email Address': contact.email,
    'Job Title': contact.title,
    'Work Phone #': contact.workPhone,
    'Cellular Phone #': contact.mobilePhone,
    'Personal Contact': contact.isPersonal ? 'Y' : 'N',
    ...(contact.birthday === null ? {} : { 'Birth Date': contact.birthday }),
    ...(account === null ? {} : { 'Account Id': accountIds[account] }),
    [contact.isPersonal ? 'Personal Address' : 'Business Address']: [address],
    'Sync List': contact.listed.map((at) => ({ Id: people[at]?.employeeId })),
  };
}

type Customers = Readonly<{
  contacts: readonly DemoContact[];
  accountIds: readonly string[];
  contactIds: readonly string[];
}>;

/** The day the demo begins, and whom its people meet. */
function stageOf({ world }: Sandbox, people: readonly Person[], contacts: readonly DemoContact[]): DemoStage {
  const now = Temporal.Instant.from(world.now().toISOString());
  return {
    today: now.toZonedDateTimeISO('UTC').toPlainDate(),
    employeeCount: people.length,
    contacts: contacts.flatMap(({ isPersonal, maker }, at) => (isPersonal ? [] : [{ at, maker }])),
  };
}

function activityFields(
  { fields, employees: others, contacts: guests, missing }: DemoActivity,
  people: readonly Person[],
  { contacts, accountIds, contactIds }: Customers,
): Readonly<Record<string, unknown>> {
  const account = contacts[guests[0] ?? -1]?.account ?? null;
  return {
    ...fields,
    ...(account === null ? {} : { 'Account Id': accountIds[account] }),
    Employee: others.map((at) => ({ Id: people[at]?.employeeId })),
    Contact: guests.map((at) => ({ Id: contactIds[at] })),
    'Action Exception': missing.map((start) => ({ 'Exception Date': start })),
  };
}

type Stock = Readonly<{ contacts: readonly DemoContact[]; companies: readonly string[] }>;

/**
 * What people had in Outlook before: every fourth listed contact under the same e-mail address (half of them marked),
 * some under another address but the same name and company, and a few that Siebel does not know.
 */
async function fillMailboxes(
  sandbox: Sandbox,
  people: readonly Person[],
  { contacts, companies }: Stock,
): Promise<void> {
  for (const [at, person] of people.entries()) {
    const own = contacts.filter(({ listed, isPersonal }) => listed.includes(at) && !isPersonal);
    const authorization = `Bearer ${await sandbox.issuer().delegated(person, 'graph')}`;
    for (const [place, contact] of own.entries()) {
      const company = contact.account === null ? '' : (companies[contact.account] ?? '');
      const known = outlookContact(contact, company);
      if (place % 4 === 0) await toOutlook(sandbox, authorization, place % 8 === 0 ? marked(known) : known);
      if (place % 4 === 2 && company !== '' && place % 3 === 2) {
        const elsewhere = { ...known, emailAddresses: [{ address: `private.${contact.email}` }] };
        await toOutlook(sandbox, authorization, elsewhere);
      }
    }
    await toOutlook(sandbox, authorization, {
      givenName: 'Alex',
      surname: `Neighbour ${at + 1}`,
      mobilePhone: '+49 170 5550199',
    });
    const lead = {
      givenName: 'Robin',
      surname: `Lead ${at + 1}`,
      emailAddresses: [{ address: `robin.lead${at + 1}@prospect.example` }],
    };
    await toOutlook(sandbox, authorization, marked(lead));
  }
}

type OutlookContact = Readonly<Record<string, unknown>>;

function outlookContact(contact: DemoContact, company: string): OutlookContact {
  return {
    givenName: contact.firstName,
    surname: contact.lastName,
    emailAddresses: [{ address: contact.email, name: `${contact.firstName} ${contact.lastName}` }],
    ...(company === '' ? {} : { companyName: company }),
    ...(contact.mobilePhone === '' ? {} : { mobilePhone: contact.mobilePhone }),
  };
}

function marked(contact: OutlookContact): OutlookContact {
  return { ...contact, categories: ['Siebel Contact'] };
}

async function toOutlook({ graph }: Sandbox, authorization: string, body: OutlookContact): Promise<void> {
  await send(graph, { method: 'POST', path: '/v1.0/me/contacts', authorization, body });
}

/** Inserts a record as a Siebel user; answers its id. */
async function created(
  { siebel }: Sandbox,
  {
    login,
    component,
    fields,
  }: Readonly<{ login: string; component: string; fields: Readonly<Record<string, unknown>> }>,
): Promise<string> {
  const answer = await send(siebel, {
    method: 'POST',
    path: `/v1.0/data/${component}/${component}`,
    authorization: basic(login),
    body: fields,
  });
  const items = isRecord(answer.body) ? answer.body['items'] : null;
  return isRecord(items) ? textOr(items['Id'], '') : '';
}

function basic(login: string): string {
  return `Basic ${Buffer.from(`${login}:${login}`).toString('base64')}`;
}
