import type { Domain } from '../../../shared/domain.ts';
import type { TimeAsked } from '../../../shared/time-asked.ts';

/** Asked for by the same instant for a while, an answer can be the same one. */
const stepMs = 5 * 60_000;

/** What of a domain is listed: of the calendar what goes on or comes, or what was; of all others everything. */
export function timeAsked(domain: Domain, isEarlier: boolean, nowMs: number): TimeAsked | null {
  if (domain !== 'appointment') return null;
  const instant = new Date(nowMs - (nowMs % stepMs)).toISOString();
  return isEarlier ? { before: instant } : { from: instant };
}
