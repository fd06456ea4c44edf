/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import type { ExchangeConnector, SiebelConnector } from '../../server/connectors/connector.ts';
import type { Employee, Login, MailboxUser } from '../../server/connectors/directory.ts';
import { createMemorySide, type MemorySide } from '../../server/connectors/memory.ts';
import { sightingOf } from '../../server/connectors/memory-records.ts';
import type { MemoryOptions } from '../../server/connectors/memory-store.ts';
import { domainOfKind } from '../../shared/item.ts';

type More = Partial<Omit<MemoryOptions, 'side'>>;

/** Both sides in memory, as complete as the engine asks them to be: with mailboxes, feeds, categories and employees. */
export type MemorySides = Readonly<{
  siebel: SiebelConnector;
  exchange: ExchangeConnector;
  /** What lies on the sides, for the people of a test to change. */
  rows: Readonly<{ siebel: MemorySide['records']; exchange: MemorySide['records'] }>;
  /** Where people make, change and answer meetings, with the mails Exchange would send. */
  calendar: MemorySide['calendar'];
}>;

export function createMemorySides(
  logins: readonly Login[],
  more: Readonly<{ siebel?: More; exchange?: More }> = {},
): MemorySides {
  const employees = logins.map(employeeOf);
  const siebel = createMemorySide({ side: 'siebel', employees, ...more.siebel });
  const exchange = createMemorySide({ side: 'exchange', ...more.exchange });
  return {
    siebel: { ...siebel.connector, probe: async () => [] },
    exchange: exchangeOf(exchange, logins.map(mailboxOf)),
    rows: { siebel: siebel.records, exchange: exchange.records },
    calendar: exchange.calendar,
  };
}

/** The mailbox a login has in these worlds. */
export function addressOf(login: Login): string {
  return `${login.toLowerCase()}@example.com`;
}

function exchangeOf({ connector, records }: MemorySide, users: readonly MailboxUser[]): ExchangeConnector {
  let subscriptions = 0;
  return {
    ...connector,
    mailboxes: async (addresses) =>
      addresses.map((address) => users.find((user) => user.mailbox === address.toLowerCase()) ?? null),
    feeds: async (_holder, domain) => [`${domain}s`],
    ensureCategories: async (holders) => holders.map(() => null),
    categories: async () => [],
    immutableIds: async (_holder, _domain, ids) => ids,
    browse: async ({ domain, holder, after, limit }) => {
      const own = records
        .all()
        .filter(({ personId, kind }) => personId === holder.personId && domainOfKind[kind] === domain);
      const start = Number(after ?? 0);
      const end = start + limit;
      const sightings = own.slice(start, end).map(sightingOf);
      return { sightings, next: end < own.length ? String(end) : null };
    },
    watch: {
      keep: async (requests) =>
        requests.map(({ subscriptionId, expiresAt }) => {
          subscriptions += subscriptionId === null ? 1 : 0;
          return { subscriptionId: subscriptionId ?? `subscription-${subscriptions}`, expiresAt };
        }),
      drop: async () => undefined,
    },
    probe: async () => [],
  };
}

function mailboxOf(login: Login): MailboxUser {
  const mailbox = addressOf(login);
  const userId = `user-${login.toLowerCase()}`;
  return { userId, mailbox, timeZone: 'UTC', displayName: login, addresses: [mailbox] };
}

function employeeOf(login: Login): Employee {
  return {
    id: `0-${login}`,
    login,
    firstName: login,
    lastName: 'Example',
    email: addressOf(login),
    isActive: true,
    timeZone: null,
    positions: [],
  };
}
