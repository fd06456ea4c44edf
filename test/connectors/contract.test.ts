/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import type { Login } from '../../server/connectors/connector.ts';
import { createGraphConnector } from '../../server/connectors/graph/index.ts';
import { createMemorySide } from '../../server/connectors/memory.ts';
import type { Ref } from '../../server/core/snapshot.ts';
import { emptyContact } from '../../shared/contact.ts';
import { contractOf, type ContractWorld } from './contract.ts';
import { marks, openSiebelWorld } from './siebel-world.ts';

const ana = {
  personId: 'ana',
  mailbox: 'ana@example.com',
  userId: 'user-ana',
  login: 'ANA' as Login,
  employeeId: '1-ANA',
  marks,
};

async function openMemory(side: 'siebel' | 'exchange'): Promise<ContractWorld> {
  const { connector, records } = createMemorySide({ side });
  return {
    connector,
    holder: ana,
    feed: { holder: side === 'siebel' ? null : ana, feed: 'contacts' },
    hand: {
      edit: async (ref, change) => {
        const record = records.get(ref);
        if (record !== null) records.put(ref, { item: { ...record.item, ...change } });
      },
      delete: async (ref) => records.delete(ref),
    },
    tellsStale: true,
    feedsDeletions: side === 'exchange',
    leave: side === 'siebel' ? 'unlist' : 'unmark',
    refusedItem: null,
    close: async () => undefined,
  };
}

async function openSiebel(nestedChildren: boolean | 'auto'): Promise<ContractWorld> {
  const world = await openSiebelWorld();
  const [holder] = world.holders;
  if (holder === undefined) throw new Error('The sandbox made nobody.');
  return {
    connector: world.connectorWith({ nestedChildren }),
    holder,
    feed: { holder: null, feed: 'contact' },
    hand: {
      edit: async (ref, { jobTitle }) => {
        await world.siebel('PUT', ref.replace('Contact/', 'Contact/Contact/'), { 'Job Title': jobTitle });
      },
      delete: async (ref) => {
        await world.siebel('DELETE', ref.replace('Contact/', 'Contact/Contact/'));
      },
    },
    tellsStale: false,
    feedsDeletions: false,
    leave: 'unlist',
    refusedItem: { ...emptyContact, firstName: 'Nameless' },
    close: world.close,
  };
}

/** A person's own Outlook is a Graph client with a token of that person's. */
async function openGraph(): Promise<ContractWorld> {
  const world = await openSiebelWorld();
  const [holder] = world.holders;
  if (holder === undefined) throw new Error('The sandbox made nobody.');
  const connector = createGraphConnector({
    graphUrl: `${world.url}/graph/v1.0`,
    entra: {
      authority: `${world.url}/entra`,
      tenantId: '00000000-0000-0000-0000-0000000005eb',
      clientId: '00000000-0000-0000-0000-00000000c11e',
      clientSecret: 'sandbox',
      certificatePath: null,
    },
    customFields: () => [],
    context: { clock: { now: () => Temporal.Now.instant() }, newId: () => crypto.randomUUID() },
  });
  const feeds = await connector.feeds(holder, []);
  if ('kind' in feeds || feeds[0] === undefined)
    throw new Error(`There is no folder: ${JSON.stringify(feeds)}`);
  const asHolder = (method: 'PATCH' | 'DELETE', ref: Ref, body?: unknown) =>
    world.outlook(holder, method, `me/contacts/${encodeURIComponent(ref)}`, body);
  return {
    connector,
    holder,
    feed: { holder, feed: feeds[0] },
    hand: {
      edit: async (ref, change) => {
        await asHolder('PATCH', ref, change);
      },
      delete: async (ref) => {
        await asHolder('DELETE', ref);
      },
    },
    tellsStale: true,
    feedsDeletions: true,
    leave: 'unmark',
    refusedItem: null,
    close: async () => {
      await connector.close();
      await world.close();
    },
  };
}

contractOf('a Siebel in memory', () => openMemory('siebel'));
contractOf('an Exchange in memory', () => openMemory('exchange'));
contractOf('Siebel', () => openSiebel('auto'));
contractOf('a Siebel that takes children one by one', () => openSiebel(false));
contractOf('Exchange through Graph', openGraph);
