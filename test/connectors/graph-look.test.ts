/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { expect, test } from 'vitest';
import type { Ref } from '../../server/core/snapshot.ts';
import { ana, error, folders, holder, numbers, outlook, row } from './graph-fixture.ts';

test('twenty mailboxes in which nothing changed cost one round trip', async () => {
  const { stub, exchange } = await outlook(({ path }, { url }) => ({
    status: 200,
    body: { value: [], '@odata.deltaLink': `${url}${path}x` },
  }));
  const answers = await exchange.changes(
    numbers(20).map((index) => ({
      domain: 'contact',
      holder: holder(`user-${index}`),
      feed: 'in',
      cursor: `${stub.url}/users/user-${index}/contactFolders/in/contacts/delta?$deltatoken=a`,
    })),
  );
  expect(stub.roundTrips()).toBe(1);
  expect(answers[19]).toEqual({
    answer: 'changes',
    rows: [],
    next: `${stub.url}/users/user-19/contactFolders/in/contacts/delta?$deltatoken=ax`,
    isWhole: false,
  });
  expect(stub.seen[0]?.headers['prefer']).toBe('IdType="ImmutableId", odata.maxpagesize=500');
});

test('a round is followed over empty pages to its end', async () => {
  const { exchange } = await outlook(({ path }, { url }) => {
    const base = `${url}/users('ana')/contactFolders/in/contacts/delta`;
    if (path.includes('skiptoken=2')) {
      const value = [
        row(),
        { id: 'y', '@removed': { reason: 'deleted' } },
        { id: 'z', '@odata.etag': 'W/"v9"' },
      ];
      return { status: 200, body: { value, '@odata.deltaLink': `${base}?$deltatoken=1` } };
    }
    const next = path.includes('skiptoken=1') ? 2 : 1;
    return { status: 200, body: { value: [], '@odata.nextLink': `${base}?$skiptoken=${next}` } };
  });
  expect(
    await exchange.changes([{ domain: 'contact', holder: ana, feed: 'in', cursor: null }]),
  ).toMatchObject([
    {
      isWhole: true,
      rows: [
        { change: 'seen', ref: 'x', version: 'v1', isMarked: true, sighting: null },
        { change: 'gone', ref: 'y' },
        { change: 'seen', ref: 'z', version: 'v9', isMarked: true },
      ],
    },
  ]);
});

test('a cursor that expired or leads elsewhere begins a whole round', async () => {
  const { stub, exchange } = await outlook(({ path }, { url }) =>
    path.includes('deltatoken=old')
      ? error(410, 'SyncStateNotFound')
      : {
          status: 200,
          body: { value: [], '@odata.deltaLink': `${url}/users/ana/contacts/delta?$deltatoken=1` },
        },
  );
  const old = `${stub.url}/users/ana/contactFolders/in/contacts/delta?$deltatoken=old`;
  for (const cursor of [
    old,
    'https://evil.example.com/users/ana/contacts',
    old.replace('/ana/', '/bruno/'),
  ]) {
    expect(await exchange.changes([{ domain: 'contact', holder: ana, feed: 'in', cursor }])).toMatchObject([
      { isWhole: true },
    ]);
  }
  expect(stub.seen.filter(({ path }) => path.includes('bruno'))).toEqual([]);
});

test('a round that breaks off is a failure, and so is one that goes on at another address', async () => {
  const bodies: unknown[] = [
    { value: [row()] },
    { value: [row()], '@odata.nextLink': 'https://evil.example.com/v1.0/users/ana/contacts/delta' },
    { value: [{ noId: true }], '@odata.deltaLink': 'x' },
    { '@odata.deltaLink': 'x' },
  ];
  const { exchange } = await outlook(() => ({ status: 200, body: bodies.shift() }));
  for (const _ of numbers(4)) {
    expect(
      await exchange.changes([{ domain: 'contact', holder: ana, feed: 'in', cursor: null }]),
    ).toMatchObject([{ answer: 'failed', failure: { kind: 'unreachable' } }]);
  }
});

test('a contact in Deleted Items is deleted, one that is nowhere is not, and a lost mailbox deletes nothing', async () => {
  const { exchange } = await outlook((request) => {
    const known = folders(request);
    if (known !== null) return known;
    if (request.path.includes('/users/moved/')) return error(404, 'MailboxNotEnabledForRESTAPI');
    if (request.path.includes('/contacts/kept?')) return { status: 200, body: row({ id: 'kept' }) };
    if (request.path.includes('/contacts/binned?')) {
      return { status: 200, body: row({ id: 'binned', parentFolderId: 'bin' }) };
    }
    return error(404, 'ErrorItemNotFound');
  });
  const looks = await exchange.read([
    { domain: 'contact', holder: ana, ref: 'kept' as Ref },
    { domain: 'contact', holder: ana, ref: 'binned' as Ref },
    { domain: 'contact', holder: ana, ref: 'nowhere' as Ref },
    { domain: 'contact', holder: holder('moved'), ref: 'kept' as Ref },
  ]);
  expect(looks).toMatchObject([
    { look: 'found', sighting: { ref: 'kept', item: { lastName: 'Lopez', categories: ['VIP'] } } },
    { look: 'missing', why: 'deleted' },
    { look: 'missing', why: 'outOfReach' },
    { look: 'failed', failure: { kind: 'mailboxGone', reach: 'mailbox' } },
  ]);
});

test('many contacts of one mailbox are placed with one look at its folders', async () => {
  const { stub, exchange } = await outlook((request) => {
    const id = request.path.match(/\/contacts\/([^?]+)\?/)?.[1];
    return folders(request) ?? { status: 200, body: row({ id }) };
  });
  const looks = await exchange.read(
    numbers(40).map((index) => ({ domain: 'contact', holder: ana, ref: `x${index}` as Ref })),
  );
  expect(looks.every(({ look }) => look === 'found')).toBe(true);
  expect(stub.seen.filter(({ path }) => path.includes('/contactFolders/contacts?'))).toHaveLength(1);
  await exchange.read([{ domain: 'contact', holder: ana, ref: 'x0' as Ref }]);
  expect(stub.seen.filter(({ path }) => path.includes('/contactFolders/contacts?'))).toHaveLength(1);
});
