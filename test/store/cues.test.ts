import { beforeEach, describe, expect, test } from 'vitest';
import {
  claimCues,
  extendLeases,
  finishCues,
  leaveCues,
  nextDue,
  type Cue,
  type Finish,
} from '../../server/store/cues.ts';
import { useDatabase } from '../support/database.ts';
import { createTestClock, forgetAll } from '../support/memory-world.ts';

describe('cues', () => {
  const db = useDatabase(10);
  let clock = createTestClock();
  beforeEach(async () => {
    await forgetAll(db());
    clock = createTestClock();
  });

  const leaseMs = 60_000;
  const leave = (...ids: string[]) =>
    leaveCues(
      db(),
      ids.map((recordId) => ({ kind: 'turn', personId: null, recordId, cause: 'change' })),
      clock.now(),
    );
  const claim = (limit = 100) =>
    claimCues(db(), { kinds: ['turn', 'mailbox', 'siebel'], limit, now: clock.now(), leaseMs });
  const claimOne = async (): Promise<Cue> => {
    const [cue] = await claim();
    if (cue === undefined) throw new Error('There is nothing to claim.');
    return cue;
  };
  const finish = (cue: Cue, more: Partial<Finish> = {}) =>
    finishCues(db(), [{ cue, next: null, failures: 0, parkedReason: null, ...more }]);
  const rowOf = (key: string) =>
    db().selectFrom('cue').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  const keysOf = (cues: readonly Cue[]) => cues.map((cue) => cue.key);

  test('a cue is claimed once, until its lease runs out', async () => {
    await leave('a');
    const first = await claimOne();
    expect(await claim()).toEqual([]);
    clock.pass({ milliseconds: leaseMs });
    expect(await claim()).toEqual([]);
    clock.pass({ milliseconds: 1 });
    const second = await claimOne();
    expect(Number(second.fence)).toBe(Number(first.fence) + 1);
  });

  test('a lease that is held on to does not run out', async () => {
    await leave('a');
    const cue = await claimOne();
    clock.pass({ seconds: 50 });
    expect([...(await extendLeases(db(), [cue], clock.now().add({ seconds: 60 })))]).toEqual(['turn:a']);
    clock.pass({ seconds: 50 });
    expect(await claim()).toEqual([]);
    clock.pass({ seconds: 11 });
    expect(keysOf(await claim())).toEqual(['turn:a']);
  });

  test('who was overtaken neither finishes the cue nor holds on to it', async () => {
    await leave('a');
    const late = await claimOne();
    clock.pass({ seconds: 61 });
    const taken = await claimOne();
    expect([...(await finish(late))]).toEqual([]);
    expect([...(await extendLeases(db(), [late], clock.now().add({ hours: 1 })))]).toEqual([]);
    expect((await rowOf('turn:a')).lease_until).toBe(taken.lease_until);
    expect([...(await finish(taken))]).toEqual(['turn:a']);
    expect([...(await finish(late, { next: clock.now() }))]).toEqual([]);
    expect((await rowOf('turn:a')).due_at).toBeNull();
  });

  test('a cue that is finished rests until somebody asks', async () => {
    await leave('a');
    await finish(await claimOne());
    clock.pass({ hours: 100 });
    expect(await claim()).toEqual([]);
    expect(await nextDue(db(), ['turn'])).toBeNull();
    await leave('a');
    expect(keysOf(await claim())).toEqual(['turn:a']);
  });

  test('a wish that comes while the cue is worked on is looked at afterwards', async () => {
    await leave('a');
    const cue = await claimOne();
    await leave('a');
    expect(await claim()).toEqual([]);
    await finish(cue, { next: clock.now().add({ hours: 1 }), parkedReason: 'It was refused.' });
    const row = await rowOf('turn:a');
    expect([Number(row.dirty), Number(row.done), row.parked_reason]).toEqual([2, 1, null]);
    expect(keysOf(await claim())).toEqual(['turn:a']);
  });

  test('a wish brings a cue forward that waits for later, and never puts one back', async () => {
    await leave('a');
    await finish(await claimOne(), { next: clock.now().add({ hours: 1 }), failures: 3 });
    expect(await nextDue(db(), ['turn'])).toEqual(clock.now().add({ hours: 1 }));
    clock.pass({ minutes: 1 });
    await leave('a');
    const due = await nextDue(db(), ['turn']);
    expect(due).toEqual(clock.now());
    clock.pass({ minutes: 1 });
    await leave('a');
    expect(await nextDue(db(), ['turn'])).toEqual(due);
  });

  test('a parked cue is not claimed until somebody has a new reason', async () => {
    await leave('a');
    await finish(await claimOne(), { next: clock.now(), parkedReason: 'Siebel refused it.' });
    expect(await claim()).toEqual([]);
    expect(await nextDue(db(), ['turn'])).toBeNull();
    await leave('a');
    expect(keysOf(await claim())).toEqual(['turn:a']);
  });

  test('the next due cue of a lane counts a lease that is under way', async () => {
    await leave('a');
    await claimOne();
    expect(await nextDue(db(), ['turn'])).toEqual(clock.now().add({ milliseconds: leaseMs }));
    expect(await nextDue(db(), ['mailbox'])).toBeNull();
  });

  test('no more is claimed than asked for, the longest due first', async () => {
    await leave('a');
    clock.pass({ seconds: 1 });
    await leave('b', 'c');
    expect(keysOf(await claim(1))).toEqual(['turn:a']);
    expect((await claim(1)).length).toBe(1);
    expect((await claim(5)).length).toBe(1);
  });

  test('workers who claim at the same time never get the same cue', async () => {
    await leave(...Array.from({ length: 500 }, (_, index) => `r${index}`));
    const worker = async (): Promise<string[]> => {
      const keys: string[] = [];
      for (let cues = await claim(7); cues.length > 0; cues = await claim(7)) {
        expect(cues.length).toBeLessThanOrEqual(7);
        keys.push(...keysOf(cues));
      }
      return keys;
    };
    const taken = (await Promise.all(Array.from({ length: 6 }, worker))).flat();
    expect(taken.length).toBe(new Set(taken).size);
    // Whoever found everything locked at the time went home; the rest is left for the next round.
    expect(new Set([...taken, ...(await worker())]).size).toBe(500);
  });

  test('leaving, claiming and finishing the same cues at once ends without a deadlock and forgets no wish', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `r${index}`);
    const wishes = async () => {
      for (let round = 0; round < 20; round += 1) await leave(...ids.toSorted(() => (round % 2 ? 1 : -1)));
    };
    const work = async () => {
      for (let round = 0; round < 40; round += 1) {
        const cues = await claim(13);
        await finishCues(
          db(),
          cues.toReversed().map((cue) => ({ cue, next: null, failures: 0, parkedReason: null })),
        );
      }
    };
    await Promise.all([wishes(), wishes(), work(), work(), work()]);
    for (let cues = await claim(); cues.length > 0; cues = await claim()) {
      for (const cue of cues) await finish(cue);
    }
    const open = await db().selectFrom('cue').select(['key', 'dirty', 'done']).execute();
    expect(open.length).toBe(40);
    expect(open.filter((cue) => cue.dirty !== cue.done)).toEqual([]);
    expect(open.every((cue) => Number(cue.dirty) === 40)).toBe(true);
  });
});
