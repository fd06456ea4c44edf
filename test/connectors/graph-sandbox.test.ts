/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { expect, test } from 'vitest';
import { emptyContact } from '../../shared/contact.ts';
import type { Stamp } from '../../server/connectors/connector.ts';
import type { Version } from '../../server/core/snapshot.ts';
import { numbers } from './graph-fixture.ts';
import { change } from './change.ts';
import { creation, rich, useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();

test('what a create answers is what was written and what a fresh read gives', async () => {
  const now = await world.created();
  expect(now.item).toEqual(rich);
  expect(now).toMatchObject({ isMarked: true, kind: 'business', stamp: 'stamp-1' });
  expect(await world.exchange.read([{ domain: 'contact', holder: world.ana, ref: now.ref }])).toEqual([
    { look: 'found', sighting: now },
  ]);
});

test('a thousand contacts are made and read back in 52 round trips', async () => {
  const wanted = numbers(1000).map((index) =>
    creation(world.ana, { ...rich, nickname: `${index}` }, `s-${index}`),
  );
  const answers = await world.exchange.create(wanted);
  expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1000);
  expect(await world.requests()).toEqual({ 'POST /v1.0/$batch': 50, 'GET /v1.0/users/{id}/contacts': 2 });
});

test('an update answers what a fresh read gives, and an older version is stale', async () => {
  const first = await world.created();
  const [answer] = await world.exchange.update([
    change(world.ana, first, {
      lastName: 'Lopez-Vega',
      fax: null,
      isPrivate: true,
      email1: null,
      categories: ['Tennis'],
    }),
  ]);
  expect(answer).toMatchObject({
    outcome: 'done',
    now: {
      kind: 'personal',
      isMarked: true,
      item: {
        lastName: 'Lopez-Vega',
        fax: null,
        isPrivate: true,
        email1: 'm.lopez@example.org',
        email2: null,
        categories: ['Tennis'],
        assistantPhone: '+49 6',
      },
    },
  });
  const [look] = await world.exchange.read([{ domain: 'contact', holder: world.ana, ref: first.ref }]);
  expect(answer).toMatchObject({
    now: look?.look === 'found' ? { item: look.sighting.item, version: look.sighting.version } : {},
  });
  expect(await world.exchange.update([change(world.ana, first, { nickname: 'Late' })])).toEqual([
    { outcome: 'stale' },
  ]);
  expect(await world.exchange.update([change(world.ana, first, { email2: 'late@example.com' })])).toEqual([
    { outcome: 'stale' },
  ]);
});

test('a deleted contact lies in Deleted Items and reads as deleted', async () => {
  const seen = await world.created();
  const removal = {
    domain: 'contact',
    holder: world.ana,
    ref: seen.ref,
    version: seen.version,
    how: 'delete',
  } as const;
  expect(await world.exchange.remove([{ ...removal, version: 'old' as Version }])).toEqual([
    { outcome: 'stale' },
  ]);
  expect(await world.exchange.remove([removal])).toEqual([{ outcome: 'done', now: null, notes: [] }]);
  expect(await world.exchange.read([{ domain: 'contact', holder: world.ana, ref: seen.ref }])).toEqual([
    { look: 'missing', why: 'deleted' },
  ]);
});

test('an un-marked contact stays, without the mark', async () => {
  const seen = await world.created();
  const removal = {
    domain: 'contact',
    holder: world.ana,
    ref: seen.ref,
    version: seen.version,
    how: 'unmark',
  } as const;
  expect(await world.exchange.remove([removal])).toMatchObject([{ outcome: 'done' }]);
  expect(await world.exchange.read([{ domain: 'contact', holder: world.ana, ref: seen.ref }])).toMatchObject([
    { look: 'found', sighting: { isMarked: false, item: { categories: ['Golf', 'VIP'] } } },
  ]);
});

test('a feed tells what came, changed and went, and an expired one begins anew', async () => {
  const feeds = await world.exchange.feeds(world.ana, 'contact', []);
  const feed = 'kind' in feeds ? '' : (feeds[0] ?? '');
  const seen = await world.created();
  const [whole] = await world.exchange.changes([
    { domain: 'contact', holder: world.ana, feed, cursor: null },
  ]);
  expect(whole).toMatchObject({
    isWhole: true,
    rows: [{ change: 'seen', ref: seen.ref, version: seen.version, isMarked: true }],
  });
  const cursor = whole?.answer === 'changes' ? whole.next : null;
  expect(
    await world.exchange.changes([{ domain: 'contact', holder: world.ana, feed, cursor }]),
  ).toMatchObject([{ isWhole: false, rows: [] }]);
  await world.exchange.remove([
    { domain: 'contact', holder: world.ana, ref: seen.ref, version: seen.version, how: 'delete' },
  ]);
  expect(
    await world.exchange.changes([{ domain: 'contact', holder: world.ana, feed, cursor }]),
  ).toMatchObject([{ isWhole: false, rows: [{ change: 'gone', ref: seen.ref }] }]);
  await world.desk('POST', '/faults', [{ side: 'graph', path: 'delta', kind: 'expire-delta', times: 1 }]);
  expect(
    await world.exchange.changes([{ domain: 'contact', holder: world.ana, feed, cursor }]),
  ).toMatchObject([{ isWhole: true, rows: [] }]);
});

test('a page that breaks off is a failure', async () => {
  const feeds = await world.exchange.feeds(world.ana, 'contact', []);
  const feed = 'kind' in feeds ? '' : (feeds[0] ?? '');
  await world.created();
  await world.desk('POST', '/faults', [{ side: 'graph', path: 'delta', kind: 'partial-page', times: 1 }]);
  const [answer] = await world.exchange.changes([
    { domain: 'contact', holder: world.ana, feed, cursor: null },
  ]);
  expect(answer).toMatchObject({ answer: 'failed', failure: { kind: 'unreachable' } });
});

test('a create whose answer was lost is found by its stamp, and people by address or name', async () => {
  await world.desk('POST', '/faults', [
    { side: 'graph', method: 'POST', path: 'contacts$', kind: 'drop-after-commit', times: 1 },
  ]);
  expect(await world.exchange.create([creation(world.ana, rich, 'lost')])).toMatchObject([
    { outcome: 'unreachable', reach: 'item' },
  ]);
  const found = await world.exchange.find([
    { by: 'stamp', domain: 'contact', holder: world.ana, stamp: 'lost' as Stamp },
    { by: 'stamp', domain: 'contact', holder: world.ana, stamp: 'LOST' as Stamp },
    { by: 'stamp', domain: 'contact', holder: world.bruno, stamp: 'lost' as Stamp },
    {
      by: 'identity',
      domain: 'contact',
      holder: world.ana,
      item: { ...emptyContact, email1: 'm.lopez@example.org' },
      scope: 'all',
    },
    {
      by: 'identity',
      domain: 'contact',
      holder: world.ana,
      item: { ...rich, email1: 'x@example.com', email2: null },
      scope: 'all',
    },
    {
      by: 'identity',
      domain: 'contact',
      holder: world.ana,
      item: { ...emptyContact, email1: "o'neil@example.com" },
      scope: 'all',
    },
  ]);
  expect(found.map((answer) => answer.answer === 'found' && answer.sightings.length)).toEqual([
    1, 0, 0, 1, 1, 0,
  ]);
});

test('one throttled mailbox waits alone', async () => {
  await world.desk('POST', '/faults', [
    { side: 'graph', path: world.ana.userId, kind: 'status', status: 429, retryAfterSeconds: 120 },
  ]);
  const answers = await world.exchange.create([creation(world.ana, rich), creation(world.bruno, rich)]);
  expect(answers).toMatchObject([
    { outcome: 'unreachable', afterMs: 120_000, reach: 'mailbox' },
    { outcome: 'done' },
  ]);
});

test('users, categories and feeds are found in a new mailbox', async () => {
  const users = await world.exchange.mailboxes(['ANA@example.com', 'nobody@example.com']);
  expect(users).toMatchObject([{ userId: world.ana.userId, mailbox: 'ana@example.com' }, null]);
  expect(await world.exchange.ensureCategories([world.ana, world.bruno])).toEqual([null, null]);
  const before = await world.requests();
  expect(await world.exchange.ensureCategories([world.ana])).toEqual([null]);
  const after = await world.requests();
  const single = 'GET /v1.0/users/{id}/outlook/masterCategories';
  expect(after).toEqual({ ...before, [single]: (before[single] ?? 0) + 1 });
  const feeds = await world.exchange.feeds(world.bruno, 'contact', []);
  expect(feeds).toHaveLength(1);
});

test('people leaf through their contacts', async () => {
  await world.exchange.create(
    ['Zoe', 'Adam', 'Maria'].map((firstName) => creation(world.ana, { ...rich, firstName }, firstName)),
  );
  const page = await world.exchange.browse({
    domain: 'contact',
    holder: world.ana,
    search: null,
    after: null,
    limit: 2,
  });
  expect(page).toMatchObject({
    sightings: [{ item: { firstName: 'Adam' } }, { item: { firstName: 'Maria' } }],
  });
  const search = await world.exchange.browse({
    domain: 'contact',
    holder: world.ana,
    search: 'zoe',
    after: null,
    limit: 2,
  });
  expect(search).toMatchObject({ sightings: [{ item: { firstName: 'Zoe' } }], next: null });
});

test('doctor finds nothing to complain about', async () => {
  const findings = await world.exchange.probe();
  expect(findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
});
