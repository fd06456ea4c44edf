import type { Context } from '../context.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** One thing a plan would do; the engine's preview gives them. */
type PlannedStep = Readonly<{
  do: string;
  side: string | null;
  kind: string;
  item: string;
  fields: readonly string[];
  /** How many guests Exchange would mail because of it. */
  mails: number;
  why: string;
}>;
export type PersonPlan = Readonly<{ person: string; steps: readonly PlannedStep[]; trouble: string | null }>;

/** What commands work with besides their words. */
export type Desk = Readonly<{
  context: Context;
  terminal: Terminal;
  planFor: (context: Context, mailbox: string | null) => Promise<readonly PersonPlan[]>;
}>;

export type Words = Readonly<{
  positionals: readonly string[];
  person: string | null;
  wait: number;
  yes: boolean;
  dryRun: boolean;
  fromSiebel: boolean;
}>;

/** A command that needs the database and both sides. Wrong usage is told by throwing `usage`. */
export type Command = (desk: Desk, words: Words) => Promise<ExitCode>;

export type UsageError = Error & Readonly<{ isUsage: true }>;

/** The command was not called the right way: says how, exit code 2. */
export function usage(message: string): UsageError {
  return Object.assign(new Error(message), { isUsage: true as const });
}

export function isUsage(error: unknown): error is UsageError {
  return error instanceof Error && 'isUsage' in error;
}
