import { createWorld } from './control/create-world.ts';
import { deskAnswer } from './control/desk.ts';
import type { Sandbox as Steered } from './control/desk-input.ts';
import { listen, type Answerer } from './control/http-server.ts';
import { stateKeeper } from './control/state-file.ts';
import { seedDemo } from './demo.ts';
import { entraSide } from './entra/entra-side.ts';
import { createKeys } from './entra/keys.ts';
import { createIssuer } from './entra/tokens.ts';
import { graphSide } from './graph/index.ts';
import { siebelSide } from './siebel/siebel-side.ts';
import { createOutlookStandIn, type OutlookStandIn } from './outlook/outlook-stand-in.ts';
import type { Side, SideName, WireAnswer, WireRequest } from './wire.ts';
import type { World } from './world.ts';

export type SandboxOptions = Readonly<{
  /** 0 takes any free port. */
  port: number;
  /** A loopback address; `127.0.0.1` (with `::1`) unless told. */
  host?: string;
  log?: (line: string) => void;
  /** What it starts with; `empty` unless told. */
  seed?: 'empty' | 'demo';
  /** Decides every random choice. */
  randomSeed?: number;
  /** A file the data are kept in, so that a second start finds them again; none unless told. */
  stateFile?: string;
  /** Where the product listens, whose add-in `/outlook` shows; unknown unless told. */
  productUrl?: string;
}>;

/** A running sandbox. */
export type Sandbox = Readonly<{
  /** `http://localhost:<port>` */
  url: string;
  port: number;
  /** Whether it began with its seed rather than with what the state file held. */
  isNew: boolean;
  close: () => Promise<void>;
  world: World;
}>;

/**
 * Starts the stand-ins for Siebel, Microsoft Graph and Entra with their control desk on one origin
 * (`contract.md` section 4). Several may run in one process. Rejects when the port is taken.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  // The issuer names the port, which is known once the server listens; no token is made before that.
  let origin = 'http://localhost';
  const steered = await assembled(options.randomSeed ?? 1, () => origin);
  const keeper = await stateKeeper(options.stateFile ?? null, steered);
  const answer = answererOf(steered, createOutlookStandIn(options.productUrl ?? null));
  const server = await listen({
    port: options.port,
    host: options.host ?? '127.0.0.1',
    now: steered.world.now,
    log: options.log ?? (() => undefined),
    answer: (prefix, request) => {
      if (request.method !== 'GET') keeper.touch();
      return answer(prefix, request);
    },
  });
  origin = `http://localhost:${server.port}`;
  if (keeper.isNew && options.seed === 'demo') await steered.reset('demo');
  return {
    url: origin,
    port: server.port,
    isNew: keeper.isNew,
    world: steered.world,
    close: async () => {
      await server.close();
      await steered.graph.close();
      await keeper.close();
    },
  };
}

type Assembled = Steered & Readonly<{ entra: Side }>;

async function assembled(randomSeed: number, origin: () => string): Promise<Assembled> {
  const keys = await createKeys();
  const world = createWorld(randomSeed, keys);
  const issuer = () => createIssuer(world, keys, origin());
  const graph = graphSide(world);
  const siebel = siebelSide(world);
  const entra = entraSide(world, keys, issuer);
  const steered: Assembled = {
    world,
    graph,
    siebel,
    entra,
    issuer,
    reset: async (seed) => {
      world.reset();
      graph.reset();
      siebel.reset();
      entra.reset();
      if (seed === 'demo') await seedDemo(steered);
    },
  };
  return steered;
}

function answererOf(steered: Assembled, outlook: OutlookStandIn): Answerer {
  const { world, graph, siebel, entra } = steered;
  const sides: Readonly<Record<SideName, Side>> = { graph, siebel, entra };
  return (prefix, request) => {
    if (prefix === 'sandbox') return deskAnswer(steered, request);
    if (isSide(prefix)) return counted(world, { name: prefix, side: sides[prefix] }, request);
    return prefix === '' ? Promise.resolve(frontPage()) : outlook.answer(prefix, request);
  };
}

function isSide(prefix: string): prefix is SideName {
  return prefix === 'graph' || prefix === 'siebel' || prefix === 'entra';
}

function counted(
  world: World,
  { name, side }: Readonly<{ name: SideName; side: Side }>,
  request: WireRequest,
): Promise<WireAnswer> {
  const route = side.template(request.method, request.path);
  world.counts.request(name, request.method, route, operationsOf(route, request.body));
  return side.answer(request);
}

/** What a request carries: a `$batch` names a method for each of its inner requests, everything else is one. */
function operationsOf(route: string, body: string): number {
  return route.endsWith('/$batch') ? (body.match(/"method"\s*:/g)?.length ?? 0) : 1;
}

function frontPage(): WireAnswer {
  return {
    status: 200,
    body: {
      outlook: '/outlook',
      graph: '/graph/v1.0',
      siebel: '/siebel/v1.0',
      entra: '/entra/sandbox',
      desk: '/sandbox',
    },
  };
}
