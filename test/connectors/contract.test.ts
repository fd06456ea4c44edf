/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import type { Login } from '../../server/connectors/directory.ts';
import { createMemorySide } from '../../server/connectors/memory.ts';
import { emptyContact } from '../../shared/contact.ts';
import { contractOf, type ContractWorld } from './contract.ts';
import {
  appointmentSample,
  contactSample,
  shippedMarks,
  taskSample,
  type Sample,
} from './contract-samples.ts';
import { openSiebelWorld } from './siebel-world.ts';

const ana = {
  personId: 'ana',
  mailbox: 'ana@example.com',
  userId: 'user-ana',
  login: 'ANA' as Login,
  employeeId: '1-ANA',
  timeZone: 'UTC',
  marks: shippedMarks,
};

async function openMemory(
  side: 'siebel' | 'exchange',
  { word }: Sample = contactSample,
): Promise<ContractWorld> {
  const { connector, records } = createMemorySide({ side });
  return {
    connector,
    holder: ana,
    feed: { holder: side === 'siebel' ? null : ana, feed: 'contacts' },
    hand: {
      edit: async (ref, text) => {
        const record = records.get(ref);
        if (record !== null) records.put(ref, { item: { ...record.item, ...word(text) } });
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
  return {
    connector: world.connectorWith({ nestedChildren }),
    holder: world.ana,
    feed: { holder: null, feed: 'contact' },
    hand: {
      edit: async (ref, jobTitle) => {
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

contractOf('a Siebel in memory', () => openMemory('siebel'));
contractOf('an Exchange in memory', () => openMemory('exchange'));
contractOf('calendars in memory', () => openMemory('exchange', appointmentSample), appointmentSample);
contractOf('task lists in memory', () => openMemory('exchange', taskSample), taskSample);
contractOf('tasks of a Siebel in memory', () => openMemory('siebel', taskSample), taskSample);
contractOf('Siebel', () => openSiebel('auto'));
contractOf('a Siebel that takes children one by one', () => openSiebel(false));
