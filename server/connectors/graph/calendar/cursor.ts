import type { CalendarSettings } from '../read.ts';
import { objectFrom, textFrom } from '../wire.ts';

/** Days `YYYY-MM-DD`; the first is part of it, the last is not. */
export type Window = Readonly<{ start: string; end: string }>;

/**
 * Where a calendar's change feed goes on: the service's own link, the window that is frozen in it, and the calendar's id, which
 * is another one when the mailbox was moved (`null` where nobody told it).
 */
export type CalendarCursor = Readonly<{ link: string; window: Window; calendar: string | null }>;

/** The longest window Exchange takes (msgraph docs issue 6284). */
const mostDays = 1825;

export function windowAround(today: Temporal.PlainDate, settings: CalendarSettings): Window {
  const { pastDays, futureDays } = held(settings);
  return {
    start: today.subtract({ days: pastDays }).toString(),
    end: today.add({ days: futureDays }).toString(),
  };
}

/** Whether less than two thirds of the days ahead are left, so that a new window is due. */
export function isDue({ end }: Window, today: Temporal.PlainDate, settings: CalendarSettings): boolean {
  const left = today.until(Temporal.PlainDate.from(end), { largestUnit: 'days' }).days;
  return left * 3 < held(settings).futureDays * 2;
}

/** As many of the days asked for as Exchange takes. */
function held({ pastDays, futureDays }: CalendarSettings): Pick<CalendarSettings, 'pastDays' | 'futureDays'> {
  const past = Math.min(pastDays, mostDays - 1);
  return { pastDays: past, futureDays: Math.max(1, Math.min(futureDays, mostDays - past)) };
}

export function cursorText({ link, window, calendar }: CalendarCursor): string {
  return JSON.stringify({ link, ...window, calendar });
}

/** `null` for what is none of ours: then everything is looked at anew. */
export function cursorFrom(text: string | null): CalendarCursor | null {
  const fields = text === null ? null : objectFrom(parsed(text));
  const [link, start, end] = ['link', 'start', 'end'].map((name) => textFrom(fields?.[name]));
  const isWindow = [start, end].every((day) => typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day));
  if (typeof link !== 'string' || typeof start !== 'string' || typeof end !== 'string') return null;
  return isWindow ? { link, window: { start, end }, calendar: textFrom(fields?.['calendar']) } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
