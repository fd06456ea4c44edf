import type { Person } from './desk.ts';
import { restVerdict } from './oracle.ts';
import type { Stage } from './stage.ts';

type Values = Readonly<Record<string, unknown>>;

const fields = ['Id', 'Description', 'Planned', 'Planned Completion', 'MeetingLocation', 'Repeating'];

/** Whether both sides hold the same, and a second look at everybody writes nothing. Answers what is wrong. */
export async function calendarVerdict(
  stage: Stage,
  person: Person,
  expected: Expected,
): Promise<readonly string[]> {
  await stage.latency(0, 0);
  return [...(await differencesIn(stage, person, expected)), ...(await restVerdict(stage))];
}

type Expected = Readonly<{ singles: number; series: number }>;

/**
 * Whether a calendar and the activities of its owner hold the same: every single event once, at its time and place, every
 * series at least once, nothing else.
 */
export async function differencesIn(
  stage: Stage,
  person: Person,
  expected: Expected,
): Promise<readonly string[]> {
  const events = await stage.desk.eventsOf(person);
  const activities = await activitiesOf(stage, person);
  const wrong: string[] = [];
  const count = expected.singles + expected.series;
  if (events.length !== count) wrong.push(`${events.length} instead of ${count} events in Outlook`);
  const alone = events.filter((event) => event['type'] === 'singleInstance');
  const repeated = new Set(
    events.filter((event) => event['type'] === 'seriesMaster').map((event) => event['subject']),
  );
  const singles = activities.filter((row) => !repeated.has(row['Description']));
  const inSeries = new Set(activities.map((row) => row['Description']).filter((name) => repeated.has(name)));
  if (singles.length !== expected.singles)
    wrong.push(`${singles.length} instead of ${expected.singles} activities for single events`);
  if (inSeries.size !== expected.series)
    wrong.push(`${inSeries.size} instead of ${expected.series} series in Siebel`);
  const inSiebel = new Set(
    singles.flatMap((row) => [faceOfActivity(row), JSON.stringify([row['Description']])]),
  );
  const different = alone.map(faceOfEvent).filter((face) => !inSiebel.has(face));
  const [first] = different;
  if (first !== undefined) wrong.push(`${different.length} differ, e.g. ${first}`);
  return wrong.map((text) => `${person.mailbox}: ${text}`);
}

export async function activitiesOf(stage: Stage, { login }: Person): Promise<readonly Values[]> {
  return stage.desk.siebelFind('Action', `[Primary Owned By]="${login}"`, fields);
}

/** One text for the same appointment on both sides. Whole days have no time that both sides would write alike. */
function faceOfEvent(row: Values): string {
  const subject = String(row['subject']);
  if (row['isAllDay'] === true) return JSON.stringify([subject]);
  const [from, to] = [row['start'], row['end']].map((time) =>
    String((time as Values)['dateTime']).slice(0, 16),
  );
  const place = (row['location'] as Values | null)?.['displayName'] ?? '';
  return JSON.stringify([subject, from, to, place]);
}

function faceOfActivity(row: Values): string {
  const [from, to] = [row['Planned'], row['Planned Completion']].map((time) => isoOf(String(time)));
  return JSON.stringify([row['Description'], from, to, row['MeetingLocation'] ?? '']);
}

/** `MM/DD/YYYY HH:MM:SS` as `YYYY-MM-DDTHH:MM`. */
function isoOf(time: string): string {
  const [, month, day, year, clock] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)/.exec(time) ?? [];
  return `${year}-${month}-${day}T${clock}`;
}

/** How many mails Exchange has sent. */
export async function mailsSent(stage: Stage): Promise<number> {
  return ((await stage.desk.control('GET', '/outbox')).json as readonly unknown[]).length;
}
