import type { TimeSlot } from './appointment.ts';

/** When a slot begins by the clocks of a zone (IANA): wall time; of whole days their first, which is the same everywhere. */
export function startIn(slot: TimeSlot, zone: string): string {
  if (slot.isAllDay || slot.zone === zone) return slot.start;
  const at = Temporal.PlainDateTime.from(slot.start).toZonedDateTime(slot.zone);
  return at.withTimeZone(zone).toPlainDateTime().toString();
}
