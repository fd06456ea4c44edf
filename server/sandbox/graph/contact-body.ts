import type { World } from '../world.ts';
import { isObject } from './call.ts';
import {
  addressParts,
  contactProperties,
  isContactProperty,
  mostEntries,
  nameParts,
  readOnlyProperties,
  slotNames,
} from './contact-properties.ts';
import { readExtendedProperties } from './extended-properties.ts';
import { badRequest } from './refusal.ts';
import type { ContactValue, EmailAddress, PhysicalAddress } from './state.ts';
import { isOn, numberOf } from './switches.ts';
import { unreachable } from '../unreachable.ts';

type Values = Readonly<Record<string, ContactValue>>;

/** What a POST or PATCH wants a contact to hold: a value to store, or null to clear. */
export type ContactPatch = Readonly<Record<string, ContactValue | null>>;

/** Reads and checks a body; whatever it refuses, it refuses before anything is stored. */
export function readContactPatch(
  world: World,
  body: Readonly<Record<string, unknown>>,
  before: Values,
): ContactPatch {
  const patch: Record<string, ContactValue | null> = {};
  for (const [name, value] of Object.entries(body)) {
    if (isPassedOver(name)) continue;
    if (name === 'categories') patch[name] = orNothing(readTexts(name, value));
    else if (!isContactProperty(name)) throw unknownProperty(name);
    else if (slotNames.includes(name)) continue;
    else patch[name] = readValue(world, name, value);
  }
  const slots = readSlots(body, patch['emailAddresses'], before['emailAddresses']);
  if (slots !== undefined) patch['emailAddresses'] = slots;
  readExtendedProperties(body['singleValueExtendedProperties']);
  readExtendedProperties(body['multiValueExtendedProperties']);
  return { ...patch, ...derivedNames(world, patch, before) };
}

/** Values after a patch; only what is set stays. */
export function withPatch(values: Values, patch: ContactPatch): Record<string, ContactValue> {
  const result: Record<string, ContactValue> = { ...values };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = value;
  }
  return result;
}

const otherParts = new Set([
  'parentFolderId',
  'extensions',
  'photo',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
]);

const isPassedOver = (name: string) =>
  name.includes('@') || readOnlyProperties.has(name) || otherParts.has(name);

function readValue(world: World, name: keyof typeof contactProperties, value: unknown): ContactValue | null {
  const kind = contactProperties[name];
  switch (kind) {
    case 'text':
      return value === null ? null : stored(world, name, readText(name, value));
    case 'texts':
      return orNothing(readTexts(name, value).map((text) => stored(world, name, text)));
    case 'address':
      return readAddress(world, name, value);
    case 'emails':
    case 'slot':
      return orNothing(readEmails(name, value));
    case 'instant':
      return value === null ? null : readInstant(world, name, value);
  }
  return unreachable(kind);
}

const orNothing = <T>(rows: readonly T[]): readonly T[] | null => (rows.length === 0 ? null : rows);

function readText(name: string, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(name, 'Edm.String');
  return value;
}

/** How the service changes text on its way in, as far as switches ask for it. */
function stored(world: World, name: string, text: string): string {
  const trimmed = isOn(world, 'trimsText') ? text.trim() : text;
  const limit = numberOf(world, 'textLimit');
  return limit > 0 && name !== 'personalNotes' ? trimmed.slice(0, limit) : trimmed;
}

function readTexts(name: string, value: unknown): readonly string[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrongType(name, 'Collection(Edm.String)');
  refuseTooMany(name, value.length);
  return value.map((entry: unknown) => readText(name, entry));
}

function refuseTooMany(name: string, count: number): void {
  const most = mostEntries[name];
  if (most === undefined || count <= most) return;
  const shown = name.slice(0, 1).toUpperCase() + name.slice(1);
  throw badRequest(
    `The multi value property ${shown} has ${count} entries, that exceeds the max allowed value of ${most}`,
  );
}

/** A complex value is replaced whole: parts that are not sent are emptied. An address of nothing is `{}`. */
function readAddress(world: World, name: string, value: unknown): PhysicalAddress | null {
  if (value === null) return null;
  if (!isObject(value)) throw wrongType(name, 'microsoft.graph.physicalAddress');
  const address: Record<string, string> = {};
  for (const [part, text] of Object.entries(value)) {
    if (part.includes('@')) continue;
    if (!addressParts.includes(part)) throw unknownProperty(part);
    if (text !== null) address[part] = stored(world, name, readText(part, text));
  }
  return Object.values(address).some((text) => text !== '') ? address : null;
}

function readEmails(name: string, value: unknown): readonly EmailAddress[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrongType(name, 'Collection(microsoft.graph.emailAddress)');
  refuseTooMany(name, value.length);
  return value.map((entry: unknown) => readEmail(name, entry)).filter((email) => email !== null);
}

/**
 * A missing name is filled with the address. What is no address at all loses it and keeps only the name
 * (microsoft-graph-docs#2186).
 */
function readEmail(property: string, value: unknown): EmailAddress | null {
  if (value === null) return null;
  if (!isObject(value)) throw wrongType(property, 'microsoft.graph.emailAddress');
  const address = readOptionalText('address', value['address']).trim();
  const name = readOptionalText('name', value['name']);
  if (address === '') return name === '' ? null : { name };
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return { name: name === '' ? address : name };
  return { name: name === '' ? address : name, address };
}

const readOptionalText = (name: string, value: unknown) =>
  value === null || value === undefined ? '' : readText(name, value);

/** The three slots after a body: the collection fills them in order, each slot property sets its own. */
function readSlots(
  body: Readonly<Record<string, unknown>>,
  collection: ContactValue | null | undefined,
  before: ContactValue | undefined,
): readonly (EmailAddress | null)[] | null | undefined {
  const named = slotNames.filter((name) => name in body);
  if (named.length === 0) return undefined;
  const base = collection === undefined ? before : (collection ?? undefined);
  const slots: (EmailAddress | null)[] = [0, 1, 2].map((index) => slotAt(base, index));
  for (const name of named) slots[slotNames.indexOf(name)] = readEmail(name, body[name]);
  return slots.some((slot) => slot !== null) ? slots : null;
}

/** One of the three e-mail slots of a stored value. */
export function slotAt(stored: ContactValue | undefined, index: number): EmailAddress | null {
  if (!Array.isArray(stored)) return null;
  const slot: unknown = stored[index];
  return isObject(slot) ? slot : null;
}

function readInstant(world: World, name: string, value: unknown): string {
  const text = readText(name, value);
  const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(ms)) throw wrongType(name, 'Edm.DateTimeOffset');
  const shown = `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return isOn(world, 'birthdayAtNoon') ? `${shown.slice(0, 10)}T11:59:00Z` : shown;
}

/** `displayName` and `fileAs` follow the names where the body does not set them; the docs promise it for displayName. */
function derivedNames(world: World, patch: ContactPatch, before: Values): ContactPatch {
  const after = withPatch(before, patch);
  const derived: Record<string, ContactValue | null> = {};
  const namesChange = nameParts.some((name) => name in patch);
  const wantsName = before['displayName'] === undefined || (namesChange && !isOn(world, 'keepsDisplayName'));
  if (wantsName && !('displayName' in patch)) derived['displayName'] = shownName(after) || null;
  const wantsFileAs = before['fileAs'] === undefined || before['fileAs'] === filedName(before);
  if (wantsFileAs && !('fileAs' in patch)) derived['fileAs'] = filedName(after) || null;
  return derived;
}

const textIn = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value : '';
};

function shownName(values: Values): string {
  const name = nameParts.map((part) => textIn(values, part)).filter((part) => part !== '');
  if (name.length > 0) return name.join(' ');
  return textIn(values, 'companyName') || (slotAt(values['emailAddresses'], 0)?.name ?? '');
}

function filedName(values: Values): string {
  const given = [textIn(values, 'givenName'), textIn(values, 'middleName')].filter((part) => part !== '');
  const surname = textIn(values, 'surname');
  if (surname === '') return given.join(' ') || textIn(values, 'companyName');
  return given.length === 0 ? surname : `${surname}, ${given.join(' ')}`;
}

const unknownProperty = (name: string) =>
  badRequest(
    `The property '${name}' does not exist on type 'microsoft.graph.contact'. Make sure to only use property names that are defined by the type.`,
    'RequestBodyRead',
  );

const wrongType = (name: string, type: string) =>
  badRequest(`Cannot convert the value of '${name}' to the expected type '${type}'.`, 'RequestBodyRead');
