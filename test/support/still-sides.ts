/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { emptyContact, type Contact } from '../../shared/contact.ts';
import { domainOf, isContact, type Item } from '../../shared/item.ts';
import type {
  ExchangeConnector,
  Failure,
  Holder,
  Look,
  SiebelConnector,
  Sighting,
} from '../../server/connectors/connector.ts';
import type { Employee, Login, MailboxUser } from '../../server/connectors/directory.ts';

/**
 * Two sides that hold still: they answer who is there and what a mailbox holds, and take no writes. What is put into the
 * maps is what they know; tests of the API need no more of them.
 */
export type StillSides = Readonly<{
  siebel: SiebelConnector;
  exchange: ExchangeConnector;
  users: Map<string, MailboxUser>;
  employees: Map<string, Employee>;
  /** Items by mailbox and immutable id. */
  contacts: Map<string, Map<string, Sighting>>;
  /** What Siebel shows of a record, by ref. */
  records: Map<string, Item>;
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
  const records = new Map<string, Item>();
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
    feeds: async ({ mailbox }, domain) =>
      domain === 'task' ? listsOf([...(contacts.get(mailbox)?.values() ?? [])]) : [],
    ensureCategories: async (holders) => holders.map(() => null),
    categories: async () =>
      outage.failure ?? [
        { name: 'Siebel Contact', preset: 7 },
        { name: 'Plain', preset: null },
      ],
    immutableIds: async (_holder, _domain, ids) => outage.failure ?? ids.map((id) => mutable.get(id) ?? id),
    browse: async ({ domain, holder, search, after, limit }) => {
      if (outage.failure) return outage.failure;
      const all = [...(contacts.get(holder.mailbox)?.values() ?? [])].filter(
        ({ item }) => domainOf(item) === domain && isNamed(item, search),
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
    read: async (requests) =>
      requests.map(({ ref }): Look => {
        const item = records.get(ref);
        return item === undefined
          ? { look: 'missing', why: 'outOfReach' }
          : { look: 'found', sighting: sightingOf(item, { ref, isMarked: true }) };
      }),
    find: async (requests) =>
      requests.map((request) => {
        const address = request.by === 'identity' && isContact(request.item) ? request.item.email1 : null;
        const found = [...records].filter(([, item]) => isContact(item) && item.email1 === address);
        return {
          answer: 'found',
          sightings: found.map(([ref, item]) => sightingOf(item, { ref, isMarked: true })),
        };
      }),
    census: async () => [],
    employees: async (logins) => logins.map((login) => employees.get(login) ?? null),
    everyEmployee: async () => [...employees.values()],
    unknownFields: async (_domain, names) =>
      outage.failure ?? names.filter((name) => name.startsWith('Unknown')),
    activityTypes: async () => ['Appointment', 'Call', 'To Do'],
    probe: async () => [{ check: 'Siebel', status: 'ok', message: 'It answers.', advice: null }],
  };
  return { siebel, exchange, users, employees, contacts, records, mutable, outage };
}

function isNamed(item: Item, search: string | null): boolean {
  const name = isContact(item) ? `${item.firstName} ${item.lastName}` : (item.subject ?? '');
  return search === null || name.toLowerCase().includes(search.toLowerCase());
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
    addresses: [mailbox],
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
  return addItem(sides, mailbox, { ref, isMarked, item: { ...emptyContact, ...fields } });
}

/** Puts an item into a mailbox; a task's ref is `<list>/<task>`. */
export function addItem(
  sides: StillSides,
  mailbox: string,
  { item, ...of }: Readonly<{ ref: string; isMarked?: boolean; uid?: string; item: Item }>,
): Sighting {
  const sighting = sightingOf(item, of);
  const held = sides.contacts.get(mailbox) ?? new Map<string, Sighting>();
  held.set(of.ref, sighting);
  sides.contacts.set(mailbox, held);
  return sighting;
}

function sightingOf(item: Item, of: Readonly<{ ref: string; isMarked?: boolean; uid?: string }>): Sighting {
  const domain = domainOf(item);
  return {
    ref: of.ref as Sighting['ref'],
    version: `v-${of.ref}` as Sighting['version'],
    item,
    kind: domain === 'contact' ? 'business' : domain,
    isMarked: of.isMarked ?? false,
    members: [],
    team: [],
    stamp: null,
    uid: of.uid ?? null,
  };
}

function listsOf(sightings: readonly Sighting[]): string[] {
  return [...new Set(sightings.flatMap(({ ref }) => (ref.includes('/') ? [ref.split('/')[0] ?? ''] : [])))];
}
