import type { Call } from './call.ts';
import { conflict, Refusal } from './refusal.ts';
import type { Mailbox } from './state.ts';
import { isOn, namesMailbox } from './switches.ts';

/** A full mailbox takes nothing more. */
export function refuseFull(call: Call, mailbox: Mailbox): void {
  if (namesMailbox(call.graph.world, 'fullMailbox', mailbox.address)) {
    throw new Refusal(507, 'ErrorQuotaExceeded', 'Mailbox has exceeded maximum mailbox size.');
  }
}

/** `If-Match` is honoured though not documented; a 412 may also come out of nothing (microsoft-graph-docs#2256). */
export function refuseOtherVersion(call: Call, item: object, etag: string): void {
  const wanted = call.request.headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== etag) throw conflict();
  if (!isOn(call.graph.world, 'spuriousConflicts') || call.graph.conflicted.has(item)) return;
  call.graph.conflicted.add(item);
  throw conflict();
}
