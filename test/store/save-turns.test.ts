/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyContact } from '../../shared/contact.ts';
import { isContact, type Item } from '../../shared/item.ts';
import { never, type Present, type Ref, type Version } from '../../server/core/snapshot.ts';
import { claimCues, finishCues, leaveCues } from '../../server/store/cues.ts';
import { moveLinks, needLook } from '../../server/store/mailbox-links.ts';
import { setWish } from '../../server/store/marks.ts';
import { openLinks, recordsOf, type NewLink } from '../../server/store/open-links.ts';
import { saveLinks, saveRecords, startCreates, type SavedLink } from '../../server/store/save-turns.ts';
import { loadRecords } from '../../server/store/turns.ts';
import { useDatabase } from '../support/database.ts';
import { forgetAll, openMemoryWorld, type MemoryWorld } from '../support/memory-world.ts';

describe('what turns keep', () => {
  const db = useDatabase();
  let world: MemoryWorld;
  beforeEach(async () => {
    await forgetAll(db());
    world = await openMemoryWorld(db(), ['ANA', 'BRUNO']);
  });

  const ref = (name: string) => name as Ref;
  const version = (name: string) => name as Version;
  const present = (name: string, of: string): Present => ({
    state: 'present',
    ref: ref(of),
    version: version('1'),
    item: { ...emptyContact, lastName: name },
  });
  const newLink = (login: string, more: Partial<NewLink> = {}): NewLink => ({
    recordId: `record-${login}`,
    linkId: `link-${login}`,
    personId: world.people.get(login) ?? '',
    domain: 'contact',
    kind: 'business',
    siebel: { ref: ref('Contact/1-A'), version: version('1'), stamp: null },
    exchange: { ref: ref(`item-${login}`), version: version('1') },
    uid: null,
    isSilent: false,
    isListed: true,
    isWished: false,
    ...more,
  });
  const open = (...links: NewLink[]) => openLinks(db(), links, world.clock.now());
  const savedLink = (login: string, more: Partial<SavedLink> = {}): SavedLink => ({
    id: `link-${login}`,
    recordId: 'record-ANA',
    state: 'open',
    closedWhy: null,
    ref: ref(`item-${login}`),
    version: version('2'),
    uid: null,
    base: { siebel: present('Lopez', 'Contact/1-A'), exchange: present('Lopez', `item-${login}`) },
    needsLook: false,
    isListed: true,
    wasOnTeam: false,
    hasLeft: false,
    wish: null,
    held: null,
    decisions: {},
    notes: [],
    why: null,
    reasons: null,
    createStartedAt: null,
    begun: null,
    settledAt: null,
    found: { ref: ref(`item-${login}`), wish: null, decisions: {} },
    ...more,
  });
  const nameIn = (item: Item) => (isContact(item) ? item.lastName : null);
  const snapshots = () => db().selectFrom('snapshot').selectAll().execute();
  const linkOf = (login: string) =>
    db().selectFrom('link').selectAll().where('id', '=', `link-${login}`).executeTakeFirstOrThrow();

  describe('contents', () => {
    beforeEach(() => open(newLink('ANA'), newLink('BRUNO')));

    test('all Links of a record that agree share one content', async () => {
      await saveLinks(db(), [savedLink('ANA'), savedLink('BRUNO')]);
      expect((await snapshots()).length).toBe(1);
    });

    test('a content goes when the last Link that needs it lets go of it', async () => {
      await saveLinks(db(), [savedLink('ANA'), savedLink('BRUNO')]);
      const renamed = { siebel: present('Lopez-Vega', 'Contact/1-A'), exchange: present('Lopez-Vega', 'i') };
      await saveLinks(db(), [savedLink('ANA', { base: renamed })]);
      const names = (await snapshots()).map((row) => nameIn(row.item));
      expect(new Set(names)).toEqual(new Set(['Lopez', 'Lopez-Vega']));
      await saveLinks(db(), [savedLink('BRUNO', { base: renamed })]);
      expect((await snapshots()).map((row) => nameIn(row.item))).toEqual(['Lopez-Vega']);
      const nothing = { siebel: never, exchange: never };
      await saveLinks(db(), [savedLink('ANA', { base: nothing }), savedLink('BRUNO', { base: nothing })]);
      expect(await snapshots()).toEqual([]);
    });

    test('what is saved is what is loaded', async () => {
      await saveRecords(db(), [
        {
          id: 'record-ANA',
          kind: 'business',
          ref: ref('Contact/1-A'),
          version: version('9'),
          uid: null,
          foundUid: null,
          rollAt: null,
          createStartedAt: null,
        },
      ]);
      await saveLinks(db(), [savedLink('ANA')]);
      const loaded = (await loadRecords(db(), ['record-ANA'])).get('record-ANA');
      const [link] = loaded?.links.filter(({ row }) => row.id === 'link-ANA') ?? [];
      expect(link?.base).toEqual({
        siebel: { ...present('Lopez', 'Contact/1-A'), version: '9' },
        exchange: { ...present('Lopez', 'item-ANA'), version: '2' },
      });
    });
  });

  describe('what others wrote while a turn was under way', () => {
    const turn = async (meanwhile: () => Promise<void>, saved: SavedLink): Promise<void> => {
      await open(newLink('ANA'));
      await wish();
      const [cue] = await claimCues(db(), {
        kinds: ['turn'],
        limit: 1,
        now: world.clock.now(),
        leaseMs: 60_000,
      });
      if (cue === undefined) throw new Error('There is nothing to claim.');
      await meanwhile();
      await db()
        .transaction()
        .execute(async (trx) => {
          await finishCues(trx, [{ cue, next: null, failures: 0, parkedReason: null }]);
          await saveLinks(trx, [saved]);
        });
    };
    const wish = () =>
      leaveCues(
        db(),
        [{ kind: 'turn', personId: null, recordId: 'record-ANA', cause: 'change' }],
        world.clock.now(),
      );

    test('a feed’s news is still to be looked at', async () => {
      await turn(async () => {
        await wish();
        await needLook(db(), ['link-ANA']);
      }, savedLink('ANA'));
      expect((await linkOf('ANA')).needs_look).toBe(true);
    });

    test('news that the turn has taken is not', async () => {
      await turn(async () => undefined, savedLink('ANA'));
      expect((await linkOf('ANA')).needs_look).toBe(false);
    });

    test('a button pressed is still to be carried out', async () => {
      await turn(async () => {
        await wish();
        await setWish(db(), { linkId: 'link-ANA', wish: 'unmark' });
      }, savedLink('ANA'));
      expect((await linkOf('ANA')).wish).toBe('unmark');
    });

    test('a Link its owner marks while it is being closed stays open', async () => {
      await turn(
        async () => {
          await wish();
          await setWish(db(), { linkId: 'link-ANA', wish: 'mark' });
        },
        savedLink('ANA', {
          state: 'closed',
          closedWhy: 'unmarked',
          base: { siebel: never, exchange: never },
        }),
      );
      expect(await linkOf('ANA')).toMatchObject({
        state: 'open',
        closed_why: null,
        wish: 'mark',
        needs_look: true,
      });
    });

    test('a copy that moved keeps its new id', async () => {
      await turn(async () => {
        await wish();
        await moveLinks(db(), [{ linkId: 'link-ANA', ref: ref('moved'), version: version('7') }]);
      }, savedLink('ANA'));
      expect(await linkOf('ANA')).toMatchObject({ ref: 'moved', version: '7', needs_look: true });
    });

    test('a copy the turn made counts more than one found meanwhile', async () => {
      await turn(
        async () => {
          await wish();
          await moveLinks(db(), [{ linkId: 'link-ANA', ref: ref('found'), version: version('7') }]);
        },
        savedLink('ANA', { ref: ref('made') }),
      );
      expect((await linkOf('ANA')).ref).toBe('made');
    });

    test('an answer to a question is still to be carried out', async () => {
      await turn(async () => {
        await wish();
        const decisions = JSON.stringify({ lastName: 'exchange' });
        await db().updateTable('link').set({ decisions }).where('id', '=', 'link-ANA').execute();
      }, savedLink('ANA'));
      expect((await linkOf('ANA')).decisions).toEqual({ lastName: 'exchange' });
    });
  });

  describe('opening Links', () => {
    const records = () => db().selectFrom('siebel_record').select(['id', 'ref']).orderBy('id').execute();
    const links = () =>
      db().selectFrom('link').select(['id', 'record_id', 'ref', 'state']).orderBy('id').execute();

    test('two sweeps that bring the same record make one of it', async () => {
      await Promise.all([
        open(newLink('ANA', { exchange: null })),
        open(newLink('BRUNO', { exchange: null })),
      ]);
      expect((await records()).length).toBe(1);
      expect(new Set((await links()).map((link) => link.record_id)).size).toBe(1);
    });

    test('a Link that is open already only learns which Outlook item it is', async () => {
      await open(newLink('ANA', { exchange: null }));
      await open(newLink('ANA', { linkId: 'another', recordId: 'another' }));
      expect(await links()).toEqual([
        { id: 'link-ANA', record_id: 'record-ANA', ref: 'item-ANA', state: 'open' },
      ]);
      await open(newLink('ANA', { linkId: 'third', exchange: { ref: ref('late'), version: version('1') } }));
      expect((await linkOf('ANA')).ref).toBe('item-ANA');
    });

    test('a record met in Siebel with the stamp of one being created is that one', async () => {
      await open(newLink('ANA', { siebel: null }));
      const { stamp } = await db().selectFrom('siebel_record').select('stamp').executeTakeFirstOrThrow();
      const at = world.clock.now().toString();
      await startCreates(db(), { recordIds: ['record-ANA'], links: [], at });
      const met = newLink('BRUNO', { siebel: { ref: ref('Contact/1-NEW'), version: version('1'), stamp } });
      expect(await recordsOf(db(), [met])).toEqual(['record-ANA']);
      await open(met);
      expect(await records()).toEqual([{ id: 'record-ANA', ref: 'Contact/1-NEW' }]);
      expect((await linkOf('BRUNO')).record_id).toBe('record-ANA');
    });

    test('a Link that was given a copy since its turn began needs none made', async () => {
      await open(newLink('ANA', { exchange: null }));
      await open(newLink('BRUNO', { linkId: 'link-BRUNO', exchange: null }));
      const begun = { siebel: emptyContact, exchange: emptyContact };
      const creating = ['link-ANA', 'link-BRUNO'].map((id) => ({ id, inOutlook: true, ref: null, begun }));
      await open(newLink('ANA', { exchange: { ref: ref('made by Ana'), version: version('1') } }));
      const at = world.clock.now().toString();
      expect([...(await startCreates(db(), { recordIds: [], links: creating, at }))]).toEqual(['link-BRUNO']);
      expect((await linkOf('ANA')).ref).toBe('made by Ana');
    });

    test('a turn whose create has no answer does not make the record forget its Siebel id', async () => {
      await open(newLink('ANA', { siebel: null }));
      const known = {
        id: 'record-ANA',
        kind: 'business' as const,
        uid: null,
        foundUid: null,
        rollAt: null,
        createStartedAt: null,
      };
      await saveRecords(db(), [{ ...known, ref: ref('Contact/1-NEW'), version: version('1') }]);
      await saveRecords(db(), [{ ...known, ref: null, version: null }]);
      expect(await records()).toEqual([{ id: 'record-ANA', ref: 'Contact/1-NEW' }]);
    });

    test('a meeting made anew is known by its new iCalUId, unless somebody else has named another meanwhile', async () => {
      await open(newLink('ANA', { uid: 'first' }));
      const saved = { id: 'record-ANA', kind: 'business' as const, ref: null, version: null };
      const turned = { ...saved, rollAt: null, createStartedAt: null };
      const uid = async () =>
        (await db().selectFrom('siebel_record').select('uid').execute()).map((one) => one.uid);
      await saveRecords(db(), [{ ...turned, uid: 'second', foundUid: 'first' }]);
      expect(await uid()).toEqual(['second']);
      await saveRecords(db(), [{ ...turned, uid: 'third', foundUid: 'first' }]);
      expect(await uid()).toEqual(['second']);
    });

    test('an Outlook item belongs to one Link: another sweep’s claim to it comes to nothing', async () => {
      await open(newLink('ANA'));
      const siebel = { ref: ref('Contact/1-B'), version: version('1'), stamp: null };
      await open(newLink('ANA', { linkId: 'another', recordId: 'another', siebel }));
      expect((await links()).map((link) => link.id)).toEqual(['link-ANA']);
    });
  });
});
