import { problem } from './problem.ts';

/** Cursors leave as one opaque word and are checked when they come back. */
export function sealedCursor(next: string | null): string | null {
  return next === null ? null : Buffer.from(next).toString('base64url');
}

export function openedCursor(after: string | undefined): string | null {
  if (after === undefined || after === '') return null;
  if (/^[\w-]+$/.test(after)) return Buffer.from(after, 'base64url').toString();
  throw problem('invalid-cursor', 'Send as "after" what the page before gave as "next".');
}

export const pageSize = 50;
