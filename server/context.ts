import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Policy } from '../shared/policy.ts';
import type { ExchangeConnector, SiebelConnector } from './connectors/connector.ts';
import type { Settings } from './config.ts';
import type { Db } from './store/db.ts';

/** The one place where time and chance enter the program. */
export type Clock = Readonly<{
  now: () => Temporal.Instant;
  /** Resolves after `ms`, or as soon as the signal aborts; never rejects. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}>;

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};

/** A time-ordered id (UUID version 7): rows written together lie together. */
export function newId(): string {
  return randomUUIDv7();
}

/** A secret that goes over the wire once and is compared later, e.g. a subscription's client state. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** A key for what is kept secret at rest: 32 bytes in base64. */
export function newKey(): string {
  return randomBytes(32).toString('base64');
}

/** What the worker, the API and the commands share. */
export type Context = Readonly<{
  db: Db;
  clock: Clock;
  newId: () => string;
  newSecret: () => string;
  log: Logger;
  settings: Settings;
  siebel: SiebelConnector;
  exchange: ExchangeConnector;
  /** Tells the connectors the policy that holds now. */
  usePolicy: (policy: Policy) => void;
}>;
