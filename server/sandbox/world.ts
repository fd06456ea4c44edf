import type { SideName } from './wire.ts';

/** What the stand-ins share: one clock, one source of ids, the switches, the faults, the counts. Nothing of mapping. */
export type World = Readonly<{
  /** The sandbox's clock; `POST /sandbox/clock` moves it. */
  now: () => Date;
  advance: (seconds: number) => void;
  /** Strictly increasing; never reused, not even after a reset. */
  nextNumber: () => number;
  /** Seeded, so that a run can be repeated. */
  random: () => number;
  /** Switches of `POST /sandbox/behaviour`; each stand-in declares its own with a default and a sentence. */
  switches: Switches;
  faults: Faults;
  counts: Counts;
  latency: { graphMs: number; siebelMs: number };
  /** Claims of a token signed by the sandbox's Entra that is valid now, or null. */
  verifyToken: (token: string) => Promise<Readonly<Record<string, unknown>> | null>;
  /** A version 4 UUID from `random`. */
  uuid: () => string;
  /** Everybody `POST /sandbox/users` made, by mailbox, Siebel login and Graph id. */
  people: People;
  outbox: Outbox;
}>;

/** One person of the sandbox. Without `login` and `employeeId`: a mailbox outside the company. */
export type Person = Readonly<{
  mailbox: string;
  userId: string;
  displayName: string;
  login: string | null;
  employeeId: string | null;
}>;

/** `byMailbox` ignores case. */
export type People = Readonly<{
  byMailbox: (mailbox: string) => Person | null;
  byLogin: (login: string) => Person | null;
  byUserId: (userId: string) => Person | null;
  all: () => readonly Person[];
  add: (person: Person) => void;
  /** Further addresses of a mailbox, in place of those it had; `byMailbox` knows them too. */
  setAliases: (mailbox: string, addresses: readonly string[]) => void;
  clear: () => void;
}>;

/** A mail Exchange would have sent; addresses in lower case, `at` in ISO 8601 UTC. */
export type Mail = Readonly<{
  at: string;
  from: string;
  to: readonly string[];
  kind: 'invitation' | 'update' | 'cancellation' | 'response';
  subject: string;
  iCalUId: string;
}>;

/** Only grows until a reset. */
export type Outbox = Readonly<{ add: (mail: Mail) => void; all: () => readonly Mail[]; clear: () => void }>;

export type Switches = Readonly<{
  declare: (name: string, defaultValue: boolean | number | string, meaning: string) => void;
  isOn: (name: string) => boolean;
  value: (name: string) => boolean | number | string;
  set: (name: string, value: boolean | number | string) => void;
  all: () => Readonly<Record<string, Readonly<{ value: boolean | number | string; meaning: string }>>>;
  reset: () => void;
}>;

/** A fault that applies to one request; `counts down` when taken. */
export type FaultHit =
  | Readonly<{ kind: 'status'; status: number; retryAfterSeconds: number | null }>
  | Readonly<{ kind: 'delay'; delayMs: number }>
  | Readonly<{ kind: 'drop-before' | 'drop-after-commit' | 'partial-page' | 'empty-list' | 'expire-delta' }>;

export type Faults = Readonly<{
  /** Takes the first fault that matches; `path` is the decoded path as sent, with the side's prefix, without query. */
  take: (
    side: SideName,
    method: string,
    path: string,
    /** The kinds this request can suffer; others are left for a request they fit. Absent means every kind. */
    kinds?: readonly FaultHit['kind'][],
  ) => FaultHit | null;
}>;

export type Counts = Readonly<{
  /** One request on the wire with the inner operations it carried (1 unless it is a `$batch`). */
  request: (side: SideName, method: string, route: string, operations: number) => void;
  /** One inner operation of a `$batch`, listed under its own route. */
  operation: (side: SideName, method: string, route: string) => void;
}>;

/** Thrown by a stand-in to make the server cut the connection without an answer. */
export class DropConnection extends Error {
  constructor() {
    super('The connection is cut on purpose.');
  }
}
