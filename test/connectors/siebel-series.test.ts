/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyAppointment, type Appointment, type Attendee } from '../../shared/appointment.ts';
import { isAppointment } from '../../shared/item.ts';
import type { Recurrence } from '../../shared/recurrence.ts';
import type { CreateRequest, Sighting, SiebelConnector, Stamp } from '../../server/connectors/connector.ts';
import { siebelDefaults } from '../../server/connectors/siebel/settings.ts';
import { change } from './change.ts';
import { sightingIn } from './contract.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld({ ANA: 'Europe/Berlin' });
let siebel: SiebelConnector;
let number = 0;
const today = Temporal.Now.plainDateISO('Europe/Berlin');

beforeAll(() => {
  siebel = world().connector;
});

/** The Monday of next week, so that weekdays are the same at every run. */
const monday = () => today.add({ days: 8 - today.dayOfWeek });
const day = (after: number) => monday().add({ days: after }).toString();
const slotOn = (date: string, hour = '09') =>
  ({
    isAllDay: false,
    start: `${date}T${hour}:00:00`,
    end: `${date}T${hour}:30:00`,
    zone: 'Europe/Berlin',
  }) as const;

const request = (recurrence: Recurrence, item: Partial<Appointment> = {}): CreateRequest => {
  number += 1;
  return {
    holder: world().ana,
    stamp: `the-stamp-of-series-${String(number).padStart(4, '0')}` as Stamp,
    kind: 'appointment',
    ownerIfUnknown: null,
    item: { ...emptyAppointment, subject: `Series ${number}`, timeSlot: slotOn(day(0)), recurrence, ...item },
  };
};
const made = async (recurrence: Recurrence, item: Partial<Appointment> = {}) =>
  sightingIn((await siebel.create([request(recurrence, item)]))[0]);
const itemOf = ({ item }: Sighting): Appointment => {
  if (!isAppointment(item)) throw new Error('This is no appointment.');
  return item;
};
const look = async (seen: Sighting, known: Appointment | null = itemOf(seen)) => {
  const [answer] = await siebel.read([{ domain: 'appointment', holder: null, ref: seen.ref, known }]);
  if (answer?.look !== 'found') throw new Error(JSON.stringify(answer));
  return answer.sighting;
};
const changed = async (seen: Sighting, item: Partial<Appointment>, occurrences: readonly string[] = []) => {
  const asked = change(world().ana, seen, item);
  const named = occurrences.map((one) => `occurrence.${one}` as const);
  const fields = [...asked.fields.filter((field) => (field as string) !== 'exceptions'), ...named];
  const [answer] = await siebel.update([{ ...asked, fields }]);
  if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
  expect(await look(answer.now)).toEqual(answer.now);
  return answer.now;
};
type Rows = readonly Readonly<Record<string, string>>[];
const rowsOf = async (subject: string): Promise<Rows> => {
  const spec = encodeURIComponent(`[Description]="${subject}"`);
  const path = `Action/Action?searchspec=${spec}&ViewMode=All&PageSize=100&sortspec=Planned&uniformresponse=Y`;
  const answer = (await world()
    .siebel('GET', path)
    .catch(() => ({ items: [] }))) as Readonly<{ items: Rows }>;
  return answer.items;
};
const weekly = (interval: number, range: Recurrence['range'] = { type: 'noEnd' }): Recurrence => ({
  pattern: { type: 'weekly', interval, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
  range,
});
const moved = (date: string, hour: string, subject: string) =>
  ({ isCancelled: false, subject, body: null, location: null, timeSlot: slotOn(date, hour) }) as const;
const bruno: Attendee = {
  address: 'bruno@example.com',
  name: null,
  login: 'BRUNO',
  type: 'required',
  response: 'none',
};

describe('a series that Siebel repeats by itself', () => {
  it('is one activity, with the last day as its end', async () => {
    const seen = await made(weekly(1, { type: 'numbered', numberOfOccurrences: 4 }));
    expect(itemOf(seen).recurrence).toEqual(weekly(1, { type: 'endDate', endDate: day(21) }));
    const [row, ...more] = await rowsOf(itemOf(seen).subject ?? '');
    expect(more).toEqual([]);
    expect(row).toMatchObject({ Repeating: 'Y', 'Repeating Type': 'Weekly' });
    const endless = await made({ pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd' } });
    expect(itemOf(endless).recurrence?.range).toEqual({ type: 'noEnd' });
  });

  it('has exceptions: cancelled and changed, both made and undone', async () => {
    const exceptions = {
      [day(7)]: { isCancelled: true } as const,
      [day(14)]: moved(day(15), '11', 'Elsewhere'),
    };
    const seen = await made(weekly(1), { exceptions, attendees: [bruno] });
    expect(seen.ref).toMatch(/^Appointment\//);
    expect(itemOf(seen).exceptions).toEqual(exceptions);
    expect(await look(seen)).toEqual(seen);
    const [own] = await rowsOf('Elsewhere');
    expect(own).toMatchObject({ 'Primary Owned By': 'ANA', Repeating: 'N' });
    const other = {
      ...exceptions,
      [day(7)]: moved(day(7), '13', 'Later'),
      [day(21)]: { isCancelled: true } as const,
    };
    const after = await changed(seen, { exceptions: other }, [day(7), day(21)]);
    expect(itemOf(after).exceptions).toEqual(other);
    const fewer = { [day(21)]: { isCancelled: true } as const };
    const undone = await changed(after, { exceptions: fewer }, [day(7), day(14)]);
    expect(itemOf(undone).exceptions).toEqual(fewer);
    expect(await rowsOf('Elsewhere')).toEqual([]);
  });

  it('stays one when it is asked to roll, even by a rule that is not known well enough to be made', async () => {
    const seen = await made(weekly(1));
    const path = seen.ref.replace('Appointment/', 'Action/Action/');
    const times = { Planned: '03/31/2027 08:00:00', 'Planned Completion': '03/31/2027 09:00:00' };
    await world().siebel('PUT', path, { ...times, 'Repeating Type': 'Monthly' });
    const now = await look(seen);
    expect(itemOf(now).recurrence?.pattern).toMatchObject({ type: 'absoluteMonthly', dayOfMonth: 31 });
    expect(await changed(now, { recurrence: itemOf(now).recurrence })).toEqual(now);
  });

  it('takes what people do to a changed occurrence in Siebel', async () => {
    const exceptions = { [day(7)]: moved(day(7), '15', 'Own words') };
    const seen = await made(weekly(1), { exceptions });
    const [own] = await rowsOf('Own words');
    const [start] = await siebel.changes([feed(null)]);
    await world().desk('POST', 'clock', { advanceSeconds: 2 });
    await world().siebel('PUT', `Action/Action/${own?.['Id']}`, { MeetingLocation: 'Hall' });
    const [polled] = await siebel.changes([feed(start?.answer === 'changes' ? start.next : null)]);
    expect(polled?.answer === 'changes' && polled.rows.map(({ ref }) => ref)).toEqual([seen.ref]);
    expect(itemOf(await look(seen)).exceptions[day(7)]).toMatchObject({ location: 'Hall' });
    await world().siebel('DELETE', `Action/Action/${own?.['Id']}`);
    expect(itemOf(await look(seen)).exceptions[day(7)]).toEqual({ isCancelled: true });
  });

  it('goes away with all its changed occurrences', async () => {
    const seen = await made(weekly(1), { exceptions: { [day(7)]: moved(day(7), '15', 'Orphan') } });
    const removal = {
      domain: 'appointment',
      holder: world().ana,
      ref: seen.ref,
      version: seen.version,
    } as const;
    expect(await siebel.remove([{ ...removal, how: 'delete' }])).toMatchObject([{ outcome: 'done' }]);
    expect(await rowsOf('Orphan')).toEqual([]);
  });
});

const feed = (cursor: string | null) =>
  ({ domain: 'appointment', holder: null, feed: 'activities', cursor }) as const;

describe('a series that Siebel cannot repeat', () => {
  it('is separate activities up to its window, which say so and are one item', async () => {
    const [answer] = await siebel.create([request(weekly(2), { attendees: [bruno] })]);
    const seen = sightingIn(answer);
    expect(seen.ref).toBe(
      `Series/${'the-stamp-of-series-0000'.slice(-20, -4)}${String(number).padStart(4, '0')}`,
    );
    expect(itemOf(seen)).toMatchObject({ recurrence: weekly(2), timeSlot: slotOn(day(0)), exceptions: {} });
    expect(seen.members).toEqual(['ANA', 'BRUNO']);
    expect(answer?.outcome === 'done' && answer.notes).toMatchObject([
      { field: 'recurrence', what: 'notHeld', reason: expect.stringContaining('separate activities until') },
    ]);
    expect(await look(seen)).toEqual(seen);
    expect((await rowsOf(itemOf(seen).subject ?? '')).length).toBe(5);
    const [found] = await siebel.find([
      {
        by: 'stamp',
        domain: 'appointment',
        holder: world().ana,
        stamp: `the-stamp-of-series-${String(number).padStart(4, '0')}` as Stamp,
      },
    ]);
    expect(found).toMatchObject({ answer: 'found', sightings: [{ ref: seen.ref }] });
  });

  it('is seen once by the feed and the census, with the version a read gives', async () => {
    const [start] = await siebel.changes([feed(null)]);
    const before = await pageOf();
    const seen = await made(weekly(2));
    const [polled] = await siebel.changes([feed(start?.answer === 'changes' ? start.next : null)]);
    const rows = polled?.answer === 'changes' ? polled.rows : [];
    expect(rows.filter(({ ref }) => ref === seen.ref)).toEqual([
      { change: 'seen', ref: seen.ref, version: seen.version, isMarked: true, sighting: null },
    ]);
    const after = await pageOf();
    expect(after.total - before.total).toBe(1);
    expect(after.sightings.find(({ ref }) => ref === seen.ref)?.version).toBe(seen.version);
  });

  it('takes changes of all and of single occurrences', async () => {
    const seen = await made(weekly(2));
    const exceptions = {
      [day(14)]: { isCancelled: true } as const,
      [day(28)]: moved(day(29), '16', 'Other day'),
    };
    const after = await changed(seen, { subject: 'Renamed', exceptions }, [day(14), day(28)]);
    expect(itemOf(after)).toMatchObject({ subject: 'Renamed', exceptions });
    const back = await changed(after, { exceptions: {}, timeSlot: slotOn(day(0), '10') }, [day(14), day(28)]);
    expect(itemOf(back)).toMatchObject({ exceptions: {}, timeSlot: slotOn(day(0), '10') });
    expect(await rowsOf('Renamed')).toHaveLength(5);
  });

  it('shows what people cancel and move in Siebel, first and last ones too', async () => {
    const range = { type: 'numbered', numberOfOccurrences: 4 } as const;
    const seen = await made(weekly(2, range), { subject: 'Hands on' });
    const rows = await rowsOf('Hands on');
    await world().siebel('DELETE', `Action/Action/${rows[0]?.['Id']}`);
    await world().siebel('DELETE', `Action/Action/${rows[3]?.['Id']}`);
    await world().siebel('PUT', `Action/Action/${rows[1]?.['Id']}`, { MeetingLocation: 'Hall' });
    const now = await look(seen);
    expect(itemOf(now).exceptions).toMatchObject({
      [day(0)]: { isCancelled: true },
      [day(14)]: { isCancelled: false, location: 'Hall' },
      [day(42)]: { isCancelled: true },
    });
    const after = await changed(now, { subject: 'Hands off' });
    expect(Object.keys(itemOf(after).exceptions)).toEqual([day(0), day(14), day(42)]);
  });

  it('rolls its window when the rule is asked for again', async () => {
    const narrow = withPolicy({ seriesStrategy: 'fan', seriesWindowDays: 20 });
    const seen = sightingIn((await narrow.create([request(weekly(2), { subject: 'Rolling' })]))[0]);
    expect(await rowsOf('Rolling')).toHaveLength(2);
    const after = await changed(seen, { recurrence: weekly(2) });
    expect(after.ref).toBe(seen.ref);
    expect(itemOf(after).exceptions).toEqual({});
    expect(await rowsOf('Rolling')).toHaveLength(5);
  });

  it('becomes one that repeats, and separate again, when its rule changes', async () => {
    const seen = await made(weekly(2), { subject: 'Shape', attendees: [bruno] });
    const native = await changed(seen, { recurrence: weekly(1) });
    expect(native.ref).toMatch(/^Appointment\//);
    expect(itemOf(native)).toMatchObject({
      recurrence: { pattern: { type: 'weekly', interval: 1 } },
      exceptions: {},
    });
    expect(native.members).toEqual(['ANA', 'BRUNO']);
    expect(await rowsOf('Shape')).toHaveLength(1);
    const again = await changed(native, { recurrence: weekly(2) });
    expect(again.ref).toMatch(/^Series\//);
    expect(again.members).toEqual(['ANA', 'BRUNO']);
    expect(itemOf(again)).toMatchObject({ recurrence: weekly(2), exceptions: {} });
    const single = await changed(again, { recurrence: null });
    expect(itemOf(single)).toMatchObject({ recurrence: null, timeSlot: slotOn(day(0)) });
    expect(await rowsOf('Shape')).toHaveLength(1);
  });

  it('keeps what took place by a former rule, out of the series', async () => {
    const past = today.subtract({ days: 35 + today.dayOfWeek - 1 }).toString();
    const rule = weekly(3, { type: 'numbered', numberOfOccurrences: 6 });
    const seen = await made(rule, { subject: 'Former', timeSlot: slotOn(past) });
    const before = await rowsOf('Former');
    const other: Recurrence = { pattern: { type: 'daily', interval: 9 }, range: { type: 'noEnd' } };
    const after = await changed(seen, { recurrence: other, timeSlot: slotOn(day(0)) });
    expect(itemOf(after)).toMatchObject({ recurrence: other, exceptions: {}, timeSlot: slotOn(day(0)) });
    const ids = (await rowsOf('Former')).map(({ Id }) => Id);
    expect(ids).toEqual(expect.arrayContaining(before.slice(0, 2).map(({ Id }) => Id)));
    expect(ids).not.toEqual(expect.arrayContaining(before.slice(-1).map(({ Id }) => Id)));
    expect(await changed(after, { recurrence: other })).toEqual(after);
  });

  it('is what a simple one with exceptions is too, where Siebel keeps none', async () => {
    const children = { ...siebelDefaults.activity.children, exception: null };
    siebel = world().connectorWith({ activity: { ...siebelDefaults.activity, children } });
    const exceptions = { [day(7)]: { isCancelled: true } as const };
    const seen = await made(weekly(1, { type: 'numbered', numberOfOccurrences: 3 }), { exceptions });
    expect(seen.ref).toMatch(/^Series\//);
    expect(itemOf(seen).exceptions).toEqual(exceptions);
    const simple = await made(weekly(1), { subject: 'Simple' });
    expect(simple.ref).toMatch(/^Appointment\//);
    const cancelled = await changed(simple, { exceptions }, [day(7)]);
    expect(cancelled.ref).toMatch(/^Series\//);
    expect(itemOf(cancelled).exceptions).toEqual(exceptions);
    siebel = world().connector;
  });

  it('is left out of its denser rule where the policy says so', async () => {
    siebel = withPolicy({ seriesStrategy: 'nearest-rule', seriesWindowDays: 30 });
    const [answer] = await siebel.create([request(weekly(2))]);
    const seen = sightingIn(answer);
    expect(itemOf(seen).recurrence?.pattern).toMatchObject({ type: 'weekly', interval: 1 });
    expect(Object.keys(itemOf(seen).exceptions)).toEqual([day(7), day(21)]);
    expect(answer).toMatchObject({ notes: [{ field: 'recurrence', what: 'notHeld' }] });
    siebel = withPolicy({ seriesStrategy: 'nearest-rule', seriesWindowDays: 60 });
    const after = await changed(seen, { recurrence: weekly(2) });
    expect(after.ref).toBe(seen.ref);
    expect(Object.keys(itemOf(after).exceptions)).toEqual([7, 21, 35, 49].map(day));
    siebel = world().connector;
  });

  it('that ends before it begins is refused, and one of which nothing is left too', async () => {
    const ended = request(weekly(2, { type: 'endDate', endDate: day(-20) }));
    const empty = request(weekly(2, { type: 'numbered', numberOfOccurrences: 2 }), {
      exceptions: { [day(0)]: { isCancelled: true }, [day(14)]: { isCancelled: true } },
    });
    expect(await siebel.create([ended])).toMatchObject([{ outcome: 'refused', field: 'recurrence' }]);
    expect((await siebel.create([empty]))[0]?.outcome).toBe('refused');
  });

  it('is found again when the answer was lost, and is not made twice', async () => {
    const fault = { side: 'siebel', method: 'POST', path: 'Action', kind: 'drop-after-commit', times: 1 };
    await world().desk('POST', 'faults', [fault]);
    const asked = request(weekly(2), { subject: 'Lost' });
    const [answer] = await siebel.create([asked]);
    await world().desk('DELETE', 'faults');
    expect(sightingIn(answer).item).toMatchObject({ recurrence: weekly(2), exceptions: {} });
    expect(await look(sightingIn(answer))).toEqual(sightingIn(answer));
    expect(await rowsOf('Lost')).toHaveLength(5);
  });

  it('is not half there when an answer was lost halfway', async () => {
    const many: Recurrence = {
      pattern: { type: 'daily', interval: 2 },
      range: { type: 'numbered', numberOfOccurrences: 150 },
    };
    const fault = { side: 'siebel', method: 'POST', path: 'Action', kind: 'drop-after-commit', times: 1 };
    await world().desk('POST', 'faults', [fault]);
    const [answer] = await siebel.create([request(many, { subject: 'Halfway' })]);
    await world().desk('DELETE', 'faults');
    expect(answer?.outcome).toBe('unreachable');
    expect(await rowsOf('Halfway')).toEqual([]);
  });

  it('is not half there when a request fails', async () => {
    const daily: Recurrence = {
      pattern: { type: 'daily', interval: 2 },
      range: { type: 'numbered', numberOfOccurrences: 150 },
    };
    const fault = { side: 'siebel', method: 'POST', path: 'Action', kind: 'status', status: 500, times: 1 };
    await world().desk('POST', 'faults', [fault]);
    const [answer] = await siebel.create([request(daily, { subject: 'Half' })]);
    await world().desk('DELETE', 'faults');
    expect(answer?.outcome).toBe('unreachable');
    expect(await rowsOf('Half')).toEqual([]);
  });

  const withPolicy = (
    appointment: Readonly<{ seriesStrategy: 'fan' | 'nearest-rule'; seriesWindowDays: number }>,
  ) => {
    const shipped = siebelDefaults.policy();
    const policy = {
      ...shipped,
      activity: { ...shipped.activity, appointment: { fieldMap: {}, ...appointment } },
    };
    return world().connectorWith({ policy: () => policy });
  };

  async function pageOf() {
    const [answer] = await siebel.census([
      { login: world().ana.login, kinds: ['appointment'], from: {}, offset: 0 },
    ]);
    if (answer?.answer !== 'page') throw new Error(JSON.stringify(answer));
    return answer;
  }
});
