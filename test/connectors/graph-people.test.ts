import { expect, test } from 'vitest';
import { ana, error, holder, numbers, outlook } from './graph-fixture.ts';
import type { Said, Seen } from './graph-stub.ts';

const okay = (body: unknown): Said => ({ status: 200, body });

test('a mailbox is found by any of its addresses, and its time zone with it', async () => {
  const { stub, exchange } = await outlook(({ path }) => {
    const asked = decodeURIComponent(path);
    if (asked.includes('/mailboxSettings/')) {
      return asked.includes('/no-mailbox/')
        ? error(404, 'MailboxNotEnabledForRESTAPI')
        : okay({ value: 'W. Europe Standard Time' });
    }
    if (asked.includes("smtp:ana.l'opez@example.com".replace("'", "''"))) {
      const proxyAddresses = ['SMTP:Ana@Example.com', "smtp:ana.l'opez@example.com", 'SIP:ana@example.com'];
      return okay({
        value: [
          {
            id: 'ana',
            mail: 'Ana@Example.com',
            userPrincipalName: 'Ana@corp.example.com',
            displayName: 'Ana',
            proxyAddresses,
            otherMails: ['ana@home.example'],
          },
        ],
      });
    }
    return okay({
      value: asked.includes('licence') ? [{ id: 'no-mailbox', mail: 'licence@example.com' }] : [],
    });
  });
  const found = await exchange.mailboxes([
    "ana.l'opez@example.com",
    'nobody@example.com',
    'licence@example.com',
  ]);
  expect(found).toEqual([
    {
      userId: 'ana',
      mailbox: 'ana@example.com',
      timeZone: 'Europe/Berlin',
      displayName: 'Ana',
      addresses: ['ana@example.com', 'ana@corp.example.com', "ana.l'opez@example.com"],
    },
    null,
    null,
  ]);
  expect(stub.roundTrips()).toBe(2);
});

test('missing master categories are made, present ones are left alone', async () => {
  const { stub, exchange } = await outlook(({ method, path }) => {
    if (method === 'POST')
      return path.includes('/bruno/') ? error(409, 'ErrorDuplicate') : { status: 201, body: {} };
    const names = path.includes('/ana/')
      ? ['siebel contact', 'employee', 'SIEBEL CALENDAR', 'Siebel Task']
      : ['Employee', 'Siebel Task'];
    return okay({ value: names.map((displayName) => ({ id: displayName, displayName })) });
  });
  const failures = await exchange.ensureCategories([ana, holder('bruno'), holder('chen')]);
  expect(failures).toEqual([null, null, null]);
  const made = stub.seen.filter(({ method }) => method === 'POST');
  expect(made.map(({ path, body }) => [path, body])).toEqual([
    ['/users/bruno/outlook/masterCategories', { displayName: 'Siebel Contact', color: 'preset7' }],
    ['/users/bruno/outlook/masterCategories', { displayName: 'Siebel Calendar', color: 'preset7' }],
    ['/users/chen/outlook/masterCategories', { displayName: 'Siebel Contact', color: 'preset7' }],
    ['/users/chen/outlook/masterCategories', { displayName: 'Siebel Calendar', color: 'preset7' }],
  ]);
});

test('the master list tells the colour of each category', async () => {
  const { stub, exchange } = await outlook(() =>
    okay({
      value: [
        { id: '1', displayName: 'Siebel Contact', color: 'preset7' },
        { id: '2', displayName: 'Plain', color: 'none' },
      ],
    }),
  );
  expect(await exchange.categories(ana)).toEqual([
    { name: 'Siebel Contact', preset: 7 },
    { name: 'Plain', preset: null },
  ]);
  expect(stub.roundTrips()).toBe(1);
});

test('ids are made immutable, those nobody can translate stay as they are', async () => {
  const { exchange } = await outlook(({ body }) => {
    const ids = JSON.stringify(body);
    if (ids.includes('malformed')) return error(400, 'ErrorInvalidIdMalformed');
    return okay({
      value: [
        { sourceId: 'a', targetId: 'A' },
        { sourceId: 'lost', errorDetails: { code: 'ErrorItemNotFound' } },
      ],
    });
  });
  expect(await exchange.immutableIds(ana, 'contact', ['a', 'lost'])).toEqual(['A', 'lost']);
  expect(await exchange.immutableIds(ana, 'contact', ['a', 'malformed'])).toEqual(['A', 'malformed']);
});

test('the feeds of a mailbox are its contact folders, the default one first, without what was thrown away', async () => {
  const { exchange } = await outlook(({ path }) => {
    if (path.includes('/contactFolders/contacts?')) return okay({ id: 'in' });
    if (path.includes('/contactFolders/deleteditems?')) return okay({ id: 'bin' });
    if (path.includes('/contacts?$top=1')) return okay({ value: [] });
    if (path.includes('/contactFolders/in/childFolders'))
      return okay({ value: [{ id: 'below', parentFolderId: 'in' }] });
    if (path.includes('/childFolders')) return okay({ value: [] });
    return okay({
      value: [
        { id: 'beside', parentFolderId: 'root' },
        { id: 'thrown-away', parentFolderId: 'bin' },
      ],
    });
  });
  expect(await exchange.feeds(ana, 'contact', [])).toEqual(['in', 'beside', 'below']);
});

test('a caller that knows the folders looks at them again in one round trip, and finds a new one', async () => {
  let isNew = false;
  const { stub, exchange } = await outlook(({ path }) => {
    if (path.includes('/contactFolders/contacts?')) return okay({ id: 'in' });
    if (path.includes('/contactFolders/deleteditems?')) return okay({ id: 'bin' });
    if (path.includes('/contacts?$top=1')) return okay({ value: [] });
    if (path.includes('/contactFolders/in/childFolders') && isNew)
      return okay({ value: [{ id: 'below', parentFolderId: 'in' }] });
    return okay({ value: [] });
  });
  expect(await exchange.feeds(ana, 'contact', [])).toEqual(['in']);
  const before = stub.roundTrips();
  expect(await exchange.feeds(ana, 'contact', ['in'])).toEqual(['in']);
  expect(stub.roundTrips() - before).toBe(1);
  isNew = true;
  expect(await exchange.feeds(ana, 'contact', ['in'])).toEqual(['in', 'below']);
});

test('a subscription is made, renewed, made again when it ended, and made anew in place of a forgotten one', async () => {
  const order: string[] = [];
  let isTaken = false;
  const { stub, exchange } = await outlook(({ method, path }: Seen, { url }) => {
    order.push(`${method} ${path}`);
    if (method === 'PATCH')
      return path.endsWith('/ended') ? error(404, 'ResourceNotFound') : okay({ id: 'kept' });
    if (method === 'DELETE') {
      isTaken = false;
      return { status: 204 };
    }
    if (method === 'POST')
      return isTaken ? error(409, 'ObjectConflict') : { status: 201, body: { id: 'made' } };
    if (!path.includes('skiptoken')) {
      return okay({ value: [], '@odata.nextLink': `${url}/subscriptions?$skiptoken=1` });
    }
    const twin = { id: 'twin', resource: 'users/ana/contacts', notificationUrl: 'https://us.example.com/n' };
    return okay({ value: [{ ...twin, id: 'other', resource: 'users/bruno/contacts' }, twin] });
  });
  const keep = async (subscriptionId: string | null) => {
    order.length = 0;
    return exchange.watch.keep([
      {
        domain: 'contact',
        holder: ana,
        subscriptionId,
        notificationUrl: 'https://us.example.com/n',
        lifecycleUrl: 'https://us.example.com/l',
        clientState: 'state',
        expiresAt: '2026-11-28T12:00:00Z',
      },
    ]);
  };
  expect(await keep(null)).toEqual([{ subscriptionId: 'made', expiresAt: '2026-11-28T12:00:00Z' }]);
  expect(stub.seen[0]?.body).toMatchObject({
    resource: 'users/ana/contacts',
    changeType: 'created,updated,deleted',
    lifecycleNotificationUrl: 'https://us.example.com/l',
  });
  expect(await keep('kept')).toMatchObject([{ subscriptionId: 'kept' }]);
  expect(await keep('ended')).toMatchObject([{ subscriptionId: 'made' }]);
  isTaken = true;
  expect(await keep(null)).toMatchObject([{ subscriptionId: 'made' }]);
  expect(order.map((line) => line.replace(/\?.*/, ''))).toEqual([
    'POST /subscriptions',
    'GET /subscriptions',
    'GET /subscriptions',
    'DELETE /subscriptions/twin',
    'POST /subscriptions',
  ]);
});

test('doctor says what is missing and what to do about it', async () => {
  const { exchange } = await outlook(() => okay({ value: [{ id: 'ana' }] }));
  const findings = await exchange.probe();
  expect(findings.map(({ check, status }) => [check, status])).toEqual([
    ['Sign-in to Microsoft 365', 'ok'],
    ['Application permissions', 'warning'],
    ['Reading users', 'ok'],
    ['Clock', expect.stringMatching(/ok|warning/)],
  ]);
});

test('people leaf through their contacts by name, and search in names and addresses', async () => {
  const rows = numbers(1200).map((index) => ({
    id: `x${index}`,
    givenName: 'Ana',
    surname: String(index),
    emailAddresses: [{ address: index % 100 === 7 ? `seven-${index}@example.com` : `a${index}@example.com` }],
  }));
  const { exchange } = await outlook(({ path }, { url }) => {
    const { searchParams } = new URL(path, url);
    const start = Number(searchParams.get('$skip'));
    const end = start + Number(searchParams.get('$top'));
    return okay({
      value: rows.slice(start, end),
      ...(end < rows.length && { '@odata.nextLink': `${url}/more` }),
    });
  });
  const page = await exchange.browse({
    domain: 'contact',
    holder: ana,
    search: null,
    after: '50',
    limit: 25,
  });
  expect(page).toMatchObject({ next: '75' });
  expect('sightings' in page && page.sightings.map(({ ref }) => ref).slice(0, 2)).toEqual(['x50', 'x51']);
  const first = await exchange.browse({
    domain: 'contact',
    holder: ana,
    search: 'SEVEN',
    after: null,
    limit: 10,
  });
  expect('sightings' in first && first.sightings.map(({ ref }) => ref).at(-1)).toBe('x907');
  const next = 'next' in first ? first.next : null;
  const second = await exchange.browse({
    domain: 'contact',
    holder: ana,
    search: 'SEVEN',
    after: next,
    limit: 10,
  });
  expect(second).toMatchObject({ sightings: [{ ref: 'x1007' }, { ref: 'x1107' }], next: null });
});
