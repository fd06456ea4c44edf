import type { MemoryWorld } from '../support/memory-world.ts';
import type { Chance } from './random.ts';

/** People at work with calendars and task lists on both sides. */
export type CalendarOffice = {
  readonly world: MemoryWorld;
  readonly chance: Chance;
  readonly logins: readonly string[];
  /** Edits nobody else has a hand in, by `title field`: whoever wrote the field first alone writes it on. */
  readonly lone: Map<string, Readonly<{ by: string; token: string }>>;
  /** Titles of what somebody deleted, declined, hid or handed over: who holds it is a matter of policy there. */
  readonly moved: Set<string>;
  /** Titles to which people invited others in Outlook: those may have a copy of ours already, which then is one of two. */
  readonly split: Set<string>;
  /** What is written in private, in no other place yet. */
  readonly secrets: Set<string>;
  /** Titles of what Siebel itself kept private until it was deleted or shown there: its words are no secret from Siebel. */
  readonly kept: Set<string>;
  /** Titles of what was there before anybody was swept, and of what was over by then. */
  readonly old: Set<string>;
  readonly past: Set<string>;
  made: number;
};
