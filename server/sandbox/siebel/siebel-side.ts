import { setTimeout as sleep } from 'node:timers/promises';
import { roundTrip } from '../control/latency.ts';
import type { Side, WireAnswer, WireRequest } from '../wire.ts';
import { DropConnection, type FaultHit, type World } from '../world.ts';
import { addressFrom, templateOf, type Address } from './address-path.ts';
import { addEmployee, emptyStore, type NewEmployee } from './base-data.ts';
import { createConnections } from './connections.ts';
import { describeCatalogue, describeComponent } from './describe.ts';
import { errorAnswer, errorOfStatus, fail, SiebelError } from './errors.ts';
import { parametersFrom } from './parameters.ts';
import { readAnswer } from './read.ts';
import { sessionOf } from './sign-in.ts';
import { Store, type SavedStore } from './store.ts';
import { asSwitched } from './switched-field.ts';
import { declareSiebelSwitches } from './switches.ts';
import { writeAnswer, type Writing } from './write.ts';

export type SiebelSide = Side &
  Readonly<{
    /** An empty Siebel with SADMIN alone. */
    reset: () => void;
    /** Creates an employee with a position; throws `SiebelError` for a login that is taken. */
    addEmployee: (employee: NewEmployee) => string;
    /** All rows and links, as plain data. */
    saved: () => SavedStore;
    restore: (saved: SavedStore) => void;
  }>;

/** The stand-in for Siebel REST. Takes its own faults and waits its own latency, both inside its connection cap. */
export function siebelSide(world: World): SiebelSide {
  declareSiebelSwitches(world);
  const connections = createConnections(world);
  let store = emptyStore(world);
  return {
    template: (_method, path) => templateOf(path),
    reset: () => {
      store = emptyStore(world);
    },
    addEmployee: (employee) => addEmployee(world, store, employee),
    saved: () => store.saved(),
    restore: (saved) => {
      store = new Store(world);
      store.restore(saved);
    },
    answer: (request) =>
      connections(() => served(world, store, request))
        .catch((error: unknown) => {
          if (error instanceof SiebelError) return errorAnswer(error);
          throw error;
        })
        .then((answer) => throughProxy(world, answer)),
  };
}

/** Kinds of fault a listing suffers, and those of every other request. */
const anyKinds: readonly FaultHit['kind'][] = ['status', 'delay', 'drop-before', 'drop-after-commit'];
const listingKinds: readonly FaultHit['kind'][] = [...anyKinds, 'partial-page', 'empty-list'];

async function served(world: World, store: Store, request: WireRequest): Promise<WireAnswer> {
  const kinds = isListing(request) ? listingKinds : anyKinds;
  const hit = world.faults.take('siebel', request.method, `/siebel${request.path}`, kinds);
  await roundTrip(world, 'siebel');
  if (hit?.kind === 'delay') await sleep(hit.delayMs);
  if (hit?.kind === 'drop-before') throw new DropConnection();
  if (hit?.kind === 'status') return faultAnswer(hit.status, hit.retryAfterSeconds);
  const answer = await answerTo(world, store, { request, bend: hit?.kind ?? null });
  if (hit?.kind === 'drop-after-commit') throw new DropConnection();
  return answer;
}

function faultAnswer(status: number, retryAfterSeconds: number | null): WireAnswer {
  const answer = errorAnswer(errorOfStatus(status));
  if (retryAfterSeconds === null) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

/** Collections have an even number of names: version, `data`, object and component, then id and child in turn. */
function isListing({ method, rawPath }: WireRequest): boolean {
  const names = rawPath.split('/').filter((segment) => segment !== '');
  return (
    method === 'GET' &&
    names[1] === 'data' &&
    names.length >= 4 &&
    names.length % 2 === 0 &&
    names.at(-1) !== 'describe'
  );
}

async function answerTo(
  world: World,
  store: Store,
  { request, bend }: Readonly<{ request: WireRequest; bend: FaultHit['kind'] | null }>,
): Promise<WireAnswer> {
  const session = await sessionOf(world, store, request);
  const engine = { world, store, session };
  const address = addressFrom(segmentsOf(request), request.base);
  if (address.address === 'denied') throw fail.accessDenied(address.resource);
  if (address.address === 'describe') {
    return { status: 200, body: describeAnswer(world, address, request.base) };
  }
  const { places, url } = address;
  const parameters = parametersFrom(world, request.query);
  if (request.method === 'GET') {
    return readAnswer({ engine, parameters, places, url, dataUrl: `${request.base}/v1.0/data`, bend });
  }
  const method = writeMethodFrom(request.method);
  return writeAnswer({ engine, method, places, url, isUniform: parameters.isUniform, body: bodyOf(request) });
}

function segmentsOf({ rawPath }: WireRequest): readonly string[] {
  return rawPath
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeURIComponent);
}

function describeAnswer(world: World, address: Extract<Address, { address: 'describe' }>, server: string) {
  const place = address.places.at(-1);
  if (place === undefined) return describeCatalogue(address.object, server);
  const names = address.places.map(
    ({ component, child, id }) => `${child?.name ?? component.name}${id === null ? '' : '/{key}'}`,
  );
  const path = ['data', address.object ?? '', ...names].join('/');
  const fields = place.component.fields.map((field) => asSwitched(world, field));
  const component = { ...place.component, fields };
  return describeComponent({ component, child: place.child, path }, `${server}/v1.0`);
}

function writeMethodFrom(method: string): Writing['method'] {
  if (method === 'POST' || method === 'PUT' || method === 'DELETE') return method;
  throw fail.method(method);
}

function bodyOf({ body, headers }: WireRequest): unknown {
  if (body === '') return [];
  const type = headers['content-type'] ?? 'application/json';
  if (!type.startsWith('application/json')) throw fail.mediaType();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw fail.body();
  }
}

/** What a proxy in front of Siebel makes of a failure, while the switch says so. */
function throughProxy(world: World, answer: WireAnswer): WireAnswer {
  if (answer.status < 500 || !world.switches.isOn('siebel.htmlErrors')) return answer;
  return {
    status: answer.status,
    headers: { 'content-type': 'text/html; charset=iso-8859-1' },
    body: `<!DOCTYPE HTML><html><head><title>${answer.status} Error</title></head><body><h1>Proxy Error</h1><p>The proxy server received an invalid response from an upstream server.</p></body></html>`,
  };
}
