/* oxlint-disable typescript/no-unsafe-type-assertion -- the one place where Graph's texts become names of ours */
import type { Ref, Version } from '../../core/snapshot.ts';
import type { Stamp } from '../connector.ts';
import { extendedValue, stampId } from './extended.ts';
import { changeKeyOf, type GraphContact } from './wire.ts';

/** Graph's immutable id. */
export function refOf(row: GraphContact): Ref {
  return row.id as Ref;
}

/** The change key, of a task its etag, which holds the same; empty where a row of a change feed does not carry it, which equals no version we hold. */
export function versionOf(row: GraphContact): Version {
  return (changeKeyOf(row) ?? '') as Version;
}

export function stampOf(row: GraphContact): Stamp | null {
  return extendedValue(row, stampId) as Stamp | null;
}
