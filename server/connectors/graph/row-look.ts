import type { Failure, Holder } from '../connector.ts';
import type { GraphRow } from './wire.ts';

/** A contact, an event or a task of a mailbox. */
export type RowRequest = Readonly<{ holder: Holder; ref: string }>;

/** It as Graph sends it, with everything of it that we read. */
export type RowLook =
  | Readonly<{ look: 'found'; row: GraphRow }>
  | Readonly<{ look: 'missing'; why: 'deleted' | 'outOfReach' }>
  | Readonly<{ look: 'failed'; failure: Failure }>;

export const deleted: RowLook = { look: 'missing', why: 'deleted' };
export const outOfReach: RowLook = { look: 'missing', why: 'outOfReach' };
