import type { Brand } from '../../shared/domain.ts';
import type { Item } from '../../shared/item.ts';

/**
 * The id of an item on its side, opaque to everything but that side's connector.
 * Siebel: component and row id, `Contact/1-ABC`, `Employee/0-1`. Exchange: Graph's immutable id. Case-sensitive.
 */
export type Ref = Brand<string, 'Ref'>;

/** Changes whenever that side's copy may have changed; equal versions mean equal content, not the other way round. */
export type Version = Brand<string, 'Version'>;

export type { Item };

export type Present = Readonly<{ state: 'present'; ref: Ref; version: Version; item: Item }>;

/**
 * Why there is nothing. `never`: nothing has been there so far. `deleted`: a person or the system removed it for good.
 * `unmarked`: it is still there, but its owner took it out of the sync (category, Sync List, un-mark button, Private).
 * `outOfReach`: nobody decided anything about the item; a filter, a position, a window or a mailbox hides it.
 * Only `deleted` may ever travel to the other side as a deletion.
 */
export const absences = ['never', 'deleted', 'unmarked', 'outOfReach'] as const;
export type Absence = (typeof absences)[number];
export type Absent = Readonly<{ state: 'absent'; why: Absence }>;

export type Snapshot = Present | Absent;

export const never: Absent = { state: 'absent', why: 'never' };
