import { stateKeeper } from './control/state-file.ts';
import { createWorld } from './control/create-world.ts';
import { deskAnswer } from './control/desk.ts';
import type { Sandbox as Steered } from './control/desk-input.ts';
import { listen } from './control/http-server.ts';
import { seedDemo } from './demo.ts';
import { createKeys } from './entra/keys.ts';
import { entraSide } from './entra/entra-side.ts';
import { createIssuer, type Issuer } from './entra/tokens.ts';
import { graphSide } from './graph/index.ts';
import { siebelSide } from './siebel/siebel-side.ts';
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
  const keys = await createKeys();
  const world = createWorld(options.randomSeed ?? 1, keys);
  // Known once the port is; nothing is issued before.
  let issuer: Issuer = createIssuer(world, keys, 'http://localhost');
  const graph = graphSide(world);
  const siebel = siebelSide(world);
  const entra = entraSide(world, keys, () => issuer);
  const sandbox: Steered = {
    world,
    graph,
    siebel,
    issuer: () => issuer,
    reset: async (seed) => {
      world.reset();
      graph.reset();
      siebel.reset();
      entra.reset();
      if (seed === 'demo') await seedDemo(sandbox);
    },
  };
  const keeper = await stateKeeper(options.stateFile ?? null, sandbox);
  const sides: Readonly<Record<SideName, Side>> = { graph, siebel, entra };
  const server = await listen({
    port: options.port,
    host: options.host ?? '127.0.0.1',
    now: world.now,
    log: options.log ?? (() => undefined),
    answer: (prefix, request) => {
      if (prefix === 'sandbox') return deskAnswer(sandbox, request);
      if (isSide(prefix)) return counted(world, { name: prefix, side: sides[prefix] }, request);
      return Promise.resolve(frontPage(prefix));
    },
  });
  issuer = createIssuer(world, keys, `http://localhost:${server.port}`);
  if (keeper.isNew && options.seed === 'demo') await sandbox.reset('demo');
  return {
    url: `http://localhost:${server.port}`,
    port: server.port,
    isNew: keeper.isNew,
    world,
    close: async () => {
      await server.close();
      await graph.close();
      await keeper.close();
    },
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

function frontPage(prefix: string): WireAnswer {
  if (prefix !== '') return { status: 404, body: { error: `There is nothing at /${prefix}.` } };
  return { status: 200, body: { graph: '/graph/v1.0', siebel: '/siebel/v1.0', entra: '/entra', desk: '/sandbox' } };
}
