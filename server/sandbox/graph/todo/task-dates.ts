import {
  exactly,
  readWallTime,
  shownWall,
  storedZone,
  wallAt,
  wallMs,
  wallOf,
} from '../calendar/wall-time.ts';
import type { TaskDay } from './state.ts';

/** The instant of a dateTimeTimeZone in milliseconds, null for null. Throws a `Refusal` 400. */
export function readInstant(name: string, value: unknown): number | null {
  return value === null ? null : exactly(readWallTime(name, value));
}

/**
 * The day of a dateTimeTimeZone: the time of day is cut off (docs#16991), and of the zone nothing stays either, unless
 * it is to be kept.
 */
export function readDay(name: string, value: unknown, keepsZone: boolean): TaskDay | null {
  if (value === null) return null;
  const { dateTime, zone } = readWallTime(name, value);
  return dayIn(dateTime.slice(0, 10), keepsZone ? zone : 'UTC');
}

/** A day, yyyy-MM-dd, as somebody in that zone stores it. */
export const dayIn = (date: string, zone: string): TaskDay => ({
  date,
  zone,
  at: exactly({ dateTime: `${date}T00:00:00.0000000`, zone }),
});

/** So many days later. */
export const laterDay = ({ date, zone }: TaskDay, days: number): TaskDay =>
  dayIn(Temporal.PlainDate.from(date).add({ days }).toString(), zone);

/** So many days later at the same time on the clocks of a zone. */
export function laterInstant(ms: number, zone: string, days: number): number {
  const wall = wallAt(ms, zone);
  return exactly(wallOf(wallMs(wall) + days * 86_400_000, wall.zone));
}

/** An instant as a dateTimeTimeZone. */
export const showInstant = (ms: number, zone: string): Record<string, unknown> => shownWall(wallAt(ms, zone));

/** The zone a `Prefer` header asks for, UTC where it asks for none. Throws a `Refusal` 400. */
export const preferredZone = (timeZone: string | null): string =>
  timeZone === null ? 'UTC' : storedZone(timeZone);

/** Milliseconds as To Do shows times, with seven decimals. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
