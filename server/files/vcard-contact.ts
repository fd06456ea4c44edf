import type { Contact } from '../../shared/contact.ts';
import { dateFromVcard } from './dates.ts';
import { contactFromDraft, type Draft, newDraft, setField, type TextField, unranked } from './draft.ts';
import { listOf, partsOf, type Property, textOf, type VcardVersion } from './vcard-property.ts';

type Card = Readonly<{
  draft: Draft;
  version: VcardVersion;
  /** Labels of Apple's and Google's groups. */
  labels: ReadonlyMap<string, string>;
  /** Outlook puts the office where others put a flat or a floor. */
  isOutlook: boolean;
}>;

/**
 * The contact of a card's properties with the names of those that have no place; `null` where the card does not tell
 * who it is. Sources: vCard 2.1 (versit 1996), RFC 2426, RFC 6350, MS-OXVCARD for `X-MS-…`.
 */
export function contactFromVcard(
  properties: readonly Property[],
): Readonly<{ contact: Contact | null; unread: readonly string[] }> {
  const card: Card = {
    draft: newDraft(),
    version: versionOf(properties),
    labels: labelsOf(properties),
    isOutlook: properties.some(({ name }) => name.startsWith('X-MS-')),
  };
  // An address is better than its printed form, wherever that stands.
  const isLabel = ({ name }: Property): boolean => name === 'LABEL';
  for (const property of [
    ...properties.filter((property) => !isLabel(property)),
    ...properties.filter(isLabel),
  ]) {
    const read = readers.get(property.name) ?? readUnknown;
    read(card, property);
  }
  return { contact: contactFromDraft(card.draft), unread: [...card.draft.unread] };
}

/** Address lists are written as cards, too. */
export function isGroup(properties: readonly Property[]): boolean {
  return properties.some(
    ({ name, value }) => /^(X-ADDRESSBOOKSERVER-)?KIND$/.test(name) && /^\s*group\s*$/i.test(value),
  );
}

function versionOf(properties: readonly Property[]): VcardVersion {
  const version = properties.find(({ name }) => name === 'VERSION')?.value.trim() ?? '';
  return version.startsWith('2') ? '2.1' : version.startsWith('4') ? '4.0' : '3.0';
}

function labelsOf(properties: readonly Property[]): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { group, name, value } of properties)
    if (group !== null && name === 'X-ABLABEL') labels.set(group, value.replace(/^_\$!<(.*)>!\$_$/, '$1'));
  return labels;
}

type Reader = (card: Card, property: Property) => void;

const readName: Reader = ({ draft, version }, property) => {
  const parts = partsOf(property, version, ' ');
  const fields: TextField[] = ['lastName', 'firstName', 'middleName', 'title', 'suffix'];
  for (const [at, field] of fields.entries()) setField(draft, field, parts[at] ?? '', 'N');
};

const readOrganization: Reader = ({ draft, version }, property) => {
  const [company = '', department = '', ...more] = partsOf(property, version, ',');
  setField(draft, 'company', company, 'ORG');
  setField(draft, 'department', department, 'ORG');
  if (more.some((part) => part.trim() !== '')) draft.unread.add('ORG');
};

const readEmail: Reader = (card, property) => {
  const value = textOf(property, card.version);
  if (value.trim() !== '') card.draft.emails.push({ value, ...purpose(card, property) });
};

const readPhone: Reader = (card, property) => {
  const text = textOf(property, card.version).trim();
  const value = text.replace(/^tel:/i, '').replace(/;ext=(\w+).*$/i, ' ext. $1');
  if (value !== '') card.draft.phones.push({ value, ...purpose(card, property) });
};

/** Post box, extended address, street, city, region, postal code, country; or only the label, as lines. */
const readAddress: Reader = (card, property) => {
  const [box = '', extended = '', street = '', city = '', state = '', postalCode = '', country = ''] =
    partsOf(property, card.version, ',');
  const of = purpose(card, property);
  const isOffice = card.isOutlook && of.kinds.has('work');
  if (isOffice) setField(card.draft, 'office', extended, 'ADR');
  const lines = [box, isOffice ? '' : extended, street].map((line) => line.trim()).filter(Boolean);
  const address = { street: lines.join('\n'), city, state, postalCode, country };
  const isEmpty = Object.values(address).every((part) => part.trim() === '');
  const label = property.params.get('LABEL')?.replaceAll(/\\n/gi, '\n') ?? '';
  if (!isEmpty) card.draft.addresses.push({ value: address, ...of });
  else if (label !== '') card.draft.addresses.push({ value: { ...address, street: label }, ...of });
};

/** The printed form of an address: the same again, or the only one there is. */
const readLabel: Reader = (card, property) => {
  const street = textOf(property, card.version);
  const of = purpose(card, property);
  const twins = card.draft.addresses.some(({ kinds }) =>
    ['work', 'home'].every((kind) => kinds.has(kind) === of.kinds.has(kind)),
  );
  const empty = { city: '', state: '', postalCode: '', country: '' };
  if (!twins && street.trim() !== '') card.draft.addresses.push({ value: { street, ...empty }, ...of });
};

const readBirthday: Reader = ({ draft, version }, property) => {
  const date = dateFromVcard(textOf(property, version));
  if (date === null) draft.unread.add('BDAY');
  else setField(draft, 'birthday', date, 'BDAY');
};

const relations: readonly Readonly<{ kinds: readonly string[]; field: TextField }>[] = [
  { kinds: ['spouse', 'husband', 'wife', 'partner', 'domesticpartner'], field: 'spouse' },
  { kinds: ['assistant'], field: 'assistant' },
  { kinds: ['manager'], field: 'manager' },
];

const readRelation: Reader = (card, property) => {
  const text = textOf(property, card.version);
  const { kinds, source } = purpose(card, property);
  const field = relations.find((relation) => relation.kinds.some((kind) => kinds.has(kind)))?.field;
  const isReference = /^(urn|https?|mailto|tel):/i.test(text.trim());
  if (field === undefined || isReference) card.draft.unread.add(source);
  else setField(card.draft, field, text, source);
};

/** Android's own table of properties: `vnd.android.cursor.item/relation;Name;14;…`. */
const androidRelations: ReadonlyMap<string, TextField> = new Map([
  ['1', 'assistant'],
  ['7', 'manager'],
  ['14', 'spouse'],
]);
const readAndroid: Reader = ({ draft, version }, property) => {
  const [kind = '', value = '', type = ''] = partsOf(property, version, ',');
  const field = kind.endsWith('/nickname') ? 'nickname' : androidRelations.get(type);
  if (field === undefined || !/\/(nickname|relation)$/.test(kind)) draft.unread.add(property.name);
  else setField(draft, field, value, property.name);
};

const readUnknown: Reader = ({ draft }, property) => {
  if (property.value.trim() !== '') draft.unread.add(property.name);
};

/** Pictures and sounds lose their content while the file is read; the name still tells that there was one. */
const noteUnread: Reader = ({ draft }, property) => {
  draft.unread.add(property.name);
};

const skip: Reader = () => {};

const textReader =
  (field: TextField): Reader =>
  ({ draft, version }, property) =>
    setField(draft, field, textOf(property, version), property.name);

const readersByName: Readonly<Record<string, Reader>> = {
  N: readName,
  FN: ({ draft, version }, property) => {
    draft.displayName ??= textOf(property, version);
  },
  NICKNAME: ({ draft, version }, property) =>
    setField(draft, 'nickname', listOf(property, version).join(', '), 'NICKNAME'),
  ORG: readOrganization,
  TITLE: textReader('jobTitle'),
  EMAIL: readEmail,
  TEL: readPhone,
  'X-MS-TEL': readPhone,
  ADR: readAddress,
  LABEL: readLabel,
  BDAY: readBirthday,
  NOTE: ({ draft, version }, property) => {
    draft.notes.push(textOf(property, version));
  },
  CATEGORIES: ({ draft, version }, property) => {
    draft.categories.push(...listOf(property, version));
  },
  CLASS: ({ draft }, property) => {
    draft.isPrivate = /^\s*(private|confidential)\s*$/i.test(property.value);
  },
  RELATED: readRelation,
  'X-ABRELATEDNAMES': readRelation,
  'X-ANDROID-CUSTOM': readAndroid,
  ...Object.fromEntries(
    (['spouse', 'assistant', 'manager', 'office'] as const).flatMap((field) =>
      [`X-${field}`, `X-MS-${field}`, `X-EVOLUTION-${field}`].map((name) => [
        name.toUpperCase(),
        textReader(field),
      ]),
    ),
  ),
  'X-KADDRESSBOOK-X-SPOUSENAME': textReader('spouse'),
  'X-KADDRESSBOOK-X-ASSISTANTSNAME': textReader('assistant'),
  'X-KADDRESSBOOK-X-MANAGERSNAME': textReader('manager'),
  'X-KADDRESSBOOK-X-OFFICE': textReader('office'),
  ...Object.fromEntries(
    ['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-MS-CARDPICTURE'].map((name) => [name, noteUnread]),
  ),
  ...Object.fromEntries(
    ['VERSION', 'PRODID', 'REV', 'UID', 'KIND', 'NAME', 'SOURCE', 'MAILER', 'SORT-STRING', 'CLIENTPIDMAP']
      .concat(['X-ABLABEL', 'X-ABADR', 'X-ABSHOWAS', 'X-ABUID', 'X-ADDRESSBOOKSERVER-KIND'])
      .concat(['X-MS-OL-DESIGN', 'X-MS-OL-DEFAULT-POSTAL-ADDRESS', 'X-IMAGETYPE', 'X-IMAGEHASH'])
      .map((name) => [name, skip]),
  ),
};

const readers: ReadonlyMap<string, Reader> = new Map(Object.entries(readersByName));

const sameKinds: ReadonlyMap<string, string> = new Map([
  ['mobile', 'cell'],
  ['iphone', 'cell'],
  ['business', 'work'],
  ['office', 'work'],
  ['company', 'work'],
  ['private', 'home'],
  ['tlx', 'telex'],
]);

/** What a value is for: its types, its label, and how much it is preferred. */
function purpose(
  { labels }: Card,
  { types, group, params, name }: Property,
): Readonly<{ kinds: ReadonlySet<string>; rank: number; source: string }> {
  const label = (group === null ? undefined : labels.get(group))?.toLowerCase() ?? '';
  const words = [...types, label].flatMap((word) => [word, ...word.replace(/fax$/, ' fax').split(/[\s']+/)]);
  const kinds = words
    .map((word) => word.replace(/^x-(ms-|evolution-)?/, '').replaceAll('-', ''))
    .map((word) => sameKinds.get(word) ?? word);
  const pref = Number(params.get('PREF') ?? (types.has('pref') ? 1 : unranked));
  return { kinds: new Set(kinds), rank: Number.isFinite(pref) ? pref : unranked, source: name };
}
