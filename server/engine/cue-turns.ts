import { leaveCues } from '../store/cues.ts';
import type { Db } from '../store/db.ts';
import { openLinks, recordsOf, unknownAmong, type NewLink } from '../store/open-links.ts';

/** Cues the turns of these records and of the Links about to be opened, then opens them: cues are locked before Links. */
export async function cueAndOpen(
  db: Db,
  request: Readonly<{ recordIds: readonly string[]; links: readonly NewLink[]; now: Temporal.Instant }>,
): Promise<void> {
  const { now } = request;
  const links = await unknownAmong(db, request.links, now);
  const cued = new Set([...request.recordIds, ...(await recordsOf(db, links))]);
  await cueTurns(db, [...cued], now);
  const opened = await openLinks(db, links, now);
  // Another sweep may have brought the same Siebel record in between.
  await cueTurns(
    db,
    opened.filter((id) => !cued.has(id)),
    now,
  );
}

function cueTurns(db: Db, recordIds: readonly string[], now: Temporal.Instant): Promise<void> {
  const cues = recordIds.map((recordId) => ({
    kind: 'turn' as const,
    personId: null,
    recordId,
    cause: 'change' as const,
  }));
  return leaveCues(db, cues, now);
}
