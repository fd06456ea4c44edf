import type { CustomField } from '../../../shared/policy.ts';
import type { FieldName } from '../../core/step.ts';
import type { ExchangeConnector, Holder } from '../connector.ts';
import { createHttp, type Http } from '../http.ts';
import { browse } from './browse.ts';
import { ensureCategories } from './categories.ts';
import { changes } from './changes.ts';
import { createGraphClient } from './client.ts';
import { create } from './create.ts';
import { find } from './find.ts';
import { createFolders } from './folders.ts';
import { immutableIds, mailboxes } from './people.ts';
import { probe } from './probe.ts';
import { read, type Outlook } from './read.ts';
import { createTokens, scopeOf, type EntraSettings, type GraphContext } from './token.ts';
import { remove, update } from './update.ts';
import { createWatch } from './watch.ts';

export type GraphSettings = Readonly<{
  /** With the version, without a slash at the end: `https://graph.microsoft.com/v1.0`. */
  graphUrl: string;
  entra: EntraSettings;
  /** The organisation's own fields as its policy has them now; asked at every use, for a policy acts at once. */
  customFields: () => readonly CustomField[];
  context: GraphContext;
  /** Waits before something is sent again; the timer of Node unless told. */
  sleep?: (ms: number) => Promise<void>;
  /** Our own unless given. */
  http?: Http;
}>;

/** Round trips in flight over all mailboxes; each mailbox has one at a time. */
const roundTripsInFlight = 32;
const timeoutMs = 60_000;

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
  const outlook: Outlook = { client, folders: createFolders(client), customFields: settings.customFields };
  return {
    side: 'exchange',
    holds: (field) => holds(field, settings.customFields()),
    changes: (requests) => changes(outlook, requests),
    read: (requests) => read(outlook, requests),
    find: (requests) => find(outlook, requests),
    create: (requests) => create(outlook, requests),
    update: (requests) => update(outlook, requests),
    remove: (requests) => remove(outlook, requests),
    mailboxes: (addresses) => mailboxes(outlook, addresses),
    feeds: (holder, known) => feeds(outlook, holder, known),
    ensureCategories: (holders) => ensureCategories(outlook, holders),
    immutableIds: (holder, ids) => immutableIds(outlook, holder, ids),
    browse: (request) => browse(outlook, request),
    watch: createWatch(outlook),
    probe: () => probe(outlook, tokens),
    close: () => http.close(),
  };
}

async function feeds(outlook: Outlook, holder: Holder, known: readonly string[]) {
  const tree = await outlook.folders.look(holder.userId, known);
  return 'kind' in tree ? tree : tree.contactFolders;
}

/** Outlook has a place for every field of ours, and for those of the organisation that name one. */
function holds(field: FieldName, customFields: readonly CustomField[]): boolean {
  return !field.startsWith('custom.') || customFields.some(({ name }) => `custom.${name}` === field);
}
