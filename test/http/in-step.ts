/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import type { Item } from '../../shared/item.ts';
import type { Sighting } from '../../server/connectors/connector.ts';
import { openLinks } from '../../server/store/open-links.ts';
import { saveLinks, type SavedLink } from '../../server/store/save-turns.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import type { Api } from './api.ts';

type Given = Readonly<{
  personId: string;
  /** The Outlook copy. */
  sighting: Sighting;
  /** Where Siebel holds it, and what, if that is not the same. */
  siebelRef: string;
  siebel?: Item;
}> &
  Partial<Pick<SavedLink, 'notes' | 'held' | 'why' | 'reasons'>>;

/** Makes a Link for an item both sides agree on, as turns leave it; answers its ids. */
export async function inStep(
  { context, db }: Api,
  given: Given,
): Promise<{ recordId: string; linkId: string }> {
  const { personId, sighting, siebelRef, siebel: other, notes = [], held = null } = given;
  const { why = 'Both sides agree.', reasons = null } = given;
  const [recordId, linkId] = [context.newId(), context.newId()];
  const siebel = { ref: siebelRef as Ref, version: '7' as Version, stamp: null };
  const { ref, version, uid, kind, item } = sighting;
  const exchange = { ref, version };
  const domain = kind === 'appointment' || kind === 'task' ? kind : 'contact';
  const link = { recordId, linkId, personId, domain, kind, siebel, exchange, uid } as const;
  const now = context.clock.now();
  await openLinks(db, [{ ...link, isSilent: false, isListed: true, isWished: false }], now);
  await saveLinks(db, [
    {
      id: linkId,
      recordId,
      state: 'open',
      closedWhy: null,
      ...exchange,
      uid,
      base: {
        siebel: { state: 'present', item: other ?? item, ...siebel },
        exchange: { state: 'present', item, ...exchange },
      },
      needsLook: false,
      isListed: true,
      wasOnTeam: true,
      hasLeft: false,
      wish: null,
      held,
      decisions: {},
      notes,
      why,
      reasons,
      createStartedAt: null,
      begun: null,
      found: { ref, wish: null, decisions: {} },
      settledAt: now.toString(),
    },
  ]);
  await db.deleteFrom('cue').execute();
  return { recordId, linkId };
}
