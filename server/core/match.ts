import type { Contact } from '../../shared/contact.ts';
import { sameValue } from './fields/item.ts';
import { emailForm, textForm } from './fields/text.ts';
import type { Ref } from './snapshot.ts';

type ContactCandidate = Readonly<{ ref: Ref; item: Contact }>;

/** `ask`: it may be one of these, but only a person can tell. */
export type Match =
  | Readonly<{ match: 'one'; ref: Ref }>
  | Readonly<{ match: 'none' }>
  | Readonly<{ match: 'ask'; refs: readonly Ref[] }>;

/**
 * Which existing contact an unlinked one is: by e-mail, then by e-mail and name, and only without an e-mail by name alone.
 * One e-mail hit is enough even for a nickname ("Bill" and "William" Gates), not for a wholly different name; same name and
 * company under another address is proposed. The order is SSSE's (`facts/ssse.md` 3.5), the proposals are ours.
 */
export function matchContact(item: Contact, candidates: readonly ContactCandidate[]): Match {
  const emails = emailsOf(item);
  if (emails.size === 0) return matchByName(candidates.filter((one) => hasSameName(item, one.item)));
  const hits = candidates.filter((one) => [...emailsOf(one.item)].some((email) => emails.has(email)));
  if (hits.length === 0) {
    return ask(candidates.filter((one) => hasSameName(item, one.item) && hasSameCompany(item, one.item)));
  }
  const [only] = hits;
  if (only && hits.length === 1) return areStrangers(item, only.item) ? ask(hits) : one(only);
  const named = hits.filter((hit) => hasSameName(item, hit.item));
  const [single] = named;
  return single && named.length === 1 ? one(single) : ask(hits);
}

/**
 * By what two contacts may be recognised as one: their addresses and their full name. Contacts that share none of these keys
 * never match, so that a long list is looked up by key and not gone through.
 */
export function identityKeys(item: Contact): readonly string[] {
  const name = [nameForm(item.firstName), nameForm(item.lastName)].join(' ');
  return [...[...emailsOf(item)].map((email) => `email ${email}`), `name ${name}`];
}

function matchByName(named: readonly ContactCandidate[]): Match {
  const [only] = named;
  return only && named.length === 1 ? one(only) : ask(named);
}

function one({ ref }: ContactCandidate): Match {
  return { match: 'one', ref };
}

function ask(candidates: readonly ContactCandidate[]): Match {
  return candidates.length === 0
    ? { match: 'none' }
    : { match: 'ask', refs: candidates.map(({ ref }) => ref) };
}

function emailsOf(item: Contact): ReadonlySet<string> {
  const given = [item.email1, item.email2, item.email3].filter((email) => email !== null);
  return new Set(given.map(emailForm).filter((email) => email !== ''));
}

/** First and last name both given and the same, ignoring case. */
function hasSameName(a: Contact, b: Contact): boolean {
  const names = [a, b].map(({ firstName, lastName }) => ({
    first: nameForm(firstName),
    last: nameForm(lastName),
  }));
  const [one, other] = names;
  if (!one || !other || one.first === '' || one.last === '') return false;
  return one.first === other.first && one.last === other.last;
}

function hasSameCompany(a: Contact, b: Contact): boolean {
  return (
    a.company !== null && sameValue('company', a.company.toLowerCase(), b.company?.toLowerCase() ?? null)
  );
}

/** Both have names and share no part of them: first and last may be swapped, hyphened or differ in accents. */
function areStrangers(a: Contact, b: Contact): boolean {
  const mine = namePartsOf(a);
  const theirs = namePartsOf(b);
  return mine.size > 0 && theirs.size > 0 && [...mine].every((part) => !theirs.has(part));
}

function namePartsOf({ firstName, lastName }: Contact): ReadonlySet<string> {
  const parts = [firstName, lastName].flatMap((name) => nameForm(name).split(/[\s\-‐’']+/));
  return new Set(parts.filter((part) => part !== ''));
}

/** Case and accents aside: "Müller" and "Muller" may be one person. */
function nameForm(name: string | null): string {
  return textForm(name ?? '')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}
