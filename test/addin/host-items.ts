import type { OfficeResult } from '../../addin/office/calls.ts';
import type { HostItem } from '../../addin/office/read-item.ts';

type Done = (result: OfficeResult<unknown>) => void;

export const succeeds =
  (value: unknown) =>
  (done: Done): void =>
    done({ status: 'succeeded', value });

export const failsWith =
  (code: number) =>
  (done: Done): void =>
    done({ status: 'failed', value: null, error: { code, message: 'no' } });

/** An accessor, as items that are being written have them. */
export const accessor = (value: unknown) => ({ getAsync: succeeds(value) });

const ana = { displayName: 'Ana', emailAddress: 'ana@acme.example' };
const bruno = { displayName: 'Bruno', emailAddress: 'bruno@acme.example' };

/** Somebody else's meeting, as its guest opens it. */
export function meetingRead(parts: Readonly<Record<string, unknown>> = {}): HostItem {
  return {
    itemType: 'appointment',
    itemId: 'AB/C+D=',
    subject: 'Plant tour',
    start: new Date('2026-11-23T09:00:00Z'),
    end: new Date('2026-11-23T10:00:00Z'),
    organizer: ana,
    requiredAttendees: [bruno, { ...bruno, emailAddress: 'BRUNO@acme.example' }],
    optionalAttendees: [],
    ...parts,
  };
}

/** The organizer's own appointment, open for writing. */
export function meetingCompose(parts: Readonly<Record<string, unknown>> = {}): HostItem {
  return {
    itemType: 'appointment',
    subject: accessor('Plant tour'),
    start: accessor(new Date('2026-11-23T09:00:00Z')),
    end: accessor(new Date('2026-11-23T10:00:00Z')),
    organizer: accessor(ana),
    requiredAttendees: accessor([bruno]),
    optionalAttendees: accessor([]),
    getItemIdAsync: succeeds('AB/C+D='),
    ...parts,
  };
}
