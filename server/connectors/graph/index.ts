import type { Domain } from '../../../shared/domain.ts';
import { domainOfKind } from '../../../shared/item.ts';
import type { CustomField } from '../../../shared/policy.ts';
import type { FieldName } from '../../core/step.ts';
import type { ExchangeConnector } from '../connector.ts';
import { createHttp, type Http } from '../http.ts';
import { createCalendar } from './calendar/index.ts';
import { categories, ensureCategories } from './categories.ts';
import { createGraphClient } from './client.ts';
import { createContacts } from './contacts.ts';
import { createFolders } from './folders.ts';
import { immutableIds, mailboxes } from './people.ts';
import { probe } from './probe.ts';
import type { CalendarSettings, Outlook } from './read.ts';
import { createTodo } from './todo/index.ts';
import { createTokens, scopeOf, type EntraSettings, type GraphContext } from './token.ts';
import { askEach, type DomainVerbs } from './verbs.ts';
import { createWatch } from './watch.ts';

export type GraphSettings = Readonly<{
  /** With the version, without a slash at the end: `https://graph.microsoft.com/v1.0`. */
  graphUrl: string;
  entra: EntraSettings;
  /** The organisation's own fields as its policy has them now; asked at every use, for a policy acts at once. */
  customFields: () => readonly CustomField[];
  context: GraphContext;
  /** A year back and two ahead unless told. */
  calendar?: Partial<CalendarSettings>;
  /** Whether To Do compares the version of a task itself; otherwise it is compared right before a write. */
  todoIfMatch?: boolean;
  /** Waits before something is sent again; the timer of Node unless told. */
  sleep?: (ms: number) => Promise<void>;
  /** Our own unless given. */
  http?: Http;
}>;

/** Round trips in flight over all mailboxes; each mailbox has one at a time. */
const roundTripsInFlight = 32;
const timeoutMs = 60_000;

const usualCalendar: CalendarSettings = { pastDays: 365, futureDays: 730, deletedEvents: 'translate' };

/** The Exchange side through Microsoft Graph v1.0, with application permissions. `close` ends its connections. */
export function createGraphConnector(
  settings: GraphSettings,
): ExchangeConnector & Readonly<{ close: () => Promise<void> }> {
  const { context } = settings;
  const clock = { now: () => context.clock.now().epochMilliseconds };
  const http = settings.http ?? createHttp({ concurrency: roundTripsInFlight, timeoutMs, clock });
  const tokens = createTokens({ ...settings.entra, scope: scopeOf(settings.graphUrl), http, context });
  const client = createGraphClient({
    graphUrl: settings.graphUrl.replace(/\/$/, ''),
    http,
    tokens,
    context,
    concurrency: roundTripsInFlight,
    ...(settings.sleep === undefined ? {} : { sleep: settings.sleep }),
  });
  const outlook: Outlook = {
    client,
    folders: createFolders(client),
    customFields: settings.customFields,
    calendar: { ...usualCalendar, ...settings.calendar },
  };
  return {
    side: 'exchange',
    holds: (domain, field) => holds(domain, field, settings.customFields()),
    ...verbsOf(outlook, settings.todoIfMatch ?? true),
    mailboxes: (addresses) => mailboxes(outlook, addresses),
    ensureCategories: (holders) => ensureCategories(outlook, holders),
    categories: (holder) => categories(outlook, holder),
    immutableIds: (holder, domain, ids) => immutableIds(outlook, holder, { domain, ids }),
    watch: createWatch(outlook),
    probe: () => probe(outlook, tokens),
    close: () => http.close(),
  };
}

/** Every verb, asked of the domain a request is about. */
function verbsOf(outlook: Outlook, todoIfMatch: boolean): Pick<ExchangeConnector, keyof DomainVerbs> {
  const verbs: Readonly<Record<Domain, DomainVerbs>> = {
    contact: createContacts(outlook),
    appointment: createCalendar(outlook),
    task: createTodo(outlook, { ifMatch: todoIfMatch }),
  };
  const domainOf = (request: Readonly<{ domain: Domain }>) => request.domain;
  const domainByKind = (request: Readonly<{ kind: keyof typeof domainOfKind }>) => domainOfKind[request.kind];
  return {
    changes: (requests) => askEach(requests, domainOf, (domain, own) => verbs[domain].changes(own)),
    read: (requests) => askEach(requests, domainOf, (domain, own) => verbs[domain].read(own)),
    find: (requests) => askEach(requests, domainOf, (domain, own) => verbs[domain].find(own)),
    create: (requests) => askEach(requests, domainByKind, (domain, own) => verbs[domain].create(own)),
    update: (requests) => askEach(requests, domainByKind, (domain, own) => verbs[domain].update(own)),
    remove: (requests) => askEach(requests, domainOf, (domain, own) => verbs[domain].remove(own)),
    feeds: (holder, domain, known) => verbs[domain].feeds(holder, domain, known),
    browse: (request) => verbs[request.domain].browse(request),
  };
}

/** What Outlook has no place for; the organisation's own fields of contacts have one where they name it. */
const homeless: Readonly<Record<Domain, readonly FieldName[]>> = {
  contact: [],
  appointment: ['activityType'],
  task: ['activityType', 'percentComplete', 'isPrivate'],
};

function holds(domain: Domain, field: FieldName, customFields: readonly CustomField[]): boolean {
  if (field.startsWith('custom.')) return customFields.some(({ name }) => `custom.${name}` === field);
  return !homeless[domain].includes(field);
}
