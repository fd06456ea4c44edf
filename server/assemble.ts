import type { Policy } from '../shared/policy.ts';
import type { Settings } from './config.ts';
import type { SiebelConnector } from './connectors/connector.ts';
import { createGraphConnector } from './connectors/graph/index.ts';
import { createHttp, type Http } from './connectors/http.ts';
import { createSiebelConnector } from './connectors/siebel/index.ts';
import { newId, newSecret, systemClock, type Context } from './context.ts';
import { createLogger } from './log.ts';
import { migrate, openDb } from './store/db.ts';
import { currentPolicy } from './store/policy.ts';

const siebelTimeoutMs = 120_000;
const poolSize = 12;

export type Assembled = Context & Readonly<{ close: () => Promise<void> }>;

/** Puts the program together from its settings: database, both connectors, clock and log. */
export async function createContext(settings: Settings): Promise<Assembled> {
  const { databaseUrl } = settings;
  if (databaseUrl === null) throw new Error('No database: start with `npm start`, or name one in DATABASE_URL.');
  const log = createLogger(settings.logLevel);
  const db = openDb(databaseUrl, { poolSize });
  await migrate(db);
  let policy = (await currentPolicy(db)).document;
  const clock = { now: () => systemClock.now().epochMilliseconds };
  const http = createHttp({ concurrency: settings.siebel.concurrency, timeoutMs: siebelTimeoutMs, clock });
  const exchange = createGraphConnector({
    graphUrl: settings.graph.url,
    entra: settings.entra,
    customFields: () => policy.domains.contact.customFields,
    context: { clock: systemClock, newId },
  });
  const siebel = followingPolicy(() => policy, (now) => createSiebelConnector(siebelOf(settings, now, http)));
  return {
    db,
    clock: systemClock,
    newId,
    newSecret,
    log,
    settings,
    siebel,
    exchange,
    usePolicy: (next) => {
      policy = next;
    },
    close: async () => {
      await Promise.all([exchange.close(), http.close()]);
      await db.destroy();
    },
  };
}

function siebelOf({ siebel }: Settings, policy: Policy, http: Http): Parameters<typeof createSiebelConnector>[0] {
  const { contact } = policy.domains;
  const renamed = Object.entries(contact.fields).flatMap(([name, field]) =>
    field.siebelField === null ? [] : [[name, field.siebelField] as const],
  );
  const { recordUrl: _, ...access } = siebel;
  return {
    ...access,
    fieldMap: Object.fromEntries(renamed),
    customFields: contact.customFields,
    newAccounts: contact.newAccounts,
    defaultAccount: contact.defaultAccount,
    http,
    clock: systemClock,
  };
}

/** A connector built anew whenever the policy it is built from is another one: a policy acts at once. */
function followingPolicy(current: () => Policy, build: (policy: Policy) => SiebelConnector): SiebelConnector {
  let built: { policy: string; connector: SiebelConnector } | null = null;
  const connector = (): SiebelConnector => {
    const { contact } = current().domains;
    const policy = JSON.stringify([contact.fields, contact.customFields, contact.newAccounts, contact.defaultAccount]);
    if (built?.policy !== policy) built = { policy, connector: build(current()) };
    return built.connector;
  };
  return {
    side: 'siebel',
    holds: (field) => connector().holds(field),
    changes: (requests) => connector().changes(requests),
    read: (requests) => connector().read(requests),
    find: (requests) => connector().find(requests),
    create: (requests) => connector().create(requests),
    update: (requests) => connector().update(requests),
    remove: (requests) => connector().remove(requests),
    census: (requests) => connector().census(requests),
    employees: (logins) => connector().employees(logins),
    everyEmployee: () => connector().everyEmployee(),
    probe: () => connector().probe(),
  };
}
