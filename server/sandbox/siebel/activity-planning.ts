import { doesChange, valueAfter, type ClassWrite } from './class-rules.ts';
import { fail } from './errors.ts';

/**
 * Start, end and duration of an activity. An end at or before the start is refused in the words Oracle gives
 * (https://docs.oracle.com/cd/G30556_01/books/ConfigApps/c-How-ph-conrefcommonvariablesditavariablesProduct-NamephValidates-Start-and-End-Dates-au1103395.html).
 * Inferred: `Duration Minutes` and `Duration Hours` both hold the whole length, and written alone they move the end.
 */
export function planning(write: ClassWrite): Readonly<Record<string, string>> {
  const isMoved = ['Planned', 'Planned Completion', 'Duration Minutes', 'Duration Hours'].some((name) =>
    doesChange(write, name),
  );
  if (!isMoved) return {};
  const start = valueAfter(write, 'Planned');
  const end = endOf(write, start);
  if (start === '' || end === '') return withoutDuration(write);
  if (end <= start) throw fail.wrongValue('End');
  const minutes = Math.round(secondsBetween(start, end) / 60);
  return {
    'Planned Completion': end,
    'Duration Minutes': String(minutes),
    'Duration Hours': String(Math.round((minutes / 60) * 100) / 100),
  };
}

/** What lacks an end has no length either, unless the write gives it one. */
function withoutDuration(write: ClassWrite): Readonly<Record<string, string>> {
  const stale = ['Duration Minutes', 'Duration Hours'].filter((name) => !doesChange(write, name));
  return Object.fromEntries(stale.map((name) => [name, '']));
}

/** The end as written, or where the start and the duration put it. */
function endOf(write: ClassWrite, start: string): string {
  const end = valueAfter(write, 'Planned Completion');
  if (doesChange(write, 'Planned Completion') || start === '') return end;
  const minutes = writtenMinutes(write);
  if (minutes !== null) return later(start, minutes * 60);
  const startBefore = write.before['Planned'] ?? '';
  if (end === '' || startBefore === '' || !write.isOn('siebel.endFollowsStart')) return end;
  return later(end, secondsBetween(startBefore, start));
}

/** The duration a write asks for, or null when it leaves it alone. */
function writtenMinutes(write: ClassWrite): number | null {
  if (doesChange(write, 'Duration Minutes')) return Number(valueAfter(write, 'Duration Minutes'));
  if (doesChange(write, 'Duration Hours'))
    return Math.round(Number(valueAfter(write, 'Duration Hours')) * 60);
  return null;
}

function secondsBetween(start: string, end: string): number {
  return Temporal.Instant.from(`${start}Z`).until(`${end}Z`).total('seconds');
}

function later(time: string, seconds: number): string {
  return Temporal.Instant.from(`${time}Z`)
    .add({ seconds: Math.round(seconds) })
    .toString()
    .slice(0, 19);
}
