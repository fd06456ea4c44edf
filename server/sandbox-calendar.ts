/* oxlint-disable typescript/no-unsafe-type-assertion -- the answers of our own sandbox, whose shapes its tests hold */
import type { CalendarFileRead } from './files/calendar/read-calendar.ts';
import { outlookFromAppointment, type OccurrenceChange } from './files/calendar/outlook-event.ts';
import { outlookFromTask } from './files/calendar/outlook-task.ts';
import { zoneNamed } from './files/calendar/zones.ts';

/** Asks the sandbox as the person with this token; the answer's JSON. */
export type AskAs = (path: string, body: unknown) => Promise<unknown>;

type Body = Readonly<Record<string, unknown>>;
export type Refusal = Readonly<{ line: number; what: 'appointment' | 'occurrence' | 'task'; reason: string }>;

export type CalendarLoad = Readonly<{
  mailbox: string;
  read: CalendarFileRead;
  /** The categories that ask for the sync. */
  categories: Readonly<{ appointment: string; task: string }>;
  tell: (done: number) => void;
}>;

/** The zone of a mailbox by its IANA name, UTC where it has none. */
export async function zoneOfMailbox(ask: AskAs, mailbox: string): Promise<string> {
  const url = `/users/${mailbox}/mailboxSettings/timeZone`;
  const [answer] = await batch(ask, [{ method: 'GET', url }]);
  return zoneNamed(textIn(answer?.body, 'value')) ?? 'UTC';
}

/**
 * Puts appointments and tasks into a mailbox as their owner would, without inviting anybody: first everything as the file's
 * rules say, then the occurrences that differ. Answers what Outlook refused.
 */
export async function putCalendar(ask: AskAs, load: CalendarLoad): Promise<readonly Refusal[]> {
  const { mailbox, read, categories, tell } = load;
  const user = `/users/${mailbox}`;
  const events = read.appointments.map(({ line, appointment }) => ({
    line,
    ...outlookFromAppointment(appointment),
  }));
  const made = await batch(
    ask,
    events.map(({ body }) => ({
      method: 'POST',
      url: `${user}/events`,
      body: marked(body, categories.appointment),
    })),
    tell,
  );
  const refused = made.flatMap(
    (answer, index) => refusalOf(answer, events[index]?.line, 'appointment') ?? [],
  );
  const series = events.flatMap((event, index) => {
    const id = textIn(made[index]?.body, 'id');
    return id === '' ? [] : event.changes.map((change) => ({ ...event, id, change }));
  });
  // Cancelled ones first: they make room for those that move to their neighbours' days.
  const [cancelled, changed] = [series.filter(isCancelled), series.filter((one) => !isCancelled(one))];
  for (const group of [cancelled, changed])
    refused.push(...(await changeOccurrences(ask, user, { group, category: categories.appointment })));
  const list = await defaultList(ask, user);
  const tasks = await batch(
    ask,
    read.tasks.map(({ task }) => ({
      method: 'POST',
      url: `${user}/todo/lists/${list}/tasks`,
      // To Do has no private flag, so what is private is not offered to the sync.
      body: task.isPrivate ? outlookFromTask(task) : marked(outlookFromTask(task), categories.task),
    })),
    (done) => tell(events.length + done),
  );
  refused.push(...tasks.flatMap((answer, index) => refusalOf(answer, read.tasks[index]?.line, 'task') ?? []));
  return refused;
}

type Series = Readonly<{ line: number; id: string; body: Body; zone: string; change: OccurrenceChange }>;

function isCancelled({ change }: Series): boolean {
  return change.patch === null;
}

/** Finds each occurrence by its day and changes it; one that may not move past its neighbours becomes its own event. */
async function changeOccurrences(
  ask: AskAs,
  user: string,
  { group, category }: Readonly<{ group: readonly Series[]; category: string }>,
): Promise<readonly Refusal[]> {
  const found = await batch(
    ask,
    group.map(({ id, zone, change }) => ({
      method: 'GET',
      url: `${user}/events/${id}/instances?${windowAround(change.day)}&$top=50`,
      headers: { prefer: `outlook.timezone="${zone}"` },
    })),
  );
  const targets = group.flatMap((one, index) => {
    const id = occurrenceOn(found[index]?.body, one.change.day);
    return id === null ? [] : [{ ...one, occurrence: id }];
  });
  const answers = await batch(
    ask,
    targets.map(({ occurrence, change: { patch } }) => {
      const url = `${user}/events/${occurrence}`;
      return patch === null ? { method: 'DELETE', url } : { method: 'PATCH', url, body: patch };
    }),
  );
  const apart = targets.filter(
    (_, index) => errorIn(answers[index])?.code === 'ErrorOccurrenceCrossingBoundary',
  );
  await batch(
    ask,
    apart.flatMap(({ occurrence, body, change }) => [
      { method: 'DELETE', url: `${user}/events/${occurrence}` },
      {
        method: 'POST',
        url: `${user}/events`,
        body: marked({ ...body, recurrence: null, ...change.patch }, category),
      },
    ]),
  );
  return targets.flatMap((one, index) =>
    apart.includes(one) ? [] : (refusalOf(answers[index], one.line, 'occurrence') ?? []),
  );
}

/** A day is up to two days of UTC, depending on the zone. */
function windowAround(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `startDateTime=${date.subtract({ days: 1 }).toString()}T00:00:00Z&endDateTime=${date.add({ days: 2 }).toString()}T00:00:00Z`;
}

function occurrenceOn(body: unknown, day: string): string | null {
  const { value = [] } = (body ?? {}) as {
    value?: readonly { id: string; type: string; start: { dateTime: string } }[];
  };
  const found = value.find(({ type, start }) => type === 'occurrence' && start.dateTime.startsWith(day));
  return found?.id ?? null;
}

async function defaultList(ask: AskAs, user: string): Promise<string> {
  const [answer] = await batch(ask, [{ method: 'GET', url: `${user}/todo/lists` }]);
  const { value = [] } = (answer?.body ?? {}) as {
    value?: readonly { id: string; wellknownListName: string }[];
  };
  return value.find(({ wellknownListName }) => wellknownListName === 'defaultList')?.id ?? '';
}

type Request = Readonly<{
  method: string;
  url: string;
  body?: Body;
  headers?: Readonly<Record<string, string>>;
}>;
type Answer = Readonly<{ id: string; status: number; body?: unknown }>;

const batchSize = 20;

/** Answers in the order of the requests. */
async function batch(
  ask: AskAs,
  requests: readonly Request[],
  tell: (done: number) => void = () => undefined,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let start = 0; start < requests.length; start += batchSize) {
    const part = requests.slice(start, start + batchSize).map((request, index) => ({
      ...request,
      id: String(index),
      headers: { 'content-type': 'application/json', ...request.headers },
    }));
    const { responses } = (await ask('/graph/v1.0/$batch', { requests: part })) as { responses: Answer[] };
    answers.push(...responses.toSorted((one, other) => Number(one.id) - Number(other.id)));
    tell(Math.min(requests.length, start + batchSize));
  }
  return answers;
}

function refusalOf(
  answer: Answer | undefined,
  line: number | undefined,
  what: Refusal['what'],
): Refusal | null {
  if (answer === undefined || answer.status < 400) return null;
  return { line: line ?? 0, what, reason: errorIn(answer)?.message ?? `status ${answer.status}` };
}

function errorIn(answer: Answer | undefined): Readonly<{ code?: string; message?: string }> | null {
  const { error } = (answer?.body ?? {}) as { error?: { code?: string; message?: string } };
  return error ?? null;
}

function textIn(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
  return typeof value === 'string' ? value : '';
}

/** The person's own export is what they want to see synced: each item gets the category that asks for it. */
function marked(item: Body, category: string): Body {
  const own = Array.isArray(item['categories']) ? item['categories'] : [];
  return { ...item, categories: [...own, category] };
}
