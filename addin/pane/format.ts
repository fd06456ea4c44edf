import type { Language } from '../text/language.ts';

/** Times as people read them, in the language of the pane and the zone of the mailbox. */
export type Format = Readonly<{
  /** An instant: the time alone when it is today, else with its day. */
  since: (instant: string) => string;
  /** Wall time (`2026-11-22T09:00:00`) or a date: no zone is applied, it is what the item says. */
  wall: (when: string) => string;
  /** An instant with its day, always. */
  moment: (instant: string) => string;
}>;

type FormatOptions = Readonly<{ language: Language; zone: string; nowMs: () => number }>;

export function formatFor({ language, zone, nowMs }: FormatOptions): Format {
  const timeZone = isKnown(zone) ? zone : undefined;
  const zoned = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, timeZone === undefined ? options : { ...options, timeZone });
  const time = zoned({ timeStyle: 'short' });
  const day = zoned({ dateStyle: 'short' });
  const moment = zoned({ dateStyle: 'medium', timeStyle: 'short' });
  const wallDay = wallFormat(language, {});
  const wallTime = wallFormat(language, { hour: 'numeric', minute: '2-digit' });
  return {
    since: (instant) => {
      const at = new Date(instant);
      return day.format(at) === day.format(nowMs()) ? time.format(at) : moment.format(at);
    },
    wall: (when) => {
      const at = Date.parse(when.includes('T') ? `${when.slice(0, 19)}Z` : `${when}T00:00:00Z`);
      if (Number.isNaN(at)) return when;
      return (when.includes('T') ? wallTime : wallDay).format(at);
    },
    moment: (instant) => moment.format(new Date(instant)),
  };
}

/** What has no zone is counted in UTC throughout, so that it stays as it is. */
function wallFormat(language: Language, more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(language, { ...date, ...more, timeZone: 'UTC' });
}

/** Some clients name zones as Windows does, which browsers do not know; the machine's own zone stands in. */
function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
