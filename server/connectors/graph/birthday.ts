/**
 * Exchange keeps a birthday as an instant, and every client writes another one: Outlook local midnight or 11:59 UTC, others
 * noon or a plain date (facts/graph.md 4.2). It is a date all the same. Local midnight lies up to twelve hours after UTC
 * midnight west of Greenwich and up to twelve before it in the east, so up to noon the date is the one written, and after
 * noon the next one.
 */
const halfDayMs = 12 * 3_600_000;

/** `YYYY-MM-DD` from an instant or a plain date; `null` where there is none or nobody can read it. */
export function dateFromGraph(text: string | null): string | null {
  if (text === null) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  return new Date(at + halfDayMs - 1).toISOString().slice(0, 10);
}

/** 11:59 UTC is on the same date everywhere between UTC-11 and UTC+12, and is what Outlook itself writes. */
export function graphFromDate(date: string | null): string | null {
  return date === null ? null : `${date}T11:59:00Z`;
}
