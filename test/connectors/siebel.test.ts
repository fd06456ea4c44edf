/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import type {
  CreateRequest,
  Holder,
  Sighting,
  SiebelConnector,
  Stamp,
} from '../../server/connectors/connector.ts';
import { change } from './change.ts';
import { contactIn } from '../../server/connectors/siebel/names.ts';
import { siebelDefaults } from '../../server/connectors/siebel/settings.ts';
import { sightingIn } from './contract.ts';
import { person } from './contract-samples.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld();
let siebel: SiebelConnector;
let number = 1000;

beforeEach(async () => {
  await world().desk('DELETE', 'faults');
  siebel = world().connectorWith({});
});

const request = (change: Partial<Contact> = {}, holder = world().ana): CreateRequest => {
  number += 1;
  return {
    holder,
    stamp: `own-${number}` as Stamp,
    kind: 'business',
    ownerIfUnknown: null,
    item: { ...person(number), ...change },
  };
};
const made = async (change: Partial<Contact> = {}) => sightingIn((await siebel.create([request(change)]))[0]);
const updateOf = (sighting: Sighting, more: Partial<Contact>) => change(world().ana, sighting, more);
const changed = async (sighting: Sighting, change: Partial<Contact>) => {
  const [answer] = await siebel.update([updateOf(sighting, change)]);
  if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
  return { now: answer.now, notes: answer.notes };
};
const pathOf = ({ ref }: Sighting) => ref.replace('Contact/', 'Contact/Contact/');

describe('people on a record', () => {
  it('a new contact is on its holder’s list and team', async () => {
    expect(await made()).toMatchObject({ members: ['ANA'], team: ['ANA', 'SADMIN'] });
  });

  it('is put on and taken off lists beside other changes, with one write and one read', async () => {
    const one = await made();
    const two = await made();
    await world().requests();
    const answers = await siebel.update([
      { ...updateOf(one, { nickname: 'Mia' }), list: { add: [world().bruno], drop: [] } },
      { ...updateOf(two, {}), list: { add: [world().bruno], drop: [] } },
    ]);
    expect(await world().requests()).toBe(2);
    expect(answers.map(sightingIn).map(({ members }) => members)).toEqual([
      ['ANA', 'BRUNO'],
      ['ANA', 'BRUNO'],
    ]);
    const [after] = await siebel.update([{ ...updateOf(one, {}), list: { add: [], drop: [world().ana] } }]);
    expect(sightingIn(after).members).toEqual(['BRUNO']);
  });

  it('are told by the census in pages, with everything of each record', async () => {
    const many = Array.from({ length: 130 }, () => request({}, world().bruno));
    await siebel.create(many);
    const [first, second] = await siebel.census([
      { login: world().bruno.login, kinds: ['contact'], from: {}, offset: 0 },
      { login: world().bruno.login, kinds: ['contact'], from: {}, offset: 100 },
    ]);
    if (first?.answer !== 'page' || second?.answer !== 'page') throw new Error('The census failed.');
    expect(first.sightings).toHaveLength(100);
    expect(first.total).toBe(100 + second.sightings.length);
    expect(first.sightings.every(({ members }) => members.includes(world().bruno.login))).toBe(true);
    const [nobody] = await siebel.census([
      { login: 'CHEN' as Holder['login'], kinds: ['contact'], from: {}, offset: 0 },
    ]);
    expect(nobody).toEqual({ answer: 'page', total: 0, sightings: [] });
  });

  it('of whom there are more than a page are all read', async () => {
    const one = await made();
    const users = Array.from({ length: 120 }, (_, index) => ({
      login: `MANY${index}`,
      firstName: 'Many',
      lastName: String(index),
      mailbox: `many${index}@example.com`,
      timeZone: 'UTC',
    }));
    const people = (await world().desk('POST', 'users', users)) as readonly { employeeId: string }[];
    const list = people.map(({ employeeId }) => ({ Id: employeeId }));
    await world().siebel('PUT', `${pathOf(one)}/Sync%20List`, { 'Sync List': list.slice(0, 60) });
    await world().siebel('PUT', `${pathOf(one)}/Sync%20List`, { 'Sync List': list.slice(60) });
    const [look] = await siebel.read([{ domain: 'contact', holder: null, ref: one.ref }]);
    expect(look?.look === 'found' && look.sighting.members).toHaveLength(121);
  });

  it('are employees too: listed ones are handed out and never written', async () => {
    await world().siebel('PUT', `Employee/Employee/${world().bruno.employeeId}/Sync%20List`, {
      Id: world().ana.employeeId,
    });
    const [page] = await siebel.census([
      { login: world().ana.login, kinds: ['employee'], from: {}, offset: 0 },
    ]);
    if (page?.answer !== 'page' || page.sightings[0] === undefined)
      throw new Error('No employee was listed.');
    const [employee] = page.sightings;
    expect(employee).toMatchObject({
      kind: 'employee',
      members: ['ANA'],
      item: { firstName: 'BRUNO', email1: 'bruno@example.com' },
    });
    const { now, notes } = await changed({ ...employee, item: employee.item }, { lastName: 'Changed' });
    expect(contactIn(now.item).lastName).toBe('Test');
    expect(notes).toMatchObject([{ field: 'lastName', what: 'refused' }]);
    expect(
      await siebel.remove([
        {
          domain: 'contact',
          holder: world().ana,
          ref: employee.ref,
          version: employee.version,
          how: 'unlist',
        },
      ]),
    ).toMatchObject([{ outcome: 'done' }]);
    const [known, nobody] = (await siebel.employees([
      world().ana.login,
      'NOBODY' as Holder['login'],
    ])) as readonly unknown[];
    expect(known).toMatchObject({
      id: world().ana.employeeId,
      login: 'ANA',
      email: 'ana@example.com',
      timeZone: 'UTC',
      isActive: true,
    });
    expect(nobody).toBeNull();
  });
});

describe('companies', () => {
  it('find their account by name and place, ignoring case, and are created where there is none', async () => {
    const first = await made({ company: 'Acme', office: 'Ulm' });
    expect(first.item).toMatchObject({ company: 'Acme', office: 'Ulm' });
    const second = await made({ company: 'ACME', office: 'ulm' });
    expect(second.item).toMatchObject({ company: 'Acme', office: 'Ulm' });
    const third = await made({ company: 'Acme', office: 'Bonn' });
    expect(third.item).toMatchObject({ company: 'Acme', office: 'Bonn' });
    const [answer] = await siebel.create([request({ company: 'Acme' })]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { company: null } },
      notes: [{ field: 'company', what: 'refused' }],
    });
  });

  it('stay in Outlook where the policy creates none', async () => {
    const policy = {
      fieldMap: {},
      employeeFieldMap: {},
      customFields: [],
      newAccounts: 'keep-in-outlook',
      defaultAccount: null,
      activity: siebelDefaults.policy().activity,
    } as const;
    const [answer] = await world()
      .connectorWith({ policy: () => policy })
      .create([request({ company: 'Nowhere Ltd' })]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { company: null } },
      notes: [{ field: 'company' }],
    });
  });

  it('are cleared, but never so that another one steps in', async () => {
    const one = await made({ company: 'Solo' });
    expect(contactIn((await changed(one, { company: null })).now.item).company).toBeNull();
    const two = await made({ company: 'Solo' });
    const moved = (await changed(two, { company: 'Second' })).now;
    const { now, notes } = await changed(moved, { company: null });
    expect(contactIn(now.item).company).toBe('Second');
    expect(notes).toMatchObject([{ field: 'company', what: 'refused' }]);
  });

  it('take business addresses without a company when the policy names an account', async () => {
    await made({ company: 'House Account', office: 'Ulm' });
    const defaultAccount = { name: 'House Account', location: 'Ulm' };
    const policy = {
      fieldMap: {},
      employeeFieldMap: {},
      customFields: [],
      newAccounts: 'create',
      defaultAccount,
      activity: siebelDefaults.policy().activity,
    } as const;
    const [answer] = await world()
      .connectorWith({ policy: () => policy })
      .create([request({ businessCity: 'Ulm' })]);
    expect(sightingIn(answer).item).toMatchObject({ company: 'House Account', businessCity: 'Ulm' });
  });

  it('that are renamed change all their contacts', async () => {
    const one = await made({ company: 'Old Name' });
    const start = await nextOf(null);
    await nextOf(start);
    const accounts = (await world().siebel(
      'GET',
      'Account/Account?uniformresponse=Y&searchspec=%5BName%5D%3D%22Old%20Name%22',
    )) as {
      items: readonly { Id: string }[];
    };
    const seen = await answerOf(start);
    await world().siebel('PUT', `Account/Account/${accounts.items[0]?.Id}`, { Name: 'New Name' });
    const after = await answerOf(seen.next);
    expect(after.rows).toMatchObject([{ ref: one.ref, sighting: { item: { company: 'New Name' } } }]);
  });
});

describe('addresses', () => {
  it('change in place, keep their split, and go when emptied', async () => {
    const one = await made({
      homeStreet: '1 Main Street\nFloor 2',
      homeCity: 'Ulm',
      businessCity: 'Bonn',
      company: 'Acme',
      office: 'Ulm',
    });
    const moved = (await changed(one, { homeCity: 'Berlin', homeState: 'BE' })).now;
    expect(moved.item).toMatchObject({
      homeStreet: '1 Main Street\nFloor 2',
      homeCity: 'Berlin',
      businessCity: 'Bonn',
    });
    const rows = (await world().siebel('GET', `${pathOf(one)}/Personal%20Address?uniformresponse=Y`)) as {
      items: readonly unknown[];
    };
    expect(rows.items).toMatchObject([
      { 'Street Address': '1 Main Street', 'Street Address 2': 'Floor 2', City: 'Berlin' },
    ]);
    const gone = await changed(moved, {
      homeStreet: null,
      homeCity: null,
      homeState: null,
      homePostalCode: null,
    });
    expect(gone.now.item).toMatchObject({ homeStreet: null, homeCity: null, businessCity: 'Bonn' });
  });

  it('stay when another one would take their place', async () => {
    const one = await made();
    await world().siebel('PUT', `${pathOf(one)}/Personal%20Address`, { City: 'Second City' });
    const [seen] = await siebel.read([{ domain: 'contact', holder: null, ref: one.ref }]);
    if (seen?.look !== 'found') throw new Error('The contact is not there.');
    const { now, notes } = await changed(seen.sighting, {
      homeStreet: null,
      homeCity: null,
      homePostalCode: null,
    });
    expect(contactIn(now.item).homeCity).toBe('Springfield');
    expect(notes.map(({ field, what }) => [field, what])).toEqual([
      ['homeStreet', 'refused'],
      ['homeCity', 'refused'],
      ['homePostalCode', 'refused'],
    ]);
  });
});

describe('what goes wrong', () => {
  const fault = (one: object) =>
    world().desk('POST', 'faults', [{ side: 'siebel', path: 'Contact/Contact', ...one }]);

  it('an answer lost after the commit makes no second contact', async () => {
    const requests = [request(), request()];
    await siebel.create([request()]);
    await fault({ kind: 'drop-after-commit', method: 'POST', times: 1 });
    const answers = await siebel.create(requests);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    const found = await siebel.find(
      requests.map(({ stamp }) => ({ by: 'stamp', domain: 'contact', holder: world().ana, stamp })),
    );
    expect(found.map((one) => one.answer === 'found' && one.sightings.length)).toEqual([1, 1]);
  });

  it('a request that never arrived is tried again later, and nothing was made', async () => {
    const one = request();
    await fault({ kind: 'drop-before', method: 'POST', times: 1 });
    expect(await siebel.create([one])).toMatchObject([{ outcome: 'unreachable' }]);
    expect(
      await siebel.find([{ by: 'stamp', domain: 'contact', holder: world().ana, stamp: one.stamp }]),
    ).toEqual([{ answer: 'found', sightings: [] }]);
  });

  it('one bad contact among a hundred is refused alone', async () => {
    const requests = Array.from({ length: 100 }, (_, index) =>
      request(index === 41 ? { lastName: null } : {}),
    );
    const answers = await siebel.create(requests);
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(99);
    expect(answers[41]).toMatchObject({ outcome: 'refused', field: 'lastName' });
  });

  it('a required field that is emptied stays, and the rest is written', async () => {
    const one = await made();
    const { now, notes } = await changed(one, { lastName: null, nickname: 'Mia' });
    expect(now.item).toMatchObject({ lastName: contactIn(one.item).lastName, nickname: 'Mia' });
    expect(notes).toMatchObject([{ field: 'lastName', what: 'refused' }]);
  });

  it('a contact deleted just before its update is gone, and is not made anew', async () => {
    const one = await made();
    await world().siebel('DELETE', pathOf(one));
    expect(await siebel.update([updateOf(one, { firstName: 'A', lastName: 'Ghost' })])).toEqual([
      { outcome: 'gone' },
    ]);
    const ghost = { ...emptyContact, firstName: 'A', lastName: 'Ghost' };
    const found = await siebel.find([
      { by: 'identity', domain: 'contact', holder: world().ana, item: ghost, scope: 'all' },
    ]);
    expect(found).toEqual([{ answer: 'found', sightings: [] }]);
  });

  it('a listing that shows nothing proves no deletion', async () => {
    const sightings = [await made(), await made()];
    await fault({ kind: 'empty-list', method: 'GET' });
    const looks = await siebel.read(sightings.map(({ ref }) => ({ domain: 'contact', holder: null, ref })));
    expect(looks.map(({ look }) => look)).toEqual(['failed', 'failed']);
  });

  it('a census that is cut off is a failure', async () => {
    await siebel.create(Array.from({ length: 120 }, () => request({}, world().ana)));
    await fault({ kind: 'partial-page', method: 'GET' });
    expect(
      await siebel.census([{ login: world().ana.login, kinds: ['contact'], from: {}, offset: 0 }]),
    ).toMatchObject([{ answer: 'failed' }]);
  });

  it('wrong credentials that run as a guest prove no deletion', async () => {
    const one = await made();
    await world().desk('POST', 'behaviour', { 'siebel.anonymousFallback': true });
    const guest = world().connectorWith({ auth: { scheme: 'basic', user: 'SADMIN', password: 'wrong' } });
    expect(await guest.read([{ domain: 'contact', holder: null, ref: one.ref }])).toMatchObject([
      { look: 'failed', failure: { kind: 'unauthorized' } },
    ]);
    await world().desk('POST', 'behaviour', { 'siebel.anonymousFallback': false });
    expect(await guest.read([{ domain: 'contact', holder: null, ref: one.ref }])).toMatchObject([
      { look: 'failed', failure: { kind: 'unauthorized', reach: 'side' } },
    ]);
  });

  it('a proxy’s page is no answer', async () => {
    const one = await made();
    await world().desk('POST', 'behaviour', { 'siebel.htmlErrors': true });
    await fault({ kind: 'status', status: 502, method: 'GET', times: 5 });
    expect(await siebel.read([{ domain: 'contact', holder: null, ref: one.ref }])).toMatchObject([
      { look: 'failed', failure: { kind: 'unreachable' } },
    ]);
    await world().desk('POST', 'behaviour', { 'siebel.htmlErrors': false });
  });

  it('a Siebel that compares versions says stale', async () => {
    const one = await made();
    await world().desk('POST', 'behaviour', { 'siebel.modificationKey': true });
    await world().siebel('PUT', pathOf(one), { 'Job Title': 'Newer' });
    const strict = world().connectorWith({ modificationKey: true });
    expect(await strict.update([updateOf(one, { jobTitle: 'Older' })])).toEqual([{ outcome: 'stale' }]);
    await world().desk('POST', 'behaviour', { 'siebel.modificationKey': false });
  });

  it('a Siebel that refuses children inside their record gets them one by one', async () => {
    await world().desk('POST', 'behaviour', { 'siebel.nestedChildren': false });
    const [one, two] = await siebel.create([request(), request()]);
    expect([sightingIn(one), sightingIn(two)]).toMatchObject([
      { members: ['ANA'], item: { homeCity: 'Springfield' } },
      { members: ['ANA'], item: { homeCity: 'Springfield' } },
    ]);
    await world().desk('POST', 'behaviour', { 'siebel.nestedChildren': true });
  });
});

describe('how many requests it takes', () => {
  it('creates 250 contacts with their lists, teams and addresses in seven', async () => {
    await siebel.create([request()]);
    await world().requests();
    await siebel.create(Array.from({ length: 250 }, () => request()));
    // One for the holder's position, three arrays, three reads of a hundred at most.
    expect(await world().requests()).toBe(7);
  });

  it('polls for everybody in five right after a burst, and in two when it is quiet', async () => {
    const start = await nextOf(null);
    const quiet = await nextOf(start);
    await world().requests();
    const answer = await answerOf(quiet);
    expect(answer.rows).toEqual([]);
    expect(await world().requests()).toBeLessThanOrEqual(5);
    await world().desk('POST', 'clock', { advanceSeconds: 1200 });
    const later = await nextOf(await nextOf(answer.next));
    await world().requests();
    expect((await answerOf(later)).rows).toEqual([]);
    expect(await world().requests()).toBe(2);
  });

  it('sees a record that was committed late into the overlap of a burst', async () => {
    await siebel.create(Array.from({ length: 110 }, () => request()));
    const start = await nextOf(await nextOf(null));
    await world().desk('POST', 'behaviour', { 'siebel.lateCommitSeconds': 120 });
    const late = await made();
    await world().desk('POST', 'behaviour', { 'siebel.lateCommitSeconds': 0 });
    const answer = await answerOf(start);
    expect(answer.rows.map(({ ref }) => ref)).toContain(late.ref);
    await world().siebel('PUT', pathOf(late), { 'Job Title': 'Changed within the second' });
    expect((await answerOf(answer.next)).rows).toMatchObject([{ ref: late.ref }]);
  });

  it('recognises 500 people by looking once through all of them', async () => {
    await world().requests();
    const asked = Array.from({ length: 500 }, (_, index) => ({ ...person(90_000 + index), email2: null }));
    await siebel.find(
      asked.map(
        (item) =>
          ({ by: 'identity', domain: 'contact', holder: world().ana, item, scope: 'sales-rep' }) as const,
      ),
    );
    expect(await world().requests()).toBeLessThan(12);
  });

  it('follows a burst through many pages without losing one', async () => {
    const start = await nextOf(await nextOf(null));
    const answers = await siebel.create(Array.from({ length: 230 }, () => request()));
    const refs = new Set(answers.map(sightingIn).map(({ ref }) => ref));
    const burst = await answerOf(start);
    expect(burst.rows.filter(({ ref }) => refs.has(ref))).toHaveLength(230);
    expect((await answerOf(burst.next)).rows).toEqual([]);
  });
});

describe('other Siebels', () => {
  it('in a time zone of their own are followed all the same', async () => {
    const login = 'BERLIN';
    const berlin = {
      login,
      firstName: 'Service',
      lastName: 'Account',
      mailbox: 'b@example.com',
      timeZone: 'Europe/Berlin',
    };
    await world().desk('POST', 'users', [berlin]);
    const viewModes = {
      ...siebelDefaults.viewModes,
      Contact: 'Catalog',
      Employee: 'Catalog',
      Account: 'Catalog',
    };
    const auth = { scheme: 'basic', user: login, password: login } as const;
    siebel = world().connectorWith({ auth, viewModes, timeZone: 'Europe/Berlin' });
    const start = await nextOf(await nextOf(null));
    const one = await made();
    const first = await answerOf(start);
    expect(first.rows).toContainEqual(expect.objectContaining({ ref: one.ref, version: one.version }));
    expect((await answerOf(first.next)).rows).toEqual([]);
    const findings = await siebel.probe();
    expect(findings.filter(({ check }) => check === 'siebel.time-zone')).toEqual([]);
    const wrong = await world().connectorWith({ auth, viewModes, timeZone: 'America/Los_Angeles' }).probe();
    expect(wrong).toContainEqual(expect.objectContaining({ check: 'siebel.time-zone', status: 'failed' }));
  });

  it('behind a gateway that trusts us are written in the name of the person', async () => {
    await world().desk('POST', 'behaviour', { 'siebel.trustedUserHeader': 'X-Trusted-User' });
    siebel = world().connectorWith({ trustedUserHeader: 'X-Trusted-User' });
    const [one, two] = await siebel.create([request(), request({}, world().bruno)]);
    expect([sightingIn(one).team, sightingIn(two).team]).toEqual([['ANA'], ['BRUNO']]);
    await world().desk('POST', 'behaviour', { 'siebel.trustedUserHeader': '' });
  });

  const narrow = {
    fieldMap: { nickname: 'Suffix', suffix: 'Alias' },
    employeeFieldMap: {},
    customFields: [],
    newAccounts: 'create',
    defaultAccount: null,
    activity: siebelDefaults.policy().activity,
  } as const;

  it('that hold less than ours get what they hold, and say so themselves, once', async () => {
    siebel = world().connectorWith({ policy: () => narrow });
    const [answer] = await siebel.create([request({ nickname: 'A nickname of thirty characters' })]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { nickname: 'A nickname of t', homeCity: 'Springfield' } },
      notes: [{ field: 'nickname', what: 'shortened' }],
    });
    await world().requests();
    await siebel.update([updateOf(sightingIn(answer), { nickname: 'Another nickname, too long' })]);
    // The write and the read of what stands afterwards.
    expect(await world().requests()).toBe(2);
  });

  it('that do not describe themselves get the rest of the record', async () => {
    await world().desk('POST', 'faults', [{ side: 'siebel', path: 'describe', kind: 'status', status: 403 }]);
    siebel = world().connectorWith({ policy: () => narrow });
    expect(await siebel.probe()).toContainEqual(
      expect.objectContaining({ check: 'siebel.contact.fields', status: 'warning' }),
    );
    const [answer] = await siebel.create([request({ nickname: 'A nickname of thirty characters' })]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { nickname: null, homeCity: 'Springfield' } },
      notes: [{ field: 'nickname', what: 'refused' }],
    });
  });
});

describe('names of fields', () => {
  it('that Siebel does not have are found out, whatever its description leaves out', async () => {
    await made();
    expect(await siebel.unknownFields('contact', ['Job Title', 'Beruf', 'Employee Number'])).toEqual([
      'Beruf',
    ]);
    await world().requests();
    expect(await siebel.unknownFields('contact', [])).toEqual([]);
    expect(await world().requests()).toBe(0);
  });
});

describe('the doctor', () => {
  it('finds nothing to complain about in the sandbox', async () => {
    const findings = await siebel.probe();
    expect(findings.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(findings.find(({ check }) => check === 'siebel.account')).toMatchObject({ status: 'ok' });
  });

  it('names wrong credentials', async () => {
    const wrong = world().connectorWith({ auth: { scheme: 'basic', user: 'SADMIN', password: 'wrong' } });
    expect(await wrong.probe()).toContainEqual(expect.objectContaining({ status: 'failed' }));
  });
});

async function answerOf(cursor: string | null) {
  const [answer] = await siebel.changes([{ domain: 'contact', holder: null, feed: 'contact', cursor }]);
  if (answer?.answer !== 'changes') throw new Error(JSON.stringify(answer));
  return answer;
}

async function nextOf(cursor: string | null): Promise<string> {
  return (await answerOf(cursor)).next;
}
