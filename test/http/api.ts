/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { Value } from 'typebox/value';
import { Problem } from '../../shared/api.ts';
import { createApp } from '../../server/app.ts';
import { readSettings } from '../../server/config.ts';
import { newId, newSecret, systemClock, type Context } from '../../server/context.ts';
import { createLogger } from '../../server/log.ts';
import type { Db } from '../../server/store/db.ts';
import { openFreshDb } from '../support/database.ts';
import { addPerson, createStillSides, type StillSides } from '../support/still-sides.ts';
import { useStarted } from '../support/use-started.ts';
import { clientId, startAuthority, tenantId, type Authority } from './authority.ts';

export type Answer = Readonly<{
  status: number;
  json: Record<string, unknown>;
  text: string;
  headers: Record<string, unknown>;
}>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

/** The API over a real database, with two sides that hold still. Nothing works on the cues: tests see what is left. */
export type Api = Readonly<{
  app: FastifyInstance;
  context: Context;
  db: Db;
  sides: StillSides;
  authority: Authority;
  /** Everything the product logged. */
  logged: string[];
  call: (
    method: Method,
    url: string,
    options?: { token?: string | null; body?: unknown; headers?: Record<string, string> },
  ) => Promise<Answer>;
  as: (login: string) => (method: Method, url: string, body?: unknown) => Promise<Answer>;
  admin: (method: Method, url: string, body?: unknown) => Promise<Answer>;
  /** Maps somebody both sides know; answers their id. */
  map: (login: string) => Promise<string>;
  cues: () => Promise<readonly { key: string; cause: string }[]>;
}>;

/** Sets the API up before the tests of a file and takes it down after them. */
export function withApi(): () => Api {
  return useStarted(startApi);
}

async function startApi(): Promise<Api & { close: () => Promise<void> }> {
  const { db, close } = await openFreshDb();
  const authority = await startAuthority(() => Math.floor(systemClock.now().epochMilliseconds / 1000));
  const sides = createStillSides();
  const logged: string[] = [];
  const context: Context = {
    db,
    clock: systemClock,
    newId,
    newSecret,
    log: createLogger('debug', { write: (line) => void logged.push(line) }),
    settings: settingsFor(authority),
    siebel: sides.siebel,
    exchange: sides.exchange,
    usePolicy: () => undefined,
  };
  const app = await createApp(context);
  const call = callOf(app);
  const bearer = (login: string, roles: readonly string[]) =>
    authority.token({ oid: `user-${login.toLowerCase()}`, ...(roles.length > 0 ? { roles } : {}) });
  const admin: Api['admin'] = (method, url, body) =>
    call(method, url, { token: bearer('BOSS', ['Siebel.Admin']), body });
  return {
    app,
    context,
    db,
    sides,
    authority,
    logged,
    call,
    as: (login) => (method, url, body) => call(method, url, { token: bearer(login, []), body }),
    admin,
    map: async (login) => {
      const { mailbox } = addPerson(sides, login);
      const answer = await admin('POST', '/api/admin/people', { mailbox, siebelLogin: login, enabled: true });
      expect(answer.status, answer.text).toBe(201);
      const row = await db
        .selectFrom('person')
        .select('id')
        .where('mailbox', '=', mailbox)
        .executeTakeFirstOrThrow();
      return row.id;
    },
    cues: () => db.selectFrom('cue').select(['key', 'cause']).orderBy('key').execute(),
    close: async () => {
      await app.close();
      await authority.close();
      await close();
    },
  };
}

function settingsFor(authority: Authority): Context['settings'] {
  const reading = readSettings({
    DATABASE_URL: 'postgresql://somewhere/else',
    PUBLIC_URL: 'https://sync.example.com',
    SIEBEL_URL: 'https://siebel.example.com/siebel/v1.0',
    SIEBEL_USER: 'SADMIN',
    SIEBEL_PASSWORD: 'secret',
    ENTRA_AUTHORITY: authority.url,
    ENTRA_TENANT_ID: tenantId,
    ENTRA_CLIENT_ID: clientId,
    ENTRA_CLIENT_SECRET: 'secret',
    SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  });
  if ('problems' in reading) throw new Error(reading.problems.join(' '));
  return reading.settings;
}

function callOf(app: FastifyInstance): Api['call'] {
  return async (method, url, { token = null, body, headers = {} } = {}) => {
    const response = await app.inject({
      method,
      url,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    const json: Record<string, unknown> = isJson ? response.json() : {};
    return { status: response.statusCode, json, text: response.body, headers: { ...response.headers } };
  };
}

/** That an answer is a problem of that status and code, as RFC 9457 has it; answers its detail. */
export function expectProblem(answer: Answer, status: number, code: string): string {
  expect({ status: answer.status, code: answer.json['code'] }, answer.text).toEqual({ status, code });
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(Value.Check(Problem, answer.json)).toBe(true);
  return String(answer.json['detail']);
}
