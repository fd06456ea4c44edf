import type { WireAnswer, WireRequest } from '../wire.ts';
import { DeskError, listFrom, objectFrom, type Sandbox } from './desk-input.ts';
import { WrongFault } from './faults.ts';
import { mailboxAnswer } from './mailbox-routes.ts';
import { UnknownSwitch } from './switches.ts';
import { tokenFor } from './token-route.ts';
import { addUsers } from './users-route.ts';

type Route = (sandbox: Sandbox, body: unknown) => WireAnswer | Promise<WireAnswer>;

/** The control desk of `contract.md` section 4: JSON in, JSON out, no login. */
export async function deskAnswer(sandbox: Sandbox, request: WireRequest): Promise<WireAnswer> {
  try {
    const body = bodyOf(request.body);
    const key = `${request.method} ${request.path.replace(/\/$/, '')}`;
    const route = routes[key];
    if (route) return await route(sandbox, body);
    const inMailbox = mailboxAnswer(sandbox, key, body);
    if (inMailbox !== null) return inMailbox;
    throw new DeskError(404, `The control desk has no ${key}.`);
  } catch (error) {
    if (error instanceof DeskError) return { status: error.status, body: { error: error.message } };
    if (error instanceof WrongFault || error instanceof UnknownSwitch) {
      return { status: 400, body: { error: error.message } };
    }
    throw error;
  }
}

const ok = (body: unknown): WireAnswer => ({ status: 200, body });

const routes: Readonly<Record<string, Route>> = {
  'POST /reset': async (sandbox, body) => {
    const seed = objectFrom(body)['seed'] ?? 'empty';
    if (seed !== 'empty' && seed !== 'demo') throw new DeskError(400, 'seed is "empty" or "demo".');
    await sandbox.reset(seed);
    return ok({ seed });
  },
  'POST /users': (sandbox, body) => addUsers(sandbox, body),
  'GET /users': ({ world }) => ok(world.people.all()),
  'POST /token': (sandbox, body) => tokenFor(sandbox, objectFrom(body)),
  'GET /outbox': ({ world }) => ok(world.outbox.all()),
  'POST /faults': ({ world }, body) => {
    for (const fault of listFrom(body)) world.faults.add(fault);
    return { status: 201, body: world.faults.all() };
  },
  'GET /faults': ({ world }) => ok(world.faults.all()),
  'DELETE /faults': ({ world }) => {
    world.faults.clear();
    return { status: 204, body: null };
  },
  'GET /requests': ({ world }) => ok({ requests: world.counts.all() }),
  'POST /latency': ({ world }, body) => {
    const { graphMs, siebelMs } = objectFrom(body);
    world.latency.graphMs = millisecondsFrom(graphMs, world.latency.graphMs);
    world.latency.siebelMs = millisecondsFrom(siebelMs, world.latency.siebelMs);
    return ok(world.latency);
  },
  'GET /behaviour': ({ world }) => ok(world.switches.all()),
  'POST /behaviour': ({ world }, body) => {
    for (const [name, value] of Object.entries(objectFrom(body))) {
      if (typeof value !== 'boolean' && typeof value !== 'number' && typeof value !== 'string') {
        throw new DeskError(400, `The switch "${name}" takes true, false, a number or a text.`);
      }
      world.switches.set(name, value);
    }
    return ok(world.switches.all());
  },
  'GET /clock': ({ world }) => ok({ now: world.now().toISOString() }),
  'POST /clock': ({ world }, body) => {
    const seconds = objectFrom(body)['advanceSeconds'];
    if (typeof seconds !== 'number' || seconds < 0) {
      throw new DeskError(400, 'advanceSeconds is a number of seconds, zero or more.');
    }
    world.advance(seconds);
    return ok({ now: world.now().toISOString() });
  },
  'POST /notifications/replay': ({ graph }) => ok({ delivered: graph.control.replayNotifications() }),
};

function bodyOf(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DeskError(400, 'The body is not JSON.');
  }
}

function millisecondsFrom(value: unknown, standard: number): number {
  if (value === undefined) return standard;
  if (typeof value !== 'number' || value < 0) {
    throw new DeskError(400, 'graphMs and siebelMs are milliseconds, zero or more.');
  }
  return value;
}
