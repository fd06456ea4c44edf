import { expect, test } from 'vitest';
import { graphOf } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

type Detail = Readonly<{ state: string; siebelId: string; held: { field: string; wouldMail: string[] }[] }>;

test('a change that would mail people from outside waits, says so on the item and in the journal, and goes when it may', async () => {
  const ana = await world.person('Ana');
  await world.map(ana);
  await world.sync();
  const graph = await graphOf(world, ana);
  const at = (hour: number) => ({ dateTime: `2040-06-10T${hour}:00:00`, timeZone: 'Europe/Berlin' });
  const made = await graph('POST', '/events', {
    subject: 'Kick-off',
    start: at(10),
    end: at(11),
    location: { displayName: 'Room 1' },
    attendees: [{ emailAddress: { address: 'guest@else.example' }, type: 'required' }],
  });
  expect(made.status, made.text).toBe(201);
  await world.sync();
  const path = `/api/items/appointment/${encodeURIComponent((made.json as { id: string }).id)}`;
  const detail = async () => (await world.apiAs(ana, 'GET', path)).json as Detail;
  const before = await detail();
  expect(before).toMatchObject({ state: 'inStep', held: [] });
  const moved = await world.siebel.request('PUT', `Action/Action/${before.siebelId}`, {
    MeetingLocation: 'Room 2',
  });
  expect(moved.status, moved.text).toBe(200);
  await world.sync();
  expect(await detail()).toMatchObject({
    state: 'held',
    held: [{ field: 'location', siebel: 'Room 2', exchange: 'Room 1', wouldMail: ['guest@else.example'] }],
  });
  await world.sync();
  const journal = await world.api('GET', '/api/admin/journal?domain=appointment');
  const { items } = journal.json as { items: { step: string }[] };
  expect(items.map(({ step }) => step)).toEqual(['hold (location)', 'siebel create']);
  expect((await world.outbox()).map(({ kind }) => kind)).toEqual(['invitation']);

  await world.policy((policy) => void Object.assign(policy, { guestMail: 'always' }));
  await world.sync();
  expect(await detail()).toMatchObject({ state: 'inStep', held: [] });
  expect((await world.outbox()).map(({ kind }) => kind)).toEqual(['invitation', 'update']);
  await world.isQuiet();
});
