/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { emptyContact, type Contact } from '../../shared/contact.ts';
import type {
  Employee,
  ExchangeConnector,
  Failure,
  Holder,
  Login,
  Look,
  MailboxUser,
  SiebelConnector,
  Sighting,
} from '../../server/connectors/connector.ts';

/**
 * Two sides that hold still: they answer who is there and what a mailbox holds, and take no writes. What is put into the
 * maps is what they know; tests of the API need no more of them.
 */
export type StillSides = Readonly<{
  siebel: SiebelConnector;
  exchange: ExchangeConnector;
  users: Map<string, MailboxUser>;
  employees: Map<string, Employee>;
  /** Contacts by mailbox and immutable id. */
  contacts: Map<string, Map<string, Sighting>>;
  /** Mutable ids and what they stand for. */
  mutable: Map<string, string>;
  /** While set, Exchange answers everything with it. */
  outage: { failure: Failure | null };
}>;

export const outageOfExchange: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'graph.example.com refuses connections; it is asked again later.',
  retryAfterMs: 7_000,
};

export function createStillSides(): StillSides {
  const users = new Map<string, MailboxUser>();
  const employees = new Map<string, Employee>();
  const contacts = new Map<string, Map<string, Sighting>>();
  const mutable = new Map<string, string>();
  const outage: StillSides['outage'] = { failure: null };
  const look = (holder: Holder | null, ref: string): Look => {
    if (outage.failure) return { look: 'failed', failure: outage.failure };
    const sighting = contacts.get(holder?.mailbox ?? '')?.get(ref);
    return sighting ? { look: 'found', sighting } : { look: 'missing', why: 'deleted' };
  };
  const exchange: ExchangeConnector = {
    ...silent('exchange'),
    mailboxes: async (addresses) =>
      addresses.map((address) => outage.failure ?? users.get(address.toLowerCase()) ?? null),
    read: async (requests) => requests.map(({ holder, ref }) => look(holder, ref)),
    feeds: async () => [],
    ensureCategories: async (holders) => holders.map(() => null),
    immutableIds: async (_holder, ids) => outage.failure ?? ids.map((id) => mutable.get(id) ?? id),
    browse: async ({ holder, search, after, limit }) => {
      if (outage.failure) return outage.failure;
      const all = [...(contacts.get(holder.mailbox)?.values() ?? [])].filter(
        ({ item }) =>
          search === null ||
          `${item.firstName} ${item.lastName}`.toLowerCase().includes(search.toLowerCase()),
      );
      const start = Number(after ?? 0);
      const end = start + limit;
      return { sightings: all.slice(start, end), next: end < all.length ? String(end) : null };
    },
    watch: { keep: async () => [], drop: async () => undefined },
    probe: async () => [{ check: 'Microsoft Graph', status: 'ok', message: 'It answers.', advice: null }],
  };
  const siebel: SiebelConnector = {
    ...silent('siebel'),
    census: async () => [],
    employees: async (logins) => logins.map((login) => employees.get(login) ?? null),
    everyEmployee: async () => [...employees.values()],
    unknownFields: async (names) => outage.failure ?? names.filter((name) => name.startsWith('Unknown')),
    probe: async () => [{ check: 'Siebel', status: 'ok', message: 'It answers.', advice: null }],
  };
  return { siebel, exchange, users, employees, contacts, mutable, outage };
}

function silent<Side extends 'siebel' | 'exchange'>(side: Side) {
  return {
    side,
    holds: () => true,
    changes: async () => [],
    read: async () => [],
    find: async () => [],
    create: async () => [],
    update: async () => [],
    remove: async () => [],
  };
}

/** Makes an employee with a mailbox known to both sides. */
export function addPerson(sides: StillSides, login: string): MailboxUser {
  const mailbox = `${login.toLowerCase()}@example.com`;
  const user = {
    userId: `user-${login.toLowerCase()}`,
    mailbox,
    timeZone: 'Europe/Berlin',
    displayName: login,
  };
  sides.users.set(mailbox, user);
  sides.employees.set(login, {
    id: `0-${login}`,
    login: login as Login,
    firstName: login,
    lastName: 'Example',
    email: mailbox.toUpperCase(),
    isActive: true,
    timeZone: null,
    positions: [],
  });
  return user;
}

/** Puts a contact into a mailbox. */
export function addContact(
  sides: StillSides,
  mailbox: string,
  contact: Readonly<{ ref: string; isMarked?: boolean }> & Partial<Contact>,
): Sighting {
  const { ref, isMarked = false, ...fields } = contact;
  const sighting: Sighting = {
    ref: ref as Sighting['ref'],
    version: `v-${ref}` as Sighting['version'],
    item: { ...emptyContact, ...fields },
    kind: 'business',
    isMarked,
    members: [],
    team: [],
    stamp: null,
  };
  const held = sides.contacts.get(mailbox) ?? new Map<string, Sighting>();
  held.set(ref, sighting);
  sides.contacts.set(mailbox, held);
  return sighting;
}
