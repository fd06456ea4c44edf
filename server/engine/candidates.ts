import type { Contact } from '../../shared/contact.ts';
import { isContact } from '../../shared/item.ts';
import type { Sighting } from '../connectors/connector.ts';
import { identityKeys } from '../core/match.ts';
import type { Item, Ref } from '../core/snapshot.ts';
import { heldRefs } from '../store/mailbox-links.ts';
import type { Engine } from './engine.ts';
import type { FirstContact } from './first-contact.ts';

export type Candidates = ReadonlyMap<Ref, readonly Sighting[]>;

/** Siebel records each Outlook item might be: those on the person's list, and what a search within their reach finds. */
export async function candidatesFor(
  engine: Engine,
  { person, siebel, occasion }: FirstContact,
  outlook: readonly Sighting[],
): Promise<Candidates | { failed: string; afterMs: number | null }> {
  if (!person.policy.domains.contact.matchExisting || outlook.length === 0) return new Map();
  const onList = indexOf(siebel);
  if (occasion === 'siebel') return new Map(outlook.map(({ ref, item }) => [ref, onList(item)]));
  const scope = person.policy.domains.contact.matchScope;
  const answers = await engine.siebel.find(
    outlook.map(({ item }) => ({
      by: 'identity' as const,
      domain: 'contact' as const,
      holder: person.holder,
      item,
      scope,
    })),
  );
  const found = new Map<Ref, readonly Sighting[]>();
  for (const [index, { ref, item }] of outlook.entries()) {
    const answer = answers[index];
    if (!answer || answer.answer === 'failed') {
      const failure = answer?.failure;
      return { failed: failure?.reason ?? 'Siebel gave no answer.', afterMs: failure?.retryAfterMs ?? null };
    }
    const listed = onList(item).filter(
      (sighting) => !answer.sightings.some((other) => other.ref === sighting.ref),
    );
    found.set(ref, [...answer.sightings, ...listed]);
  }
  const refs = [...new Set([...found.values()].flat().map((sighting) => sighting.ref))];
  const held = await heldRefs(engine.db, person.row.id, refs);
  return new Map([...found].map(([ref, sightings]) => [ref, sightings.filter((one) => !held.has(one.ref))]));
}

/** Finds, of many records, those a contact may be. */
function indexOf(sightings: readonly Sighting[]): (item: Item) => readonly Sighting[] {
  const byKey = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    for (const key of identityKeys(contactIn(sighting.item)))
      byKey.set(key, [...(byKey.get(key) ?? []), sighting]);
  }
  return (item) => [...new Set(identityKeys(contactIn(item)).flatMap((key) => byKey.get(key) ?? []))];
}

/** This room is for contacts; an item of another domain in it is a mistake of ours. */
export function contactIn(item: Item): Contact {
  if (!isContact(item)) throw new Error('A contact is expected here.');
  return item;
}
