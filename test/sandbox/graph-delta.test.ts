import { expect, test } from 'vitest';
import { fc } from '../support/property.ts';
import { ana, startGraph, textOf, type Body, type GraphWorld, type Options } from './graph-world.ts';

/** Follows a round to its end; the rows of all pages and the link for the next round. */
async function round({ call }: GraphWorld, start: string, options: Options = {}) {
  const rows: Body[] = [];
  let pages = 0;
  for (let next = start; ; pages++) {
    const page = await call('GET', next, options);
    expect(page.status).toBe(200);
    rows.push(...page.rows);
    const deltaLink = textOf(page.body['@odata.deltaLink']);
    if (deltaLink !== '') return { rows, deltaLink, pages: pages + 1 };
    next = textOf(page.body['@odata.nextLink']);
    expect(next).not.toBe('');
  }
}

const start = `/users/${ana}/contacts/delta`;
const contact = (id: unknown) => `/users/${ana}/contacts/${textOf(id)}`;

test('a first round lists everything in pages, the next ones only what changed', async () => {
  const graph = startGraph();
  const { call, newContact } = graph;
  const made = [];
  for (let n = 0; n < 5; n++) made.push(await newContact({ surname: `N${n}` }));
  const prefer = { headers: { prefer: 'odata.maxpagesize=2' } };
  const first = await round(graph, start, prefer);
  expect(first.pages).toBe(3);
  expect(first.rows.map((row) => row['id'])).toEqual(made.map((row) => row['id']));
  await call('PATCH', contact(made[1]?.['id']), { body: { surname: 'Changed' } });
  await call('DELETE', contact(made[3]?.['id']));
  const second = await round(graph, first.deltaLink, prefer);
  expect(second.rows).toMatchObject([
    { id: made[1]?.['id'], surname: 'Changed' },
    { '@odata.type': '#microsoft.graph.contact', id: made[3]?.['id'], '@removed': { reason: 'deleted' } },
  ]);
  expect((await round(graph, second.deltaLink)).rows).toEqual([]);
});

test('rows come under the kind of id each request prefers, whoever got the link', async () => {
  const graph = startGraph();
  const { call, newContact } = graph;
  const { id } = await newContact({ surname: 'Lopez' });
  const immutable = (await call('GET', contact(id), { immutable: true })).body['id'];
  const first = await round(graph, start);
  await call('DELETE', contact(id));
  expect((await round(graph, first.deltaLink)).rows).toMatchObject([{ id }]);
  expect((await round(graph, first.deltaLink, { immutable: true })).rows).toMatchObject([{ id: immutable }]);
});

test('a contact that moves to another folder is gone from the one and new in the other', async () => {
  const graph = startGraph();
  const { call, newContact } = graph;
  const folder = await call('POST', `/users/${ana}/contactFolders`, { body: { displayName: 'Partners' } });
  const partners = `/users/${ana}/contactFolders/${textOf(folder.body['id'])}/contacts/delta`;
  const { id } = await newContact({ surname: 'Lopez' });
  const [from, to] = [await round(graph, start), await round(graph, partners)];
  const moved = await call('PATCH', contact(id), { body: { parentFolderId: folder.body['id'] } });
  expect(moved.body['id']).not.toBe(id);
  expect((await round(graph, from.deltaLink)).rows).toMatchObject([
    { id, '@removed': { reason: 'deleted' } },
  ]);
  expect((await round(graph, to.deltaLink)).rows).toMatchObject([{ id: moved.body['id'], surname: 'Lopez' }]);
});

test('parameters belong on the first request, $expand on none', async () => {
  const graph = startGraph();
  await graph.newContact({ surname: 'Lopez', jobTitle: 'Buyer' });
  const selected = await round(graph, `${start}?$select=surname`);
  expect(Object.keys(selected.rows[0] ?? {}).sort()).toEqual(['@odata.etag', '@odata.type', 'id', 'surname']);
  expect((await graph.call('GET', `${start}?$filter=surname eq 'x'`)).status).toBe(400);
  expect((await graph.call('GET', `${start}?$expand=extensions`)).status).toBe(500);
  expect((await graph.call('GET', `${selected.deltaLink}&$select=id`)).status).toBe(400);
});

test('a token dies by a fault, by age and by being invented', async () => {
  const graph = startGraph();
  const { call, world } = graph;
  const { deltaLink } = await round(graph, start);
  world.faults.add({ side: 'graph', path: 'contacts/delta', kind: 'expire-delta', times: 1 });
  expect((await call('GET', start)).status).toBe(200);
  expect(await call('GET', deltaLink)).toMatchObject({ status: 410, code: 'SyncStateNotFound' });
  expect((await call('GET', deltaLink)).status).toBe(200);
  expect((await call('GET', `${start}?$deltatoken=abc`)).status).toBe(410);
  world.switches.set('graph.deltaTokensKept', 2);
  await round(graph, start);
  expect((await call('GET', deltaLink)).status).toBe(410);
});

test('an empty answer hides nothing from the next round, a cut-off one has no link', async () => {
  const graph = startGraph();
  const { call, newContact, world } = graph;
  await newContact({ surname: 'Lopez' });
  world.faults.add({ side: 'graph', path: '/contacts/delta', kind: 'empty-list', times: 1 });
  const empty = await round(graph, start);
  expect(empty.rows).toEqual([]);
  expect((await round(graph, empty.deltaLink)).rows).toHaveLength(1);
  world.faults.add({ side: 'graph', path: '/contacts/delta', kind: 'partial-page', times: 1 });
  const cut = await call('GET', start);
  expect(cut.rows).toHaveLength(1);
  expect(Object.keys(cut.body).filter((name) => name.endsWith('Link'))).toEqual([]);
});

test('empty pages, repeated rows and partial rows come when their switches ask for them', async () => {
  const graph = startGraph();
  const { call, newContact, world } = graph;
  const { id } = await newContact({ surname: 'Lopez', jobTitle: 'Buyer' });
  world.switches.set('graph.deltaEmptyPages', true);
  world.switches.set('graph.deltaPartialRows', true);
  const first = await round(graph, start);
  expect([first.pages, first.rows.length]).toEqual([2, 1]);
  await call('PATCH', contact(id), { body: { surname: 'Vega' } });
  const [row] = (await round(graph, first.deltaLink)).rows;
  expect(row).toMatchObject({ id, surname: 'Vega' });
  expect(row).not.toHaveProperty('jobTitle');
  world.switches.set('graph.deltaReplays', true);
  const { deltaLink } = await round(graph, first.deltaLink);
  expect((await round(graph, deltaLink)).rows).toMatchObject([{ id }]);
});

test('a full mailbox refuses delta and writes while plain reads go on', async () => {
  const { call, world } = startGraph();
  world.switches.set('graph.fullMailbox', '*');
  expect(await call('GET', start)).toMatchObject({ status: 403, code: 'ErrorQuotaExceeded' });
  expect((await call('POST', `/users/${ana}/contacts`, { body: { surname: 'X' } })).status).toBe(507);
  expect((await call('GET', `/users/${ana}/contacts`)).status).toBe(200);
});

test('folders have a change feed of their own', async () => {
  const graph = startGraph();
  const { call } = graph;
  const folders = `/users/${ana}/contactFolders`;
  const first = await round(graph, `${folders}/delta`);
  const { body } = await call('POST', folders, { body: { displayName: 'Partners' } });
  const second = await round(graph, first.deltaLink);
  expect(second.rows).toMatchObject([{ id: body['id'], displayName: 'Partners' }]);
  await call('DELETE', `${folders}/${textOf(body['id'])}`);
  expect((await round(graph, second.deltaLink)).rows).toMatchObject([{ id: body['id'], '@removed': {} }]);
});

test('whatever happens between rounds, following the feed gives what the folder holds', async () => {
  const actions = fc.array(fc.tuple(fc.constantFrom('make', 'change', 'delete', 'look'), fc.nat(5)), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(actions, fc.integer({ min: 1, max: 3 }), async (steps, size) => {
      const graph = startGraph();
      const ids: string[] = [];
      const known = new Map<string, unknown>();
      let link = start;
      const look = async () => {
        const seen = await round(graph, link, { headers: { prefer: `odata.maxpagesize=${size}` } });
        link = seen.deltaLink;
        for (const row of seen.rows) {
          if ('@removed' in row) known.delete(textOf(row['id']));
          else known.set(textOf(row['id']), row['changeKey']);
        }
      };
      for (const [action, index] of steps) {
        const id = ids[index];
        if (action === 'make') ids.push(textOf((await graph.newContact({ surname: 'N' }))['id']));
        else if (action === 'look') await look();
        else if (id !== undefined && action === 'change')
          await graph.call('PATCH', contact(id), { body: {} });
        else if (id !== undefined) await graph.call('DELETE', contact(id));
      }
      await look();
      const { rows } = await graph.call('GET', `/users/${ana}/contacts?$top=100`);
      expect(known).toEqual(new Map(rows.map((row) => [row['id'], row['changeKey']])));
    }),
    { numRuns: 60 },
  );
});
