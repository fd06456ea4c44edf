import { type Contact, emptyContact } from '../../shared/contact.ts';

/** A contact while its card is read: what has its place already, and what still has to find one. */
export type Draft = {
  readonly fields: Map<TextField, string>;
  /** Used for the name where the card gives none in parts. */
  displayName: string | null;
  readonly emails: Typed<string>[];
  readonly phones: Typed<string>[];
  readonly addresses: Typed<Address>[];
  readonly categories: string[];
  readonly notes: string[];
  isPrivate: boolean;
  readonly unread: Set<string>;
};

export type TextField = Exclude<keyof Contact, 'isPrivate' | 'categories' | 'custom'>;

/** A value with the words that say what it is for; the lowest `rank` comes first. `source` names it in `unread`. */
type Typed<Value> = Readonly<{
  value: Value;
  kinds: ReadonlySet<string>;
  rank: number;
  source: string;
}>;

type Address = Readonly<{
  street: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
}>;

/** The rank of a value that is nobody's favourite. vCard 4.0 ranks from 1 to 100. */
export const unranked = 101;

const severalLines: ReadonlySet<TextField> = new Set(['businessStreet', 'homeStreet', 'notes']);

export function newDraft(): Draft {
  return {
    fields: new Map(),
    displayName: null,
    emails: [],
    phones: [],
    addresses: [],
    categories: [],
    notes: [],
    isPrivate: false,
    unread: new Set(),
  };
}

/** Gives a field its value. The first one stays; a different later one is noted as unread under `source`. */
export function setField(draft: Draft, field: TextField, text: string, source: string): void {
  const lines = clean(text);
  const value = severalLines.has(field) ? lines : lines.replaceAll(/\s*\n\s*/g, ' ');
  if (value === '') return;
  const present = draft.fields.get(field);
  if (present === undefined) draft.fields.set(field, value);
  else if (present !== value) draft.unread.add(source);
}

/** Line ends as `\n`, no control characters, no halves of surrogate pairs, no white space around. */
function clean(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .trim();
}

/** The contact of a draft, or `null` where nothing tells who it is: no name, no company, no e-mail address. */
export function contactFromDraft(draft: Draft): Contact | null {
  placeEmails(draft);
  placePhones(draft);
  placeAddresses(draft);
  setField(draft, 'notes', draft.notes.map(clean).filter(Boolean).join('\n\n'), 'NOTE');
  if (!identifying.some((field) => draft.fields.has(field))) placeDisplayName(draft);
  if (!identifying.some((field) => draft.fields.has(field)) && !draft.fields.has('email1')) return null;
  return {
    ...emptyContact,
    ...Object.fromEntries(draft.fields),
    isPrivate: draft.isPrivate,
    categories: distinctCategories(draft.categories),
  };
}

const identifying: readonly TextField[] = ['firstName', 'middleName', 'lastName', 'nickname', 'company'];

/** "Lopez, Maria" and "Maria Lopez"; an address shown as a name is none. */
function placeDisplayName(draft: Draft): void {
  const name = clean(draft.displayName ?? '').replaceAll(/\s+/g, ' ');
  if (name === '' || name.includes('@')) return;
  const comma = name.indexOf(',');
  const space = name.lastIndexOf(' ');
  const [first, last] =
    comma > 0
      ? [name.slice(comma + 1), name.slice(0, comma)]
      : [name.slice(0, Math.max(0, space)), name.slice(space + 1)];
  setField(draft, 'firstName', first, 'FN');
  setField(draft, 'lastName', last, 'FN');
}

function placeEmails(draft: Draft): void {
  const seen = new Set<string>();
  const slots: TextField[] = ['email1', 'email2', 'email3'];
  for (const { value, source } of byRank(draft.emails)) {
    const address = emailAddress(value);
    if (address !== null && seen.has(address.toLowerCase())) continue;
    const slot = address === null ? undefined : slots[seen.size];
    if (address === null || slot === undefined) draft.unread.add(source);
    else {
      seen.add(address.toLowerCase());
      draft.fields.set(slot, address);
    }
  }
}

/** The bare address of `mailto:a@b` or `Ana <a@b>`; `null` for an Exchange-internal or broken one. */
function emailAddress(text: string): string | null {
  const plain = clean(text).replace(/^mailto:/i, '');
  const address = /<([^<>]+)>\s*$/.exec(plain)?.[1] ?? plain;
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) ? address : null;
}

/** The first row whose words all fit says where a phone may go; a row without places is a kind a contact cannot hold. */
const phonePlaces: readonly Readonly<{ all: readonly string[]; places: readonly TextField[] }>[] = [
  { all: ['assistant'], places: ['assistantPhone'] },
  { all: ['fax', 'home'], places: [] },
  { all: ['fax', 'other'], places: [] },
  { all: ['fax'], places: ['fax'] },
  ...['pager', 'car', 'isdn', 'modem', 'bbs', 'video', 'telex', 'callback', 'radio', 'ttytdd'].map(
    (kind) => ({ all: [kind], places: [] }),
  ),
  { all: ['cell', 'home'], places: ['mobilePhone', 'homePhone', 'homePhone2'] },
  { all: ['cell'], places: ['mobilePhone', 'workPhone2'] },
  { all: ['home'], places: ['homePhone', 'homePhone2'] },
  { all: ['work'], places: ['workPhone', 'workPhone2'] },
  { all: [], places: ['workPhone', 'workPhone2', 'homePhone2'] },
];

/** Phones that say what they are for choose first, so that an untyped one takes no place from them. */
function placePhones(draft: Draft): void {
  const ranked = byRank(draft.phones).map((phone) => ({
    ...phone,
    at: phonePlaces.findIndex(({ all }) => all.every((kind) => phone.kinds.has(kind))),
  }));
  for (const { value, at, source } of ranked.toSorted((one, other) => one.at - other.at)) {
    const places = phonePlaces[at]?.places ?? [];
    const isKnown = at === phonePlaces.length - 1 && [...draft.fields.values()].includes(value);
    const free = places.find((place) => !draft.fields.has(place) || draft.fields.get(place) === value);
    if (isKnown) continue;
    if (free === undefined || !/\p{Nd}/u.test(value)) draft.unread.add(source);
    else setField(draft, free, value, source);
  }
}

function placeAddresses(draft: Draft): void {
  const isTyped = ({ kinds }: Typed<Address>): boolean => kinds.has('work') || kinds.has('home');
  const ranked = byRank(draft.addresses);
  for (const { value, kinds, source } of [
    ...ranked.filter(isTyped),
    ...ranked.filter((address) => !isTyped(address)),
  ]) {
    const wanted = kinds.has('work')
      ? (['business'] as const)
      : kinds.has('home')
        ? (['home'] as const)
        : (['business', 'home'] as const);
    const free = wanted.find((place) => !hasAddress(draft, place));
    if (free === undefined) draft.unread.add(source);
    else setAddress(draft, free, value);
  }
}

function setAddress(draft: Draft, place: 'business' | 'home', address: Address): void {
  setField(draft, `${place}Street`, address.street, 'ADR');
  setField(draft, `${place}City`, address.city, 'ADR');
  setField(draft, `${place}State`, address.state, 'ADR');
  setField(draft, `${place}PostalCode`, address.postalCode, 'ADR');
  setField(draft, `${place}Country`, address.country, 'ADR');
}

function hasAddress(draft: Draft, place: 'business' | 'home'): boolean {
  return (['Street', 'City', 'State', 'PostalCode', 'Country'] as const).some((part) =>
    draft.fields.has(`${place}${part}`),
  );
}

/** Sorted, without doubles by case and without the groups Google puts everybody in. */
function distinctCategories(names: readonly string[]): string[] {
  const distinct = new Map<string, string>();
  for (const name of names.map(clean)) {
    const isOwn = name !== '' && !/^\*? ?my ?contacts$/i.test(name) && !/^\* (friends|family)$/i.test(name);
    if (isOwn && !distinct.has(name.toLowerCase())) distinct.set(name.toLowerCase(), name);
  }
  return [...distinct.values()].sort();
}

function byRank<Value>(values: readonly Typed<Value>[]): Typed<Value>[] {
  return values.toSorted((one, other) => one.rank - other.rank);
}
