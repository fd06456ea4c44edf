import { type Contact, emptyContact } from '../../shared/contact.ts';
import { type Place, places } from './card-places.ts';

export type CardsWanted = Readonly<{
  count: number;
  seed: number;
  /** `plain`: the dozen fields most people fill; `rich`: all of them. */
  profile?: 'plain' | 'rich';
}>;

/** A source of repeatable chance (mulberry32). */
type Chance = Readonly<{
  below: (end: number) => number;
  /** True in `percent` of a hundred cases. */
  in: (percent: number) => boolean;
  one: <Value>(values: readonly Value[]) => Value;
}>;

type Company = Readonly<{ name: string; office: string; domain: string; place: Place; address: Address }>;
type Address = Readonly<{
  street: string;
  city: string;
  state: string | null;
  postalCode: string;
  country: string;
}>;

/**
 * Contacts as a salesperson's address book holds them: people of many countries and scripts, about eight to a company,
 * 5 % with odd characters (emoji, both writing directions, quotation marks, separators), 2 % with long notes, 3 % with
 * the company's shared info@ address, 8 % without any; every other address occurs once. The same seed gives the same
 * contacts.
 */
export function generateCards({ count, seed, profile = 'rich' }: CardsWanted): Contact[] {
  const chance = chanceFrom(seed);
  const companies = Array.from({ length: Math.max(1, Math.ceil(count / 8)) }, (_, at) =>
    company(chance, at + 1),
  );
  return Array.from({ length: count }, (_, at) => {
    const contact = person(chance, chance.one(companies), at + 1);
    return profile === 'rich' ? contact : plainOf(contact);
  });
}

function person(chance: Chance, company: Company, number: number): Contact {
  const { place } = company;
  const firstName = chance.one(place.first);
  const lastName = `${chance.one(place.last)}${chance.in(5) ? chance.one(oddEndings) : ''}`;
  const name = latin(`${firstName}.${lastName}`) || 'contact';
  return {
    ...emptyContact,
    firstName: chance.in(3) ? null : firstName,
    lastName,
    ...names(chance, place),
    jobTitle: chance.in(80) ? chance.one(jobTitles) : null,
    department: chance.in(50) ? chance.one(departments) : null,
    company: company.name,
    office: company.office,
    ...emails(chance, company, `${name}.${number}`),
    ...phones(chance, place),
    ...business(company.address),
    ...(chance.in(20) ? home(address(chance, place)) : {}),
    ...relations(chance, place),
    birthday: chance.in(15) ? birthday(chance) : null,
    notes: notes(chance),
    isPrivate: chance.in(2),
    categories: chance.in(30) ? categories(chance) : [],
  };
}

/** What most people fill. */
function plainOf(contact: Contact): Contact {
  return {
    ...emptyContact,
    firstName: contact.firstName,
    lastName: contact.lastName,
    jobTitle: contact.jobTitle,
    company: contact.company,
    office: contact.office,
    email1: contact.email1,
    workPhone: contact.workPhone,
    mobilePhone: contact.mobilePhone,
    businessStreet: contact.businessStreet,
    businessCity: contact.businessCity,
    businessPostalCode: contact.businessPostalCode,
    businessCountry: contact.businessCountry,
    notes: contact.notes,
  };
}

function company(chance: Chance, number: number): Company {
  const place = chance.one(places);
  const root = `${chance.one(roots)} ${chance.one(trades)}`;
  const at = address(chance, place);
  return {
    name: `${root} ${number} ${place.legalForm}`,
    office: at.city,
    domain: `${latin(root)}${number}.example.${place.domain}`,
    place,
    address: at,
  };
}

function names(chance: Chance, place: Place): Pick<Contact, 'title' | 'middleName' | 'suffix' | 'nickname'> {
  return {
    title: chance.in(20) ? chance.one(place.titles) : null,
    middleName: chance.in(10) ? chance.one(place.first) : null,
    suffix: chance.in(2) ? chance.one(['Jr.', 'III', 'Ph.D., M.A.']) : null,
    nickname: chance.in(5) ? chance.one(['Bob', 'Maxi', 'Лёша', '阿明', 'Zé']) : null,
  };
}

function emails(
  chance: Chance,
  company: Company,
  name: string,
): Pick<Contact, 'email1' | 'email2' | 'email3'> {
  if (chance.in(8)) return { email1: null, email2: null, email3: null };
  if (chance.in(3)) return { email1: `info@${company.domain}`, email2: null, email3: null };
  const email2 = chance.in(15) ? `${name}@mail.example` : null;
  return {
    email1: `${name}@${company.domain}`,
    email2,
    email3: email2 !== null && chance.in(20) ? `${name}@home.example` : null,
  };
}

function phones(chance: Chance, place: Place): Partial<Contact> {
  const maybe = (percent: number, pattern: string): string | null =>
    chance.in(percent) ? digits(chance, pattern) : null;
  const workPhone = maybe(80, chance.one(place.phones));
  const homePhone = maybe(15, chance.one(place.phones));
  return {
    workPhone,
    workPhone2: workPhone === null ? null : maybe(10, chance.one(place.phones)),
    mobilePhone: maybe(60, place.mobile),
    homePhone,
    homePhone2: homePhone === null ? null : maybe(5, place.mobile),
    fax: maybe(10, chance.one(place.phones)),
    assistantPhone: maybe(3, chance.one(place.phones)),
  };
}

function address(chance: Chance, place: Place): Address {
  const [city, state, postalCode] = chance.one(place.cities);
  const street = chance.one(place.streets).replace('#', String(1 + chance.below(180)));
  return {
    street: chance.in(10) ? `${street}\n${chance.one(['2nd floor', 'Hinterhaus', 'c/o Reception'])}` : street,
    city,
    state,
    postalCode,
    country: place.country,
  };
}

function business(address: Address): Partial<Contact> {
  return {
    businessStreet: address.street,
    businessCity: address.city,
    businessState: address.state,
    businessPostalCode: address.postalCode,
    businessCountry: address.country,
  };
}

function home(address: Address): Partial<Contact> {
  return {
    homeStreet: address.street,
    homeCity: address.city,
    homeState: address.state,
    homePostalCode: address.postalCode,
    homeCountry: address.country,
  };
}

function relations(chance: Chance, place: Place): Pick<Contact, 'spouse' | 'assistant' | 'manager'> {
  const somebody = (percent: number): string | null =>
    chance.in(percent) ? `${chance.one(place.first)} ${chance.one(place.last)}` : null;
  return { spouse: somebody(8), assistant: somebody(5), manager: somebody(10) };
}

function birthday(chance: Chance): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${1940 + chance.below(65)}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`;
}

function notes(chance: Chance): string | null {
  if (chance.in(2))
    return Array.from({ length: 40 + chance.below(80) }, () => chance.one(noteLines)).join('\n');
  return chance.in(20) ? chance.one(noteLines) : null;
}

function categories(chance: Chance): string[] {
  const first = chance.one(categoryNames);
  const second = chance.one(categoryNames);
  return chance.in(30) && first !== second ? [first, second].sort() : [first];
}

function digits(chance: Chance, pattern: string): string {
  return pattern.replaceAll('#', () => String(chance.below(10)));
}

/** Letters an address may have; other scripts leave nothing. */
function latin(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replaceAll('ł', 'l').replaceAll('ß', 'ss');
  return plain.replaceAll(/[^a-z0-9.]/g, '').replaceAll(/^\.+|\.+$/g, '');
}

function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number): number => Math.floor(next() * end);
  const one = <Value>(values: readonly Value[]): Value => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from.');
    return value;
  };
  return { below, one, in: (percent) => next() * 100 < percent };
}

const oddEndings = [
  ' 😀',
  ' 👩‍👩‍👧',
  ' "Ted"',
  '; & Co',
  ', Jr',
  ' \\ x',
  ' שלום',
  ' العربية',
  ' = 1',
  ' ‮rtl‬',
  ' <b>',
  " 'q'",
];
const jobTitles = [
  'CEO',
  'Head of Purchasing',
  'Geschäftsführer',
  'Directrice, R&D',
  '部長',
  'Менеджер',
  'Key Account Manager; EMEA',
];
const departments = ['Sales', 'Einkauf', 'R&D', 'Achats', '営業部', 'Отдел продаж', 'Legal, Tax'];
const roots = [
  'Aster',
  'Borealis',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granit',
  'Helios',
  'Iris',
  'Juniper',
  'Krone',
  'Lumen',
];
const trades = ['Software', 'Logistik', 'Foods', 'Pharma', 'Bau', 'Textil', 'Energy', 'Media'];
const categoryNames = [
  'Customer',
  'Kunde',
  'VIP',
  'Christmas card',
  'Partner, EMEA',
  'Événement',
  '展示会 2026',
];
const noteLines = [
  'Met at the fair in Hannover; prefers e-mail.',
  'Ruft "immer" vor 9 Uhr an – Rückruf bis 17:00.',
  'Budget: 1,250,000 €; decision in Q3 (see offer \\\\server\\share).',
  'お客様より: 来週ご連絡ください。',
  'Préfère être contactée l’après‑midi.',
  'BEGIN:VCARD is not a card here',
  'a=b, c;d: "e"',
];
