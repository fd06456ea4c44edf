/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { describe, expect, it } from 'vitest';
import { isTask } from '../../shared/item.ts';
import { emptyTask, type Task } from '../../shared/task.ts';
import type { CreateRequest, Sighting, Stamp } from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { siebelDefaults, type SiebelSettings } from '../../server/connectors/siebel/settings.ts';
import { change } from './change.ts';
import { sightingIn } from './contract.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld({ ANA: 'America/Los_Angeles', BRUNO: 'Pacific/Tongatapu' });
let number = 0;

const request = (item: Partial<Task> = {}, holder = world().ana): CreateRequest => {
  number += 1;
  return {
    holder,
    stamp: `task-${number}` as Stamp,
    kind: 'task',
    ownerIfUnknown: null,
    item: { ...emptyTask, subject: `Task ${number}`, ...item },
  };
};
const made = async (item: Partial<Task> = {}, holder = world().ana) =>
  sightingIn((await world().connector.create([request(item, holder)]))[0]);
const changed = async (seen: Sighting, item: Partial<Task>) =>
  sightingIn((await world().connector.update([change(world().ana, seen, item)]))[0]);
const itemOf = ({ item }: Sighting): Task => {
  if (!isTask(item)) throw new Error('This is no task.');
  return item;
};
const pathOf = ({ ref }: Sighting) => `Action/Action/${ref.slice('Task/'.length)}`;
const look = async (seen: Sighting) => {
  const [answer] = await world().connector.read([{ domain: 'task', holder: null, ref: seen.ref }]);
  if (answer?.look !== 'found') throw new Error(JSON.stringify(answer));
  return answer.sighting;
};
const rowOf = async (seen: Sighting) =>
  (await world().siebel('GET', `${pathOf(seen)}?ViewMode=All`)) as Readonly<Record<string, string>>;

describe('a task', () => {
  it('carries every field both ways, its dates on the days of its owner', async () => {
    const item = {
      body: 'Two\nlines',
      status: 'inProgress',
      importance: 'high',
      startDate: '2026-06-01',
      dueDate: '2026-06-30',
      percentComplete: 40,
      isPrivate: true,
      activityType: 'Call',
    } as const;
    for (const holder of [world().ana, world().bruno]) {
      const seen = await made(item, holder);
      expect(seen.item).toMatchObject(item);
      expect(seen.members).toEqual([holder.login]);
    }
    const own = await made(item);
    expect(await rowOf(own)).toMatchObject({
      Display: 'To Do and Activities',
      Status: 'In Progress',
      Priority: '2-High',
      Due: '06/30/2026 07:00:00',
      'Percent Complete': '40',
      'Primary Owned By': 'ANA',
    });
  });

  it('keeps the finer status, priority and hour that people chose in Siebel', async () => {
    const seen = await made({ status: 'notStarted', importance: 'high', dueDate: '2026-06-30' });
    const finer = { Status: 'Acknowledged', Priority: '1-ASAP', Due: '07/01/2026 03:15:00' };
    await world().siebel('PUT', pathOf(seen), finer);
    const now = await look(seen);
    expect(itemOf(now)).toMatchObject({ status: 'notStarted', importance: 'high', dueDate: '2026-06-30' });
    const same = {
      subject: 'Renamed',
      status: 'notStarted',
      importance: 'high',
      dueDate: '2026-06-30',
    } as const;
    const after = await changed(now, same);
    expect(await rowOf(after)).toMatchObject({ ...finer, Description: 'Renamed' });
    const later = await changed(after, { dueDate: '2026-07-02', status: 'deferred' });
    expect(await rowOf(later)).toMatchObject({ Due: '07/02/2026 07:00:00', Status: 'Cancelled' });
  });

  it('is completed and opened again with its date', async () => {
    const seen = await made({ dueDate: '2026-06-30' });
    const done = await changed(seen, { status: 'completed', completedDate: '2026-06-29' });
    expect(itemOf(done)).toMatchObject({ status: 'completed', completedDate: '2026-06-29' });
    expect(await rowOf(done)).toMatchObject({ 'Done Flag': 'Y', Status: 'Done' });
    const open = await changed(done, { status: 'inProgress', completedDate: null });
    expect(itemOf(open)).toMatchObject({ status: 'inProgress', completedDate: null });
    expect(await rowOf(open)).toMatchObject({ 'Done Flag': 'N' });
  });

  it('with a status the customer added counts as not begun', async () => {
    const settings: Partial<SiebelSettings> = {
      activity: { ...siebelDefaults.activity, statuses: [['Not Started', 'notStarted']] },
    };
    const seen = await made({ status: 'inProgress' });
    const [answer] = await world()
      .connectorWith(settings)
      .read([{ domain: 'task', holder: null, ref: seen.ref }]);
    expect(answer).toMatchObject({ look: 'found', sighting: { item: { status: 'notStarted' } } });
  });

  it('has dates without hours where Due has none', async () => {
    await world().desk('POST', 'behaviour', { 'siebel.dueIsDate': true });
    const plain = world().connectorWith({ activity: { ...siebelDefaults.activity, dueIsDateTime: false } });
    const [answer] = await plain.create([request({ dueDate: '2026-06-30' })]);
    expect(sightingIn(answer).item).toMatchObject({ dueDate: '2026-06-30' });
    await world().desk('POST', 'behaviour', { 'siebel.dueIsDate': false });
  });

  it('moves with its owner and is told by the census of whoever has it', async () => {
    const seen = await made({ dueDate: '2026-06-30' });
    const before = await page('BRUNO');
    await world().siebel('PUT', pathOf(seen), { 'Primary Owned By': 'BRUNO' });
    expect((await look(seen)).members).toEqual(['BRUNO']);
    const after = await page('BRUNO');
    expect(after.total - before.total).toBe(1);
    expect(after.sightings.map(({ ref }) => ref)).toContain(seen.ref);
  });

  it('counts from a day on if it is due then, or open', async () => {
    const before = await page('ANA', '2026-06-15');
    await made({ dueDate: '2026-06-14', status: 'completed' });
    await made({ dueDate: '2026-06-14' });
    await made({ dueDate: '2026-06-15', status: 'completed' });
    await made({});
    expect((await page('ANA', '2026-06-15')).total - before.total).toBe(3);
  });

  it('belongs to its owner, who cannot leave it', async () => {
    const seen = await made();
    const removal = { domain: 'task', holder: world().ana, ref: seen.ref, version: seen.version } as const;
    const [answer] = await world().connector.remove([{ ...removal, how: 'unlist' }]);
    expect(answer).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('owner') });
    expect(await world().connector.remove([{ ...removal, how: 'delete' }])).toMatchObject([
      { outcome: 'done' },
    ]);
  });

  async function page(login: string, from: string | null = null) {
    const [answer] = await world().connector.census([
      { login: login as Login, kinds: ['task'], from: from === null ? {} : { task: from }, offset: 0 },
    ]);
    if (answer?.answer !== 'page') throw new Error(JSON.stringify(answer));
    return answer;
  }
});

describe('what Siebel says of its activities', () => {
  it('names the types an activity may have', async () => {
    const types = await world().connector.activityTypes();
    expect(types).toEqual(expect.arrayContaining(['Appointment', 'To Do', 'Presentation']));
  });

  it('tells which fields it does not have', async () => {
    expect(
      await world().connector.unknownFields('appointment', ['MeetingLocation', 'Meeting Location']),
    ).toEqual(['Meeting Location']);
    expect(world().connector.holds('appointment', 'showAs')).toBe(false);
    expect(world().connector.holds('appointment', 'occurrence.2026-06-10')).toBe(true);
    expect(world().connector.holds('task', 'recurrence')).toBe(false);
    expect(world().connector.holds('task', 'percentComplete')).toBe(true);
  });

  it('takes the customer’s own names of fields', async () => {
    const shipped = siebelDefaults.policy();
    const names = {
      appointment: shipped.activity.appointment,
      task: { fieldMap: { categories: 'Short Comment' } },
    };
    const policy = { ...shipped, activity: names };
    const own = world().connectorWith({ policy: () => policy });
    const [answer] = await own.create([request({ categories: ['Blue', 'Golf'] })]);
    expect(sightingIn(answer).item).toMatchObject({ categories: ['Blue', 'Golf'] });
    expect(await rowOf(sightingIn(answer))).toMatchObject({ 'Short Comment': 'Blue; Golf' });
  });

  it('pleases the doctor, who names what is missing', async () => {
    const findings = await world().connector.probe();
    expect(
      findings.filter(({ check, status }) => check.startsWith('siebel.action') && status !== 'ok'),
    ).toEqual([]);
    const wrong = world().connectorWith({
      activity: {
        ...siebelDefaults.activity,
        children: { ...siebelDefaults.activity.children, exception: 'No Such Child' },
        displays: { appointment: 'Diary', task: 'To Do and Activities' },
      },
    });
    const complaints = (await wrong.probe()).filter(({ status }) => status !== 'ok');
    expect(complaints.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['siebel.action.exceptions', 'siebel.lov.activity_display_code']),
    );
  });
});
