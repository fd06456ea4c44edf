/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { sql } from 'kysely';
import type { Login } from '../../server/connectors/directory.ts';
import { readSettings, type Settings } from '../../server/config.ts';
import type { Clock } from '../../server/context.ts';
import { leaseMs } from '../../server/engine/lease.ts';
import { createMemo, type Engine } from '../../server/engine/engine.ts';
import { sweepMailboxes } from '../../server/engine/sweep-mailbox.ts';
import { sweepSiebel } from '../../server/engine/sweep-siebel.ts';
import { runTurns } from '../../server/engine/turn.ts';
import { createLogger } from '../../server/log.ts';
import { claimCues, leaveCues, nextDue, type Cue } from '../../server/store/cues.ts';
import type { Db } from '../../server/store/db.ts';
import { mapPerson } from '../../server/store/people.ts';
import type { CueKind } from '../../server/store/schema.ts';
import { addressOf, createMemorySides, type MemorySides } from './memory-sides.ts';

/** Time that goes on when a test says so. */
export type TestClock = Clock & Readonly<{ pass: (duration: Temporal.DurationLike) => void }>;

export function createTestClock(start = '2026-01-05T09:00:00Z'): TestClock {
  let now = Temporal.Instant.from(start);
  return {
    now: () => now,
    wait: async () => undefined,
    pass: (duration) => {
      now = now.add(duration);
    },
  };
}

export type MemoryWorld = Readonly<{
  db: Db;
  clock: TestClock;
  sides: MemorySides;
  /** Ids of the people by login. */
  people: ReadonlyMap<string, string>;
  /** A server process on this world: nothing is remembered from another. */
  engine: (over?: Partial<Pick<Engine, 'db' | 'siebel' | 'exchange'>>) => Engine;
}>;

const dayMs = 24 * 3_600_000;

/** A world without a network: a database, both sides in memory, and people who are mapped and not yet swept. */
export async function openMemoryWorld(
  db: Db,
  logins: readonly string[],
  more: Parameters<typeof createMemorySides>[1] = {},
): Promise<MemoryWorld> {
  const clock = createTestClock();
  const people = new Map<string, string>();
  const personAt = (address: string): string | null =>
    people.get(logins.find((login) => addressOf(login as Login) === address) ?? '') ?? null;
  const sides = createMemorySides(logins as Login[], { ...more, exchange: { personAt, ...more.exchange } });
  let made = 0;
  const newId = (): string => `00000000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;
  for (const login of logins) people.set(login, await mapLogin(db, login as Login, { id: newId(), clock }));
  const context = {
    clock,
    newId,
    newSecret: newId,
    log: createLogger('silent'),
    settings,
    usePolicy: () => undefined,
  };
  return {
    db,
    clock,
    sides,
    people,
    engine: (over) => ({
      db,
      siebel: sides.siebel,
      exchange: sides.exchange,
      ...context,
      memo: createMemo(clock.now),
      ...over,
    }),
  };
}

async function mapLogin(db: Db, login: Login, { id, clock }: { id: string; clock: Clock }): Promise<string> {
  const mapping = {
    mailbox: addressOf(login),
    siebelLogin: login,
    enabled: true,
    language: 'en',
    extractFrom: null,
    levels: {},
  };
  const request = { id, mapping, identity: null, mayChangeLogin: false, now: clock.now() };
  const answer = await mapPerson(db, request);
  if (answer.mapped === 'refused') throw new Error(`${login} cannot be mapped.`);
  return answer.person.id;
}

const settings: Settings = readTestSettings();

function readTestSettings(): Settings {
  const reading = readSettings({
    LOG_LEVEL: 'silent',
    SYNC_INTERVAL_SECONDS: '86400',
    PUBLIC_URL: 'http://127.0.0.1:3000',
  });
  if (!('settings' in reading)) throw new Error(reading.problems.join(' '));
  return { ...reading.settings, syncIntervalMs: dayMs, taskIntervalMs: dayMs };
}

/** Empties the database for the next world. */
export async function forgetAll(db: Db): Promise<void> {
  await sql`truncate person, siebel_record, link, snapshot, cue, cursor, journal, policy, question, parked, subscription
    restart identity`.execute(db);
}

/** Asks for a look at both sides of everybody. */
export async function lookEverywhere(world: MemoryWorld): Promise<void> {
  const mailboxes = [...world.people.values()].map((personId) => ({
    kind: 'mailbox' as const,
    personId,
    recordId: null,
    cause: 'request' as const,
  }));
  const siebel = { kind: 'siebel', personId: null, recordId: null, cause: 'request' } as const;
  await leaveCues(world.db, [siebel, ...mailboxes], world.clock.now());
}

const lanes = ['mailbox', 'siebel', 'turn'] as const satisfies readonly CueKind[];
const herds = { mailbox: 40, siebel: 1, turn: 200 };
const mostRounds = 200;

/**
 * Works off everything that is due, lane after lane, and what comes due within the longest pause between two tries; time
 * passes as needed. Fails when the work does not end.
 */
export async function workOff(world: MemoryWorld, engine: Engine): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    let hasWorked = false;
    for (const kind of lanes) hasWorked = (await workOnce(world, engine, kind)) || hasWorked;
    if (!hasWorked && !(await waitForMore(world, engine))) return;
  }
  throw new Error(`There was still something to do after ${mostRounds} rounds.`);
}

export async function workOnce(world: MemoryWorld, engine: Engine, kind: CueKind): Promise<boolean> {
  const cues = await claimOne(world, engine.db, kind);
  if (cues.length === 0) return false;
  await workOn(engine, kind, cues);
  return true;
}

/** In the order of the keys, so that a history goes the same way every time. */
async function claimOne(world: MemoryWorld, db: Db, kind: CueKind): Promise<readonly Cue[]> {
  const request = { kinds: [kind], limit: herds[kind], now: world.clock.now(), leaseMs };
  return [...(await claimCues(db, request))].sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function workOn(engine: Engine, kind: CueKind, cues: readonly Cue[]): Promise<void> {
  const [first] = cues;
  if (kind === 'mailbox') await sweepMailboxes(engine, cues);
  else if (kind === 'turn') await runTurns(engine, cues);
  else if (first) await sweepSiebel(engine, first);
}

async function waitForMore({ clock }: MemoryWorld, { db }: Engine): Promise<boolean> {
  const due = await nextDue(db, lanes);
  const ms = due === null ? dayMs : due.epochMilliseconds - clock.now().epochMilliseconds;
  if (ms > 3_600_000) return false;
  clock.pass({ milliseconds: Math.max(ms, 0) + 1 });
  return true;
}
