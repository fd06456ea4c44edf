import { describe, expect, test } from 'vitest';
import {
  decide,
  inParallel,
  listMany,
  onlyParked,
  parked,
  putRulesBack,
  statusOf,
  surnamed,
} from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('the brake', () => {
  const world = useWorld();
  putRulesBack(world);

  test(
    '260 of 300 contacts deleted in Outlook are held, and carried out once an administrator approves',
    { timeout: 120_000 },
    async () => {
      const { ana, bruno, ids } = await holding(300, 'Approved');
      await removeSome(ana, 'Approved', 260);

      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      expect(await onList(ids, ana)).toBe(300);
      expect((await statusOf(world, ana)).state).toBe('held');
      expect((await statusOf(world, bruno)).state).toBe('inStep');
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'deletions', planned: 260 });
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });

      await decide(world, row, 'retry');
      await world.sync();
      expect(await onList(ids, ana)).toBe(40);
      expect((await surnamed(bruno, 'Approved')).length).toBe(300);
      expect(await parked(world, ana)).toEqual([]);
      expect((await statusOf(world, ana)).state).toBe('inStep');
      await world.isQuiet();
    },
  );

  test('what an administrator rejects comes back', { timeout: 60_000 }, async () => {
    const { ana, bruno, ids } = await holding(40, 'Rejected');
    await removeSome(ana, 'Rejected', 30);
    await world.sync();

    await decide(world, await onlyParked(world, ana), 'reject');
    await world.sync();

    expect((await surnamed(ana, 'Rejected')).length).toBe(40);
    expect((await surnamed(ana, 'Rejected')).every((one) => one.categories.includes('Siebel Contact'))).toBe(
      true,
    );
    expect(await onList(ids, ana)).toBe(40);
    expect((await surnamed(bruno, 'Rejected')).length).toBe(40);
    expect(await parked(world, ana)).toEqual([]);
    expect((await statusOf(world, ana)).state).toBe('inStep');
    await world.isQuiet();
  });

  test('the category taken off many contacts by accident is put back on rejection', async () => {
    const { ana, ids } = await holding(20, 'Stripped');
    for (const one of await surnamed(ana, 'Stripped')) await ana.outlook.change(one.id, { categories: [] });
    await world.sync();
    expect(await onList(ids, ana)).toBe(20);

    await decide(world, await onlyParked(world, ana), 'reject');
    await world.sync();

    expect((await surnamed(ana, 'Stripped')).map((one) => one.categories)).toEqual(
      ids.map(() => ['Siebel Contact']),
    );
    expect(await onList(ids, ana)).toBe(20);
    await world.isQuiet();
  });

  test('a quarter of the mailbox is held, less than that is not', { timeout: 60_000 }, async () => {
    const { ana, ids } = await holding(48, 'Share');
    await removeSome(ana, 'Share', 11);
    await world.sync();
    expect(await parked(world, ana)).toEqual([]);
    expect(await onList(ids, ana)).toBe(37);

    await removeSome(ana, 'Share', 1);
    await world.sync();
    expect(await onList(ids, ana)).toBe(37);
    expect(await onlyParked(world, ana)).toMatchObject({ what: 'deletions', planned: 12 });
  });

  test('a handful is never held', async () => {
    const { ana, ids } = await holding(9, 'Handful');
    await removeSome(ana, 'Handful', 9);
    await world.sync();
    expect(await parked(world, ana)).toEqual([]);
    expect(await onList(ids, ana)).toBe(0);
    await world.isQuiet();
  });

  test(
    'many deletions in Siebel are held in every mailbox, and rejection makes the records again',
    { timeout: 60_000 },
    async () => {
      const { ana, bruno, ids } = await holding(12, 'Purged');
      for (const id of ids) await world.siebel.remove(id);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await surnamed(ana, 'Purged')).length).toBe(12);
      expect((await surnamed(bruno, 'Purged')).length).toBe(12);

      await decide(world, await onlyParked(world, ana), 'reject');
      await decide(world, await onlyParked(world, bruno), 'reject');
      await world.sync();

      expect((await world.siebel.contacts('[Last Name]="Purged"')).length).toBe(12);
      expect((await surnamed(ana, 'Purged')).length).toBe(12);
      expect((await surnamed(bruno, 'Purged')).length).toBe(12);
      await world.isQuiet();
    },
  );

  test(
    'a Sync List that is emptied in Siebel is held, and approval withdraws the copies',
    { timeout: 60_000 },
    async () => {
      const { ana, ids } = await holding(12, 'Emptied');
      for (const id of ids) await world.siebel.unlist(id, ana.employeeId);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await surnamed(ana, 'Emptied')).length).toBe(12);

      await decide(world, await onlyParked(world, ana), 'retry');
      await world.sync();
      expect(await surnamed(ana, 'Emptied')).toEqual([]);
      await world.isQuiet();
    },
  );

  test(
    'edits of more than half of a mailbox are held, and undone on rejection',
    { timeout: 60_000 },
    async () => {
      const { ana, bruno } = await holding(20, 'Rewritten');
      for (const one of (await surnamed(ana, 'Rewritten')).slice(0, 12)) {
        await ana.outlook.change(one.id, { jobTitle: 'Mistake' });
      }
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'updates', planned: 12 });

      await decide(world, row, 'reject');
      await world.sync();
      for (const actor of [ana, bruno]) {
        const titles = (await surnamed(actor, 'Rewritten')).map((one) => one['jobTitle']);
        expect(new Set(titles)).toEqual(new Set([null]));
      }
      expect(await world.siebel.contacts('[Job Title]="Mistake"')).toEqual([]);
      await world.isQuiet();
    },
  );

  test(
    'more new copies than the guard allows are held, and left alone on rejection',
    { timeout: 60_000 },
    async () => {
      const { ana } = await holding(2, 'Known');
      await world.policy((policy) =>
        Object.assign(policy, { guards: { creates: { count: 10, percent: null } } }),
      );
      await listMany(world, [ana], { count: 12, lastName: 'Flood' });
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'creates' });

      await decide(world, row, 'reject');
      await world.sync();
      expect(await surnamed(ana, 'Flood')).toEqual([]);
      expect(await parked(world, ana)).toEqual([]);
      await world.isQuiet();
    },
  );

  async function holding(
    count: number,
    lastName: string,
  ): Promise<{ ana: Actor; bruno: Actor; ids: string[] }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const ids = await listMany(world, [ana, bruno], { count, lastName });
    await world.sync();
    expect((await surnamed(ana, lastName)).length).toBe(count);
    return { ana, bruno, ids };
  }

  async function removeSome(actor: Actor, surname: string, count: number): Promise<void> {
    const copies = await surnamed(actor, surname);
    await inParallel(count, async (n) => actor.outlook.remove(copies[n]?.id ?? ''));
  }

  async function onList(ids: readonly string[], actor: Actor): Promise<number> {
    const found = await inParallel(ids.length, async (n) => world.siebel.members(ids[n] ?? ''));
    return found.filter((members) => members.includes(actor.login)).length;
  }
});
