import type { FieldPolicy, Policy } from '../shared/policy.ts';
import type { Settings } from './config.ts';
import { createGraphConnector } from './connectors/graph/index.ts';
import { createHttp } from './connectors/http.ts';
import { createSiebelConnector } from './connectors/siebel/index.ts';
import type { SiebelPolicy } from './connectors/siebel/settings.ts';
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
  if (databaseUrl === null)
    throw new Error('No database: start with `npm start`, or name one in DATABASE_URL.');
  const log = createLogger(settings.logLevel);
  const db = openDb(databaseUrl, { poolSize });
  await migrate(db).catch(async (error: unknown) => {
    await db.destroy();
    const advice = 'Check DATABASE_URL, or start `npm start` in this folder.';
    throw new Error(`PostgreSQL does not take us: ${reasonOf(error)}. ${advice}`, { cause: error });
  });
  let policy = (await currentPolicy(db)).document;
  const clock = { now: () => systemClock.now().epochMilliseconds };
  const http = createHttp({ concurrency: settings.siebel.concurrency, timeoutMs: siebelTimeoutMs, clock });
  const exchange = createGraphConnector({
    graphUrl: settings.graph.url,
    entra: settings.entra,
    customFields: () => policy.domains.contact.customFields,
    calendar: settings.graph.calendar,
    todoIfMatch: settings.graph.todoIfMatch,
    context: { clock: systemClock, newId },
  });
  const siebel = createSiebelConnector({
    ...settings.siebel,
    policy: siebelPolicyOf(settings, () => policy),
    http,
    clock: systemClock,
  });
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

/** A host of several addresses fails with an error of errors that says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/** The parts of the policy the Siebel side acts on: the same object as long as they say the same. */
function siebelPolicyOf(settings: Settings, current: () => Policy): () => SiebelPolicy {
  let known: { text: string; policy: SiebelPolicy } | null = null;
  return () => {
    const { contact, appointment, task } = current().domains;
    const { customFields, newAccounts, defaultAccount } = contact;
    const { seriesStrategy, seriesWindowDays } = appointment;
    const policy: SiebelPolicy = {
      fieldMap: fieldMapOf(contact.fields),
      employeeFieldMap: settings.siebel.employeeFieldMap,
      customFields,
      newAccounts,
      defaultAccount,
      activity: {
        appointment: { fieldMap: fieldMapOf(appointment.fields), seriesStrategy, seriesWindowDays },
        task: { fieldMap: fieldMapOf(task.fields) },
      },
    };
    const text = JSON.stringify(policy);
    if (known?.text !== text) known = { text, policy };
    return known.policy;
  };
}

/** The customer's names of Siebel fields, where they are not the shipped ones. */
function fieldMapOf(fields: Readonly<Record<string, FieldPolicy>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { siebelField }]) =>
      siebelField === null ? [] : [[name, siebelField] as const],
    ),
  );
}
