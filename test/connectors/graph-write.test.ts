/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { expect, test } from 'vitest';
import type { Stamp } from '../../server/connectors/connector.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import { ana, change, error, folders, maria, numbers, outlook, row } from './graph-fixture.ts';

test('an update sends its fields alone, on condition that the contact is the one seen', async () => {
  const { stub, exchange } = await outlook(() => ({
    status: 200,
    body: row({ changeKey: 'v2', mobilePhone: '1' }),
  }));
  const item = { ...maria, mobilePhone: '1' };
  const [answer] = await exchange.update([change({ fields: ['mobilePhone'], item })]);
  expect(answer).toMatchObject({ outcome: 'done', now: { version: 'v2', item: { mobilePhone: '1' } } });
  expect(stub.seen).toMatchObject([
    { method: 'PATCH', headers: { 'if-match': 'W/"v1"' }, body: { mobilePhone: '1' } },
  ]);
});

test('an update of nothing asks nothing of Outlook', async () => {
  const { stub, exchange } = await outlook(() => null);
  expect(await exchange.update([change({})])).toMatchObject([
    { outcome: 'done', now: { version: 'v1', item: maria } },
  ]);
  expect(stub.roundTrips()).toBe(0);
});

test.each([
  [412, 'ErrorIrresolvableConflict', { outcome: 'stale' }],
  [404, 'ErrorItemNotFound', { outcome: 'gone' }],
  [403, 'ErrorAccessDenied', { outcome: 'unreachable', reach: 'mailbox' }],
  [507, 'ErrorQuotaExceeded', { outcome: 'unreachable', reach: 'mailbox' }],
  [500, 'InternalServerError', { outcome: 'unreachable', reach: 'item' }],
])('status %d %s on a write is %o', async (status, code, outcome) => {
  const { exchange } = await outlook(() => error(status, code));
  expect(await exchange.update([change({ fields: ['mobilePhone'] })])).toMatchObject([outcome]);
});

test('a refusal names the field and no value of it', async () => {
  const message = 'The multi value property EmailAddresses has an invalid entry maria@@example';
  const { exchange } = await outlook(() => error(400, 'ErrorInvalidRequest', message));
  const [answer] = await exchange.create([
    {
      holder: ana,
      stamp: 's' as Stamp,
      kind: 'business',
      item: { ...maria, email1: 'maria@@example' },
      ownerIfUnknown: null,
    },
  ]);
  expect(answer).toMatchObject({
    outcome: 'refused',
    field: 'email1',
    reason: 'Outlook refused email1 (ErrorInvalidRequest); the contact is tried again when it changes.',
  });
});

test('the mark is put on and taken off beside the categories of the user', async () => {
  const { stub, exchange } = await outlook((request) => {
    if (request.method === 'PATCH') return { status: 200, body: row({ changeKey: 'v2' }) };
    return folders(request) ?? { status: 200, body: row({ categories: ['VIP', 'Golf'] }) };
  });
  await exchange.update([change({ mark: true })]);
  expect(stub.seen.at(-1)?.body).toEqual({ categories: ['Golf', 'VIP', 'Siebel Contact'] });
  const sent = stub.seen.length;
  expect(await exchange.update([change({ mark: false })])).toMatchObject([{ outcome: 'done' }]);
  expect(stub.seen.slice(sent).filter(({ method }) => method === 'PATCH')).toEqual([]);
});

test('an un-marked contact keeps everything but the mark', async () => {
  const { stub, exchange } = await outlook((request) =>
    request.method === 'PATCH'
      ? { status: 200, body: row() }
      : (folders(request) ?? { status: 200, body: row() }),
  );
  const removal = {
    domain: 'contact',
    holder: ana,
    ref: 'x' as Ref,
    version: 'v1' as Version,
    how: 'unmark',
  } as const;
  expect(await exchange.remove([removal])).toEqual([{ outcome: 'done', now: null, notes: [] }]);
  expect(stub.seen.at(-1)).toMatchObject({
    body: { categories: ['VIP'] },
    headers: { 'if-match': 'W/"v1"' },
  });
  expect(await exchange.remove([{ ...removal, version: 'v0' as Version }])).toEqual([{ outcome: 'stale' }]);
});

test('a deletion tells what is gone from what changed, and is never a Sync List matter', async () => {
  const { exchange } = await outlook(({ path }) =>
    path.endsWith('/gone') ? error(404, 'ErrorItemNotFound') : error(412, 'ErrorIrresolvableConflict'),
  );
  const removal = { domain: 'contact', holder: ana, version: 'v1' as Version, how: 'delete' } as const;
  const answers = await exchange.remove([
    { ...removal, ref: 'gone' as Ref },
    { ...removal, ref: 'changed' as Ref },
    { ...removal, ref: 'x' as Ref, how: 'unlist' },
  ]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(['gone', 'stale', 'refused']);
});

test('a rename brings "file as" along where nobody chose another', async () => {
  const { stub, exchange } = await outlook(({ path }) => ({
    status: 200,
    body: row({ changeKey: 'v2', fileAs: path.endsWith('/chosen') ? 'Mimi' : 'Lopez, Maria' }),
  }));
  const item = { ...maria, lastName: 'Lopez-Vega' };
  await exchange.update([
    change({ fields: ['lastName'], item }),
    change({ fields: ['lastName'], item, ref: 'chosen' as Ref }),
  ]);
  expect(stub.seen.map(({ body }) => body)).toEqual([
    { surname: 'Lopez-Vega', displayName: 'Maria Lopez-Vega' },
    { surname: 'Lopez-Vega', displayName: 'Maria Lopez-Vega' },
    { fileAs: 'Lopez-Vega, Maria' },
  ]);
});

test('a thousand new contacts with a fax number are made and read back in 52 round trips', async () => {
  const stored = new Map<string, Record<string, unknown>>();
  const { stub, exchange } = await outlook(({ method, path, body }, { url }) => {
    if (method === 'POST') {
      const id = `id-${stored.size}`;
      const { singleValueExtendedProperties, ...shown } = {
        singleValueExtendedProperties: [],
        ...Object(body),
      };
      stored.set(id, { ...shown, id, changeKey: 'v1', singleValueExtendedProperties });
      return { status: 201, body: { ...shown, id, changeKey: 'v1' } };
    }
    const skip = Number(new URL(path, url).searchParams.get('$skip'));
    const value = [...stored.values()].slice(skip, skip + 500);
    const nextLink = `${url}/users/ana/contacts?$skip=${skip + 500}`;
    return { status: 200, body: { value, ...(skip + 500 < stored.size && { '@odata.nextLink': nextLink }) } };
  });
  const answers = await exchange.create(
    numbers(1000).map((index) => ({
      holder: ana,
      stamp: `stamp-${index}` as Stamp,
      kind: 'personal' as const,
      ownerIfUnknown: null,
      item: { ...maria, nickname: String(index), fax: `+49 ${index}` },
    })),
  );
  expect(stub.roundTrips()).toBeLessThanOrEqual(52);
  expect(stub.mostAtOnce('ana')).toBe(1);
  expect(answers[777]).toMatchObject({
    outcome: 'done',
    now: { stamp: 'stamp-777', isMarked: true, kind: 'personal', item: { fax: '+49 777', isPrivate: true } },
  });
});
