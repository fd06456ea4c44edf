import type { Domain } from '../../shared/domain.ts';
import type { TimeAsked } from '../../shared/time-asked.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { problem, type ProblemError } from './problem.ts';

type Query = Readonly<{ domain?: Domain; from?: string; before?: string }>;

/** What of a calendar is asked for, if not all: what comes, or what was. Dates begin at midnight in the person's zone. */
export function timeAsked({ time_zone }: PersonRow, { domain, from, before }: Query): TimeAsked | null {
  if (from === undefined && before === undefined) return null;
  if (domain !== 'appointment')
    throw wrong(from === undefined ? 'before' : 'from', 'is for appointments alone');
  if (from !== undefined && before !== undefined) throw wrong('before', 'does not go with from');
  const zone = time_zone ?? 'UTC';
  return from === undefined
    ? { before: instantFrom('before', before ?? '', zone) }
    : { from: instantFrom('from', from, zone) };
}

/** An instant as wall time, which is what our books order appointments by. */
export function wallTime(instant: string, { time_zone }: PersonRow): string {
  const time = Temporal.Instant.from(instant)
    .toZonedDateTimeISO(time_zone ?? 'UTC')
    .toPlainDateTime();
  return time.toString({ smallestUnit: 'second' });
}

function instantFrom(name: string, text: string, zone: string): string {
  try {
    const instant = text.includes('T')
      ? Temporal.Instant.from(text)
      : Temporal.PlainDate.from(text).toZonedDateTime(zone).toInstant();
    return instant.toString({ smallestUnit: 'second' });
  } catch (error) {
    if (error instanceof RangeError) throw wrong(name, `is ${text}, which no calendar has`);
    throw error;
  }
}

function wrong(name: string, message: string): ProblemError {
  const errors = [{ pointer: `/${name}`, message }];
  return problem('invalid-request', `${name} ${message}; write YYYY-MM-DD or an instant in UTC.`, { errors });
}
