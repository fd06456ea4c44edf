/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import { isAppointment, isTask, type Item } from '../../shared/item.ts';
import type { ExchangeConnector, Holder, Sighting, Stamp } from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { createGraphConnector, type GraphSettings } from '../../server/connectors/graph/index.ts';
import { createHttp, type Http, type HttpRequest } from '../../server/connectors/http.ts';
import { objectFrom, listFrom, type GraphRow } from '../../server/connectors/graph/wire.ts';
import { shippedMarks } from './contract-samples.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';

/** The connector in front of the sandbox, with two people who have an empty mailbox each; anew for every test. */
export type GraphWorld = {
  exchange: ExchangeConnector & Readonly<{ close: () => Promise<void> }>;
  /** One more connector to the same sandbox, with other settings; ends with the test. */
  another: (settings: Partial<GraphSettings>) => GraphWorld['exchange'];
  ana: Holder;
  bruno: Holder;
  desk: (method: HttpRequest['method'], path: string, body?: unknown) => Promise<unknown>;
  /** Requests to Graph since the test began, by method and route; a batch counts one. */
  requests: () => Promise<Readonly<Record<string, number>>>;
  /** What somebody does in their own Outlook: a request below `/me`, with immutable ids. Answers the body. */
  hand: (holder: Holder, method: HttpRequest['method'], path: string, body?: unknown) => Promise<GraphRow>;
  /** Puts a contact, or what is given, into Ana's mailbox. */
  created: (item?: Item) => Promise<Sighting>;
};

const regionId = 'String {6f6b2f9e-0c5e-4d7a-8a52-000000000001} Name Region';

export const rich: Contact = {
  ...emptyContact,
  firstName: 'Maria',
  middleName: 'del Carmen',
  lastName: 'Lopez',
  title: 'Dr.',
  suffix: 'Jr.',
  nickname: 'Mari',
  jobTitle: 'Buyer',
  department: 'Purchasing',
  company: 'Acme',
  office: 'Ulm',
  email1: 'maria@example.com',
  email2: 'm.lopez@example.org',
  workPhone: '+49 1',
  workPhone2: '+49 2',
  mobilePhone: '+49 3',
  homePhone: '+49 4',
  fax: '+49 5',
  assistantPhone: '+49 6',
  businessStreet: 'Am Tor 1\nHinterhaus',
  businessCity: 'Ulm',
  businessCountry: 'Germany',
  homeCity: 'Berlin',
  birthday: '1974-07-22',
  spouse: 'Juan',
  assistant: 'Alex',
  manager: 'Kim',
  notes: 'First line\nSecond line',
  categories: ['Golf', 'VIP'],
  custom: { tier: 'Gold', region: 'South' },
};

export function useGraphWorld(): GraphWorld {
  const http = createHttp({ concurrency: 4, timeoutMs: 10_000, clock: { now: () => 0 } });
  let sandbox: Awaited<ReturnType<typeof startSandbox>> | null = null;
  const urlOf = () => sandbox?.url ?? '';
  const world: Partial<GraphWorld> = {};
  const desk: GraphWorld['desk'] = async (method, path, body = null) => {
    const answer = await http.request({
      method,
      url: `${urlOf()}/sandbox${path}`,
      headers: { 'content-type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
    });
    if (answer.answer === 'failed' || answer.status >= 300)
      throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.json;
  };
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  beforeEach(async () => {
    await desk('POST', '/reset', { seed: 'empty' });
    await desk('DELETE', '/faults');
    const [ana, bruno] = holdersIn(await desk('POST', '/users', people), 'Europe/Berlin');
    const exchange = connectorOf(urlOf());
    Object.assign(world, {
      exchange,
      ana,
      bruno,
      desk,
      another: (settings: Partial<GraphSettings>) => {
        const connector = connectorOf(urlOf(), settings);
        onTestFinished(() => connector.close());
        return connector;
      },
      hand: handAt(http, urlOf(), desk),
      requests: async () => countsIn(await desk('GET', '/requests')),
      created: async (item: Item = rich) => {
        if (ana === undefined) throw new Error('There is no Ana.');
        const [answer] = await exchange.create([creation(ana, item)]);
        if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
        return answer.now;
      },
    });
    return () => exchange.close();
  });
  afterAll(async () => {
    await http.close();
    await sandbox?.close();
  });
  return world as GraphWorld;
}

function handAt(http: Http, url: string, desk: GraphWorld['desk']): GraphWorld['hand'] {
  return async ({ mailbox }, method, path, body) => {
    const signedIn = await desk('POST', '/token', { mailbox, for: 'graph' });
    const answer = await http.request({
      method,
      url: `${url}/graph/v1.0/me${path}`,
      headers: {
        authorization: `Bearer ${String(objectFrom(signedIn)?.['access_token'])}`,
        'content-type': 'application/json',
        prefer: 'IdType="ImmutableId", outlook.body-content-type="text"',
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.answer === 'failed' || answer.status >= 300)
      throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return { id: '', ...objectFrom(answer.json) };
  };
}

const people = [
  {
    login: 'ANA',
    firstName: 'Ana',
    lastName: 'Alvez',
    mailbox: 'Ana@example.com',
    timeZone: 'Europe/Berlin',
  },
  {
    login: 'BRUNO',
    firstName: 'Bruno',
    lastName: 'Boss',
    mailbox: 'bruno@example.com',
    timeZone: 'Europe/Berlin',
  },
];

export const creation = (holder: Holder, item: Item, stamp = 'stamp-1') =>
  ({
    holder,
    stamp: stamp as Stamp,
    kind: isAppointment(item) ? 'appointment' : isTask(item) ? 'task' : 'business',
    item,
    ownerIfUnknown: null,
  }) as const;

/** The connector of the sandbox's app registration; its waits pass at once. */
export function connectorOf(url: string, more: Partial<GraphSettings> = {}) {
  return createGraphConnector({
    graphUrl: `${url}/graph/v1.0`,
    entra: {
      authority: `${url}/entra`,
      tenantId: '00000000-0000-0000-0000-0000000005eb',
      clientId: '00000000-0000-0000-0000-00000000c11e',
      clientSecret: 'sandbox',
      certificatePath: null,
    },
    customFields: () => [
      { name: 'tier', siebelField: 'Tier', exchangeProperty: 'profession', direction: 'both' },
      { name: 'region', siebelField: 'Region', exchangeProperty: regionId, direction: 'both' },
    ],
    context: {
      clock: { now: () => Temporal.Now.instant() },
      newId: () => 'a5b0b6f0-0000-4000-8000-000000000001',
    },
    sleep: () => new Promise((next) => setImmediate(next)),
    ...more,
  });
}

/** The people of an answer of `/sandbox/users`, all in one zone. */
export function holdersIn(answer: unknown, timeZone = 'UTC'): readonly Holder[] {
  return listFrom(answer).map((user) => holderOf(user, timeZone));
}

function holderOf(user: unknown, timeZone: string): Holder {
  const { login, mailbox, userId, employeeId } = objectFrom(user) ?? {};
  return {
    personId: String(login),
    mailbox: String(mailbox),
    userId: String(userId),
    login: String(login) as Login,
    employeeId: String(employeeId),
    timeZone,
    marks: shippedMarks,
  };
}

function countsIn(answer: unknown): Readonly<Record<string, number>> {
  const counts = listFrom(objectFrom(answer)?.['requests']).flatMap((entry) => {
    const { side, method, route, count } = objectFrom(entry) ?? {};
    return side === 'graph' && Number(count) > 0
      ? [[`${String(method)} ${String(route)}`, Number(count)]]
      : [];
  });
  return Object.fromEntries(counts);
}
