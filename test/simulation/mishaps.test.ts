import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import type { Failure } from '../../server/connectors/connector.ts';
import type { MemoryOptions } from '../../server/connectors/memory-store.ts';
import { startWorker } from '../../server/engine/worker.ts';
import { askFor, dropAsked } from '../../server/store/asked-links.ts';
import { leaveCues } from '../../server/store/cues.ts';
import { setWish } from '../../server/store/marks.ts';
import { savePolicy } from '../../server/store/policy.ts';
import { useDatabase } from '../support/database.ts';
import {
  forgetAll,
  lookEverywhere,
  openMemoryWorld,
  workOff,
  workOnce,
  type MemoryWorld,
} from '../support/memory-world.ts';
import { cardIn, eventInOutlook, inOutlook, inSiebel } from '../support/memory-items.ts';
import { copyOf, recordOf } from './canon.ts';

type Mishap = NonNullable<MemoryOptions['mishap']>;

const down: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'The side is out of reach.',
  retryAfterMs: null,
};

describe('mishaps', () => {
  const db = useDatabase();
  let world: MemoryWorld;
  let siebel: Mishap;
  let exchange: Mishap;
  beforeEach(async () => {
    await forgetAll(db());
    siebel = () => null;
    exchange = () => null;
    world = await openMemoryWorld(db(), ['ANA', 'BRUNO'], {
      siebel: { mishap: (...asked) => siebel(...asked) },
      exchange: { mishap: (...asked) => exchange(...asked) },
    });
  });

  const work = async (): Promise<void> => {
    await lookEverywhere(world);
    await workOff(world, world.engine());
  };
  /** A look at everything and one try to turn what it brought. */
  const tryOnce = async (): Promise<void> => {
    await lookEverywhere(world);
    const engine = world.engine();
    for (const kind of ['mailbox', 'siebel', 'turn'] as const) await workOnce(world, engine, kind);
  };
  const card = (firstName: string) => ({ firstName, email1: `${firstName.toLowerCase()}@mishap.example` });
  const edit = (side: 'siebel' | 'exchange', of: ReturnType<typeof recordOf>, jobTitle: string) =>
    world.sides.rows[side].put(of.ref, { item: { ...cardIn(of), jobTitle } });
  const unlist = (name: string, login: string) => {
    const { ref, members } = recordOf(world, name);
    world.sides.rows.siebel.put(ref, { members: members.filter((member) => member !== login) }, true);
  };
  const copies = () => world.sides.rows.exchange.all().length;
  const records = () => world.sides.rows.siebel.all().length;
  const lose =
    (verb: string): Mishap =>
    (called) =>
      called === verb ? 'lost' : null;
  const fail =
    (verb: string): Mishap =>
    (called) =>
      called === verb ? down : null;

  test('a copy whose create had no answer is found again, with what its owner wrote since', async () => {
    inSiebel(world, ['ANA'], card('Otto'));
    exchange = lose('create');
    await tryOnce();
    exchange = () => null;
    edit('exchange', copyOf(world, 'ANA', 'Otto'), 'Buyer');
    await work();
    expect(copies()).toBe(1);
    expect(cardIn(recordOf(world, 'Otto')).jobTitle).toBe('Buyer');
  });

  test('a record whose create had no answer is found again, with what was written in Siebel since', async () => {
    inOutlook(world, 'ANA', card('Otto'));
    siebel = lose('create');
    await tryOnce();
    siebel = () => null;
    edit('siebel', recordOf(world, 'Otto'), 'Buyer');
    await work();
    expect(records()).toBe(1);
    expect(cardIn(copyOf(world, 'ANA', 'Otto')).jobTitle).toBe('Buyer');
  });

  test('a copy whose create had no answer goes when its record left the list meanwhile', async () => {
    inSiebel(world, ['ANA', 'BRUNO'], card('Otto'));
    exchange = lose('create');
    await tryOnce();
    exchange = () => null;
    unlist('Otto', 'ANA');
    await work();
    expect(() => copyOf(world, 'ANA', 'Otto')).toThrow();
    expect(recordOf(world, 'Otto').members).toEqual(['BRUNO']);
  });

  test('somebody who left the list loses the copy, however long a colleague’s edit cannot be written', async () => {
    inSiebel(world, ['ANA', 'BRUNO'], card('Otto'));
    await work();
    unlist('Otto', 'BRUNO');
    edit('exchange', copyOf(world, 'ANA', 'Otto'), 'Buyer');
    siebel = fail('update');
    await tryOnce();
    siebel = () => null;
    await work();
    expect(() => copyOf(world, 'BRUNO', 'Otto')).toThrow();
    expect(cardIn(recordOf(world, 'Otto')).jobTitle).toBe('Buyer');
  });

  test('a first contact that cannot put its owner on the list goes on trying, and nothing is taken back', async () => {
    inSiebel(world, [], card('Otto'), ['ANA']);
    inOutlook(world, 'ANA', { ...card('Otto'), fax: '1' });
    siebel = fail('update');
    await tryOnce();
    expect(copyOf(world, 'ANA', 'Otto').isMarked).toBe(true);
    siebel = () => null;
    await work();
    expect(recordOf(world, 'Otto')).toMatchObject({ members: ['ANA'], item: { fax: '1' } });
    expect(copyOf(world, 'ANA', 'Otto').isMarked).toBe(true);
  });

  test('what its owner stopped syncing stays out, though the category went in the same moment', async () => {
    const { domains } = defaultPolicy;
    const appointment = { ...domains.appointment, requireCategory: true };
    const document = { ...defaultPolicy, domains: { ...domains, appointment } };
    await savePolicy(db(), { document, at: world.clock.now(), by: 'test' });
    const copy = eventInOutlook(world, 'ANA', { subject: 'Plant tour' }, true);
    await work();
    const { id, record_id } = await db().selectFrom('link').selectAll().executeTakeFirstOrThrow();
    await setWish(db(), { linkId: id, wish: 'unmark' });
    await leaveCues(
      db(),
      [{ kind: 'turn', personId: null, recordId: record_id, cause: 'mark' }],
      world.clock.now(),
    );
    exchange = (called) => {
      if (called === 'update') world.sides.rows.exchange.put(copy.ref, { isMarked: false });
      return null;
    };
    await workOff(world, world.engine());
    exchange = () => null;
    await work();
    expect(copyOf(world, 'ANA', 'Plant tour').isMarked).toBe(false);
    expect(await db().selectFrom('link').select(['state', 'closed_why']).execute()).toEqual([
      { state: 'closed', closed_why: 'unmarked' },
    ]);
  });

  test('a mark taken back while its mailbox is being swept begins nothing', async () => {
    await work();
    inOutlook(world, 'ANA', card('Otto'), false);
    const { ref, version } = copyOf(world, 'ANA', 'Otto');
    const personId = world.people.get('ANA') ?? '';
    const ids = { recordId: 'asked', linkId: 'asked', personId };
    const none = { uid: null, siebel: null, isSilent: false, isListed: false };
    const what = { domain: 'contact', kind: 'business', exchange: { ref, version }, isWished: true } as const;
    await askFor(db(), { ...ids, ...none, ...what }, world.clock.now());
    let isTakenBack = false;
    siebel = (called) => {
      if (called === 'find' && !isTakenBack) {
        isTakenBack = true;
        void dropAsked(db(), [{ id: 'asked', record_id: 'asked' }]);
      }
      return null;
    };
    await work();
    expect(isTakenBack).toBe(true);
    expect(records()).toBe(0);
    expect(copyOf(world, 'ANA', 'Otto').isMarked).toBe(false);
  });

  test('who joins a list while the mailbox cannot be searched gets no second copy', async () => {
    await work();
    inOutlook(world, 'ANA', card('Otto'), false);
    inSiebel(world, ['ANA'], card('Otto'));
    exchange = fail('find');
    await tryOnce();
    expect(copies()).toBe(1);
    exchange = () => null;
    await work();
    expect(copies()).toBe(1);
    expect(copyOf(world, 'ANA', 'Otto').isMarked).toBe(true);
  });

  test('a long outage of a side parks nothing: when it is over, everything is written', async () => {
    inSiebel(world, ['ANA'], card('Otto'));
    await work();
    edit('exchange', copyOf(world, 'ANA', 'Otto'), 'Buyer');
    siebel = fail('update');
    await tryOnce();
    for (let round = 0; round < 12; round += 1) {
      world.clock.pass({ minutes: 20 });
      await workOnce(world, world.engine(), 'turn');
    }
    siebel = () => null;
    world.clock.pass({ minutes: 20 });
    await workOff(world, world.engine());
    expect(cardIn(recordOf(world, 'Otto')).jobTitle).toBe('Buyer');
    expect(await db().selectFrom('parked').selectAll().execute()).toEqual([]);
  });

  test('a mailbox whose first look broke off is looked at whole the next time', async () => {
    inOutlook(world, 'ANA', card('Otto'), false);
    inSiebel(world, ['ANA'], card('Otto'));
    exchange = fail('changes');
    await tryOnce();
    exchange = () => null;
    await work();
    expect(copies()).toBe(1);
    expect(recordOf(world, 'Otto').members).toEqual(['ANA']);
  });

  test('one record with a bug in its way keeps nobody else’s waiting', async () => {
    for (let index = 0; index < 20; index += 1) inSiebel(world, ['ANA'], card(`Otto${index}`));
    const stopping = new AbortController();
    const healthy = world.engine();
    const engine = {
      ...healthy,
      clock: { ...healthy.clock, wait: () => new Promise<void>((done) => setTimeout(done, 5)) },
      exchange: {
        ...healthy.exchange,
        create: (requests: Parameters<typeof healthy.exchange.create>[0]) => {
          if (requests.some(({ item }) => 'firstName' in item && item.firstName === 'Otto7'))
            throw new Error('A bug.');
          return healthy.exchange.create(requests);
        },
      },
    };
    await lookEverywhere(world);
    const worker = startWorker(engine, stopping.signal);
    await expect.poll(copies, { timeout: 10_000 }).toBe(19);
    stopping.abort();
    await worker.stopped;
    const failing = await db()
      .selectFrom('cue')
      .select('key')
      .where('kind', '=', 'turn')
      .where('failures', '>', 0)
      .execute();
    expect(failing.length).toBe(1);
  });
});
