/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { emptyTask, type Task } from '../../shared/task.ts';
import type {
  CreateRequest,
  Holder,
  Sighting,
  Stamp,
  UpdateRequest,
} from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { createGraphClient, type GraphClient } from '../../server/connectors/graph/client.ts';
import { createFolders } from '../../server/connectors/graph/folders.ts';
import type { GraphRequest } from '../../server/connectors/graph/packer.ts';
import { createTodo, type Todo } from '../../server/connectors/graph/todo/index.ts';
import { createTokens, scopeOf } from '../../server/connectors/graph/token.ts';
import { listFrom, objectFrom, type GraphRow } from '../../server/connectors/graph/wire.ts';
import { createHttp, type HttpRequest } from '../../server/connectors/http.ts';
import type { FieldName } from '../../server/core/step.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';

/** The To Do part of the connector in front of the sandbox, with an empty mailbox of Ana's; anew for every test. */
export type TodoWorld = {
  todo: Todo;
  /** The same where the service is known to pass over `If-Match`. */
  careful: Todo;
  ana: Holder;
  desk: (method: HttpRequest['method'], path: string, body?: unknown) => Promise<unknown>;
  /** What a person does in To Do: a request below `/users/{ana}/todo/lists`. Answers the body. */
  hand: (method: GraphRequest['method'], path: string, body?: unknown) => Promise<GraphRow>;
  /** Ana's default list. */
  list: string;
  /** Round trips to Graph since the test began. */
  roundTrips: () => Promise<number>;
  created: (item?: Task, stamp?: string) => Promise<Sighting>;
};

export const rich: Task = {
  ...emptyTask,
  subject: 'Call Maria',
  body: 'About the offer\nand the dates',
  status: 'inProgress',
  importance: 'high',
  startDate: '2026-10-24',
  dueDate: '2026-10-26',
  reminder: '2026-10-25T00:30:00Z',
  categories: ['Golf', 'VIP'],
};

export function useTodoWorld(): TodoWorld {
  const http = createHttp({ concurrency: 4, timeoutMs: 10_000, clock: { now: () => 0 } });
  let sandbox: Awaited<ReturnType<typeof startSandbox>> | null = null;
  const urlOf = () => sandbox?.url ?? '';
  const world: Partial<TodoWorld> = {};
  const desk: TodoWorld['desk'] = async (method, path, body = null) => {
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
    const ana = holderOf(listFrom(await desk('POST', '/users', [person]))[0]);
    const outlook = outlookAt(urlOf(), http);
    const todo = createTodo(outlook);
    const hand = handOf(outlook.client, ana.userId);
    const feeds = await todo.feeds(ana, 'task', []);
    if ('kind' in feeds) throw new Error(feeds.reason);
    Object.assign(world, {
      todo,
      careful: createTodo(outlook, { ifMatch: false }),
      ana,
      desk,
      hand,
      list: feeds[0],
      roundTrips: async () => tripsIn(await desk('GET', '/requests')),
      created: async (item: Task = rich, stamp = 'stamp-1') => {
        const [answer] = await todo.create([creation(ana, item, stamp)]);
        if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
        return answer.now;
      },
    });
  });
  afterAll(async () => {
    await http.close();
    await sandbox?.close();
  });
  return world as TodoWorld;
}

const person = {
  login: 'ANA',
  firstName: 'Ana',
  lastName: 'Alvez',
  mailbox: 'ana@example.com',
  timeZone: 'Europe/Berlin',
};

export const creation = (holder: Holder, item: Task, stamp = 'stamp-1'): CreateRequest => ({
  holder,
  stamp: stamp as Stamp,
  kind: 'task',
  item,
  ownerIfUnknown: null,
});

/** An update of what was seen by the fields that are given. */
export const change = (
  holder: Holder,
  seen: Sighting,
  more: Partial<Task>,
  mark: boolean | null = null,
): UpdateRequest => ({
  holder,
  ref: seen.ref,
  version: seen.version,
  fields: Object.keys(more) as FieldName[],
  item: { ...seen.item, ...more },
  before: seen.item,
  mark,
  kind: 'task',
  list: { add: [], drop: [] },
});

function outlookAt(url: string, http: ReturnType<typeof createHttp>) {
  const graphUrl = `${url}/graph/v1.0`;
  const context = {
    clock: { now: () => Temporal.Now.instant() },
    newId: () => 'a5b0b6f0-0000-4000-8000-000000000001',
  };
  const tokens = createTokens({
    authority: `${url}/entra`,
    tenantId: '00000000-0000-0000-0000-0000000005eb',
    clientId: '00000000-0000-0000-0000-00000000c11e',
    clientSecret: 'sandbox',
    certificatePath: null,
    scope: scopeOf(graphUrl),
    http,
    context,
  });
  const sleep = () => new Promise<void>((next) => setImmediate(next));
  const client = createGraphClient({ graphUrl, http, tokens, context, concurrency: 8, sleep });
  return { client, folders: createFolders(client) };
}

function handOf(client: GraphClient, mailbox: string): TodoWorld['hand'] {
  return async (method, path, body) => {
    const request = { mailbox, method, path: `/users/${mailbox}/todo/lists${path}` } as const;
    const answer = await client.request(
      body === undefined ? request : { ...request, body: body as Readonly<Record<string, unknown>> },
    );
    if (answer.answer === 'failed' || answer.status >= 300)
      throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return (answer.body ?? {}) as GraphRow;
  };
}

function holderOf(user: unknown): Holder {
  const { login, mailbox, userId, employeeId } = objectFrom(user) ?? {};
  const mark = (name: string) => ({ write: name, accept: [name], employee: null });
  return {
    personId: String(login),
    mailbox: String(mailbox),
    userId: String(userId),
    login: String(login) as Login,
    employeeId: String(employeeId),
    timeZone: 'Europe/Berlin',
    marks: {
      contact: mark('Siebel Contact'),
      appointment: mark('Siebel Appointment'),
      task: mark('Siebel Task'),
    },
  };
}

function tripsIn(answer: unknown): number {
  const rows = listFrom(objectFrom(answer)?.['requests']).map((entry) => objectFrom(entry) ?? {});
  return rows.filter(({ side }) => side === 'graph').reduce((sum, { count }) => sum + Number(count), 0);
}
