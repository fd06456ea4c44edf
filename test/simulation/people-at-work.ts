/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { contactFields, type Contact } from '../../shared/contact.ts';
import type { Login } from '../../server/connectors/directory.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import { cardIn, inOutlook, inSiebel, titleOf } from '../support/memory-items.ts';
import type { MemoryWorld } from '../support/memory-world.ts';
import type { Chance } from './random.ts';

/** Fields people write; a contact is known by its name and address, which nobody touches. */
const written = ['jobTitle', 'fax', 'spouse', 'notes', 'businessCity', 'assistant'] as const;
type Written = (typeof written)[number];

/** An edit nobody else has a hand in: each field of a contact belongs to whoever wrote it first. */
type Lone = { readonly by: string; token: string };

export type Office = {
  readonly world: MemoryWorld;
  readonly chance: Chance;
  readonly logins: readonly string[];
  /** By `contact field`. */
  readonly lone: Map<string, Lone>;
  /** Contacts somebody deleted, took out of the sync or off a list: what becomes of edits is a matter of policy there. */
  readonly removed: Set<string>;
  made: number;
};

export function officeOf(world: MemoryWorld, chance: Chance, logins: readonly string[]): Office {
  const office: Office = { world, chance, logins, lone: new Map(), removed: new Set(), made: 0 };
  for (let index = 0; index < 4; index += 1) addInSiebel(office);
  for (let index = 0; index < 3; index += 1) addInOutlook(office);
  return office;
}

/** Somebody does something, on either side; the same contact on both at once only while nothing is under way. */
export function doSomething(office: Office, isUnderWay: boolean): void {
  const both = isUnderWay ? edit : addOnBoth;
  const deeds = [...Array<typeof edit>(8).fill(edit), addInSiebel, addInOutlook, both, remove, list];
  office.chance.pick(deeds)(office);
}

function edit(office: Office): void {
  const { world, chance } = office;
  const rows = chance.pick(['siebel', 'exchange'] as const);
  const all = world.sides.rows[rows].all();
  if (all.length === 0) return;
  const record = chance.pick(all);
  const name = titleOf(record);
  const field: Written = chance.pick(written);
  const by = record.personId ?? 'siebel';
  const key = `${name} ${field}`;
  const lone = office.lone.get(key);
  if (lone && lone.by !== by) return;
  if (rows === 'exchange' && !record.isMarked) return;
  const token = `token-${(office.made += 1)}`;
  office.lone.set(key, { by, token });
  world.sides.rows[rows].put(record.ref, { item: { ...cardIn(record), [field]: token } });
}

function addInSiebel(office: Office): void {
  const { world, chance, logins } = office;
  const members = logins.filter(() => chance.is(0.6));
  inSiebel(world, members, card(office), logins);
}

function addInOutlook(office: Office): void {
  inOutlook(office.world, office.chance.pick(office.logins), card(office));
}

function addOnBoth(office: Office): void {
  const fields = card(office);
  const login = office.chance.pick(office.logins);
  inSiebel(office.world, office.chance.is(0.5) ? [login] : [], fields, office.logins);
  inOutlook(office.world, login, fields);
}

function card(office: Office): Partial<Contact> {
  const name = `C${(office.made += 1)}`;
  return { firstName: name, lastName: 'Storm', email1: `${name.toLowerCase()}@storm.example` };
}

function remove(office: Office): void {
  const { world, chance } = office;
  const { siebel, exchange } = world.sides.rows;
  const side = chance.pick(['siebel', 'exchange'] as const);
  const all = world.sides.rows[side].all();
  if (all.length === 0) return;
  const record = chance.pick(all);
  office.removed.add(titleOf(record));
  if (side === 'exchange') {
    if (chance.is(0.7)) exchange.delete(record.ref);
    else exchange.put(record.ref, { isMarked: false });
  } else if (chance.is(0.4)) siebel.delete(record.ref);
  else siebel.put(record.ref, { members: record.members.slice(1) }, true);
}

function list(office: Office): void {
  const { world, chance, logins } = office;
  const { siebel } = world.sides.rows;
  const all = siebel.all();
  if (all.length === 0) return;
  const record = chance.pick(all);
  const login = chance.pick(logins) as Login;
  siebel.put(record.ref, { members: [...new Set([...record.members, login])].sort() }, true);
}

/** What is wrong with the world now that everything is at rest. */
export function wrongsOf(office: Office, named: string): string[] {
  const { world } = office;
  const siebel = Map.groupBy(world.sides.rows.siebel.all(), nameOf);
  const outlook = Map.groupBy(
    world.sides.rows.exchange.all(),
    (record) => `${nameOf(record)} of ${record.personId}`,
  );
  const wrongs = [...siebel, ...outlook].flatMap(([name, twins]) =>
    twins.length > 1 ? [`${twins.length} of ${name}`] : [],
  );
  for (const [name, [record]] of siebel) {
    if (!record) continue;
    for (const login of record.members) {
      const copy = outlook.get(`${name} of ${world.people.get(login)}`)?.[0];
      if (!copy) {
        if (!office.removed.has(name)) wrongs.push(`${login} has no copy of ${name}`);
      } else if (copy.isMarked) wrongs.push(...differences(record, copy).map((one) => `${login} ${one}`));
    }
  }
  for (const [key, { token, by }] of office.lone) {
    const [name = '', field = ''] = key.split(' ');
    if (office.removed.has(name) || named.includes(`"${token}"`)) continue;
    const holders = [
      ...(siebel.get(name) ?? []),
      ...[...outlook].flatMap(([of, all]) => (of.startsWith(`${name} of`) ? all : [])),
    ];
    const missing = holders.filter((record) => cardIn(record)[field as Written] !== token);
    if (missing.length > 0)
      wrongs.push(
        `${key} of ${by} lost ${token}: ${missing.map((one) => `${one.ref} has ${cardIn(one)[field as Written]}`).join(', ')}`,
      );
  }
  return wrongs;
}

function nameOf(record: MemoryRecord): string {
  return titleOf(record);
}

function differences(record: MemoryRecord, copy: MemoryRecord): string[] {
  return contactFields
    .filter(
      (field) =>
        JSON.stringify(cardIn(record)[field as keyof Contact]) !==
        JSON.stringify(cardIn(copy)[field as keyof Contact]),
    )
    .map((field) => `${nameOf(record)} ${field} differs`);
}
