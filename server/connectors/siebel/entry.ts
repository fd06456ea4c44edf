import type { Login } from '../directory.ts';
import type { SentChild } from './batch.ts';
import type { Row } from './wire.ts';

/** A record whose own fields are stored and whose children may still have to be. */
export type Entry = Readonly<{
  id: string;
  asUser: Login | null;
  children: readonly SentChild[];
  drops: readonly Readonly<{ name: string; childId: string }>[];
  /** Whether the children went along with their record. */
  hasChildren: boolean;
  /** The record as it was read just before, if it was. */
  known?: Row | null;
}>;
