/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyContact } from '../../shared/contact.ts';
import type { Domain } from '../../shared/domain.ts';
import { domainOf, type Item } from '../../shared/item.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import type { FieldName } from '../../server/core/step.ts';
import type {
  ChangeRow,
  Connector,
  CreateRequest,
  Holder,
  RemoveRequest,
  Sighting,
  Stamp,
  WriteAnswer,
} from '../../server/connectors/connector.ts';
import { change } from './change.ts';
import { contactSample, person, type Sample } from './contract-samples.ts';

/** One side as the contract sees it: the connector, and the hand of a person who works on the side itself. */
export type ContractWorld = Readonly<{
  connector: Connector;
  holder: Holder;
  /** The feed that shows what happens to the holder's items. */
  feed: Readonly<{ holder: Holder | null; feed: string }>;
  hand: Readonly<{
    /** Gives the item the text that the sample's `word` gives it. */
    edit: (ref: Ref, text: string) => Promise<void>;
    delete: (ref: Ref) => Promise<void>;
  }>;
  /** Whether the side compares versions itself, so that nothing newer is ever overwritten. */
  tellsStale: boolean;
  /** Whether its feed shows deletions. */
  feedsDeletions: boolean;
  /** How a person's copy leaves the sync while the item stays; `null` where it is one person's alone. */
  leave: 'unlist' | 'unmark' | null;
  /** An item the side refuses; `null` where it takes everything. */
  refusedItem: Item | null;
  close: () => Promise<void>;
}>;

/**
 * The rules of the port, for any connector (`server/connectors/connector.ts`). Tests share one side and leave each other's
 * items alone.
 */
export function contractOf(
  name: string,
  open: () => Promise<ContractWorld>,
  sample: Sample = contactSample,
): void {
  const { domain, kind } = sample;
  describe(`the connector contract on ${name}`, () => {
    let world: ContractWorld;
    let made = 0;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const newRequest = (): CreateRequest => {
      made += 1;
      const item = sample.make(made);
      return { holder: world.holder, stamp: `stamp-${made}` as Stamp, kind, item, ownerIfUnknown: null };
    };
    const createMany = async (count: number) => {
      const requests = Array.from({ length: count }, () => newRequest());
      return (await world.connector.create(requests)).map(sightingIn);
    };
    const updateOf = (sighting: Sighting, more: Partial<Item>) => change(world.holder, sighting, more);
    const look = async (ref: Ref) => (await world.connector.read([{ domain, holder: world.holder, ref }]))[0];
    const rowsSince = async (
      cursor: string | null,
    ): Promise<{ rows: readonly ChangeRow[]; next: string }> => {
      const [answer] = await world.connector.changes([{ ...world.feed, domain, cursor }]);
      if (answer?.answer !== 'changes') throw new Error(`The feed failed: ${JSON.stringify(answer)}`);
      return answer;
    };

    it('answers nothing to no questions', async () => {
      const { connector } = world;
      expect(await connector.read([])).toEqual([]);
      expect(await connector.find([])).toEqual([]);
      expect(await connector.create([])).toEqual([]);
      expect(await connector.update([])).toEqual([]);
      expect(await connector.remove([])).toEqual([]);
    });

    it('answers a create with what a fresh read gives, the mark and the stamp on it', async () => {
      const request = newRequest();
      const now = sightingIn((await world.connector.create([request]))[0]);
      expect(held(world, now.item)).toEqual(held(world, request.item));
      expect(now.isMarked).toBe(true);
      expect(await look(now.ref)).toMatchObject({
        look: 'found',
        sighting: { version: now.version, item: now.item },
      });
    });

    it('finds what it created by its stamp, once, and nothing by a stamp of nobody', async () => {
      const request = newRequest();
      const now = sightingIn((await world.connector.create([request]))[0]);
      const [found, none] = await world.connector.find([
        { by: 'stamp', domain, holder: world.holder, stamp: request.stamp },
        { by: 'stamp', domain, holder: world.holder, stamp: 'stamp-of-nobody' as Stamp },
      ]);
      expect(found).toMatchObject({ answer: 'found', sightings: [{ ref: now.ref }] });
      expect(none).toEqual({ answer: 'found', sightings: [] });
    });

    it('finds candidates by e-mail in another case and by name', async () => {
      if (domain !== 'contact') return;
      const item = person(0);
      const now = sightingIn((await world.connector.create([{ ...newRequest(), item }]))[0]);
      const byMail = { ...emptyContact, email1: item.email1?.toUpperCase() ?? null };
      const byName = { ...emptyContact, firstName: item.firstName, lastName: item.lastName };
      const nobody = { ...emptyContact, email1: 'nobody@nowhere.example' };
      const answers = await world.connector.find(
        [byMail, byName, nobody].map(
          (one) => ({ by: 'identity', domain, holder: world.holder, item: one, scope: 'all' }) as const,
        ),
      );
      const refs = answers.map((answer) =>
        answer.answer === 'found' ? answer.sightings.map(({ ref }) => ref) : answer,
      );
      expect(refs).toEqual([[now.ref], [now.ref], []]);
    });

    it('writes the named fields alone and answers what a fresh read gives', async () => {
      const [before] = await createMany(1);
      if (before === undefined) throw new Error('Nothing was made.');
      const request = updateOf(before, sample.rewrite);
      const now = sightingIn(
        (
          await world.connector.update([{ ...request, item: { ...request.item, ...sample.word('unsent') } }])
        )[0],
      );
      expect(held(world, now.item)).toEqual(held(world, { ...before.item, ...sample.rewrite }));
      expect(await look(now.ref)).toMatchObject({
        look: 'found',
        sighting: { version: now.version, item: now.item },
      });
    });

    it('gives the same version as long as nothing changes, and another one after a change', async () => {
      const [before] = await createMany(1);
      if (before === undefined) throw new Error('Nothing was made.');
      expect(await look(before.ref)).toMatchObject({ sighting: { version: before.version } });
      await world.hand.edit(before.ref, 'Changed by hand');
      const after = await look(before.ref);
      expect(after).toMatchObject({ look: 'found', sighting: { item: sample.word('Changed by hand') } });
      expect(after?.look === 'found' && after.sighting.version).not.toBe(before.version);
    });

    it('keeps what somebody wrote meanwhile', async () => {
      const [before] = await createMany(1);
      if (before === undefined) throw new Error('Nothing was made.');
      await world.hand.edit(before.ref, 'Changed by hand');
      const [answer] = await world.connector.update([updateOf(before, sample.other('Overwritten'))]);
      if (world.tellsStale) expect(answer).toEqual({ outcome: 'stale' });
      const after = await look(before.ref);
      expect(after).toMatchObject({ look: 'found', sighting: { item: sample.word('Changed by hand') } });
    });

    it('answers in the order of the questions', async () => {
      const sightings = await createMany(5);
      const asked = sightings.toReversed();
      const looks = await world.connector.read(
        asked.map(({ ref }) => ({ domain, holder: world.holder, ref })),
      );
      expect(looks.map((one) => (one.look === 'found' ? one.sighting.ref : one))).toEqual(
        asked.map(({ ref }) => ref),
      );
      const written = await world.connector.update(
        asked.map((one, index) => updateOf(one, sample.other(`Other ${index}`))),
      );
      expect(written.map(sightingIn)).toMatchObject(
        asked.map(({ ref }, index) => ({ ref, item: sample.other(`Other ${index}`) })),
      );
    });

    it('says of what is not there that it is deleted, and gone to whoever writes', async () => {
      const [here, gone] = await createMany(2);
      if (here === undefined || gone === undefined) throw new Error('Nothing was made.');
      await world.hand.delete(gone.ref);
      const looks = await world.connector.read([
        { domain, holder: world.holder, ref: gone.ref },
        { domain, holder: world.holder, ref: here.ref },
      ]);
      expect(looks[0]).toEqual({ look: 'missing', why: 'deleted' });
      expect(looks[1]).toMatchObject({ look: 'found' });
      const written = await world.connector.update([
        updateOf(gone, sample.other('No')),
        updateOf(here, sample.other('Yes')),
      ]);
      // A side that keeps what was deleted in a bin may see another version there first; the next look tells.
      expect(['gone', 'stale']).toContain(written[0]?.outcome);
      expect(written[1]).toMatchObject({ outcome: 'done', now: { item: sample.other('Yes') } });
      const removed = await world.connector.remove([{ ...removalOf(world, domain, gone), how: 'delete' }]);
      expect(['gone', 'stale']).toContain(removed[0]?.outcome);
    });

    it('stores everybody beside one bad item', async () => {
      if (world.refusedItem === null) return;
      const good = [newRequest(), newRequest(), newRequest()];
      const bad = { ...newRequest(), item: world.refusedItem };
      const answers = await world.connector.create([...good.slice(0, 2), bad, ...good.slice(2)]);
      expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'refused', 'done']);
      const stamps = [...good, bad].map(
        ({ stamp }) => ({ by: 'stamp', domain, holder: world.holder, stamp }) as const,
      );
      const found = await world.connector.find(stamps);
      expect(found.map((answer) => (answer.answer === 'found' ? answer.sightings.length : -1))).toEqual([
        1, 1, 1, 0,
      ]);
    });

    it('shows what was created, changed and deleted since a cursor', async () => {
      const start = (await rowsSince(null)).next;
      const [made, edited, deleted] = await createMany(3);
      if (made === undefined || edited === undefined || deleted === undefined)
        throw new Error('Nothing was made.');
      const first = await rowsSince(start);
      const refs = new Set(first.rows.map(({ ref }) => ref));
      expect([made, edited, deleted].every(({ ref }) => refs.has(ref))).toBe(true);
      await world.hand.edit(edited.ref, 'Edited');
      await world.hand.delete(deleted.ref);
      const second = await rowsSince(first.next);
      expect(second.rows.find(({ ref }) => ref === edited.ref)).toMatchObject({ change: 'seen' });
      expect(second.rows.filter(({ ref }) => ref === made.ref)).toEqual([]);
      const row = second.rows.find(({ ref }) => ref === deleted.ref);
      if (world.feedsDeletions) expect(row).toMatchObject({ change: 'gone' });
      else expect(row).toBeUndefined();
      expect(await look(deleted.ref)).toEqual({ look: 'missing', why: 'deleted' });
      expect((await rowsSince(second.next)).rows).toEqual([]);
    });

    it('lets a person leave an item that stays', async () => {
      if (world.leave === null) return;
      const [here] = await createMany(1);
      if (here === undefined) throw new Error('Nothing was made.');
      const answers = await world.connector.remove([removalOf(world, domain, here)]);
      expect(answers).toMatchObject([{ outcome: 'done', now: null }]);
      const after = await look(here.ref);
      if (after?.look !== 'found') throw new Error('The item went away with its holder.');
      if (world.leave === 'unmark') expect(after.sighting.isMarked).toBe(false);
      else expect(after.sighting.members).not.toContain(world.holder.login);
      // Whoever leaves a meeting is not among those who attend it either.
      const { attendees: _, ...rest } = held(world, here.item);
      expect(held(world, after.sighting.item)).toMatchObject(rest);
    });

    it('deletes what it is told to, once', async () => {
      const [here] = await createMany(1);
      if (here === undefined) throw new Error('Nothing was made.');
      const removal = { ...removalOf(world, domain, here), how: 'delete' as const };
      expect(await world.connector.remove([removal])).toMatchObject([{ outcome: 'done', now: null }]);
      expect(await look(here.ref)).toEqual({ look: 'missing', why: 'deleted' });
      expect(await world.connector.remove([removal])).toEqual([{ outcome: 'gone' }]);
    });

    it('takes 250 at a time with every verb', async () => {
      const sightings = await createMany(250);
      expect(new Set(sightings.map(({ ref }) => ref)).size).toBe(250);
      const looks = await world.connector.read(
        sightings.map(({ ref }) => ({ domain, holder: world.holder, ref })),
      );
      expect(looks.every(({ look }) => look === 'found')).toBe(true);
      const written = await world.connector.update(
        sightings.map((one) => updateOf(one, sample.other('Everybody'))),
      );
      const now = written.map(sightingIn);
      expect(now.map(({ item }) => item)).toMatchObject(now.map(() => sample.other('Everybody')));
      const removed = await world.connector.remove(
        now.map((one) => ({ ...removalOf(world, domain, one), how: 'delete' })),
      );
      expect(removed.every(({ outcome }) => outcome === 'done')).toBe(true);
      const gone = await world.connector.read(
        sightings.map(({ ref }) => ({ domain, holder: world.holder, ref })),
      );
      expect(gone.every((one) => one.look === 'missing' && one.why === 'deleted')).toBe(true);
    });
  });
}

/** The sighting of a write that must have worked. */
export function sightingIn(answer: WriteAnswer | undefined): Sighting {
  if (answer?.outcome !== 'done' || answer.now === null)
    throw new Error(`Not done: ${JSON.stringify(answer)}`);
  return answer.now;
}

/** The fields the side can hold, so that what it cannot is no difference. */
function held({ connector }: ContractWorld, item: Item): Readonly<Record<string, unknown>> {
  const domain = domainOf(item);
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => !sides.has(name) && connector.holds(domain, name as FieldName)),
  );
}

function removalOf(
  world: ContractWorld,
  domain: Domain,
  { ref, version }: Readonly<{ ref: Ref; version: Version }>,
): RemoveRequest {
  return { domain, holder: world.holder, ref, version, how: world.leave ?? 'delete' };
}

/** What a side says of its own accord. */
const sides: ReadonlySet<string> = new Set(['custom', 'organizer', 'exceptions', 'copy']);
