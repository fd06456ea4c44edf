import type { Contact } from '../../shared/contact.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import type { Item } from '../../shared/item.ts';
import { cardIn, inOutlook, inSiebel, titleOf } from '../support/memory-items.ts';
import type { MemoryWorld } from '../support/memory-world.ts';

/**
 * One story that meets most of what can happen to contacts: two people with some fifty contacts at first load, then a day
 * of changes on both sides. Every value a person writes is a token of its own, so that it is seen when one is lost.
 */
export const canonLogins = ['ANA', 'BRUNO'];

/** What lies on both sides before anybody is swept. */
export function foundCanon(world: MemoryWorld): void {
  for (let index = 1; index <= 14; index += 1) inSiebel(world, ['ANA'], card(`AnasList${index}`));
  for (let index = 1; index <= 5; index += 1) inSiebel(world, ['BRUNO'], card(`BrunosList${index}`));
  for (let index = 1; index <= 6; index += 1) inSiebel(world, ['ANA', 'BRUNO'], card(`Shared${index}`));
  for (let index = 1; index <= 8; index += 1) inOutlook(world, 'ANA', card(`AnaMarked${index}`));
  for (let index = 1; index <= 4; index += 1) inOutlook(world, 'BRUNO', card(`BrunoMarked${index}`));
  for (let index = 1; index <= 4; index += 1) {
    inSiebel(world, ['ANA'], { ...card(`Both${index}`), jobTitle: `siebel-title-${index}` });
    inOutlook(world, 'ANA', { ...card(`Both${index}`), mobilePhone: `outlook-mobile-${index}` }, false);
  }
  for (let index = 1; index <= 3; index += 1) {
    inSiebel(world, [], { ...card(`Team${index}`), jobTitle: `team-title-${index}` }, ['BRUNO']);
    inOutlook(world, 'BRUNO', { ...card(`Team${index}`), fax: `outlook-fax-${index}` });
  }
  inOutlook(world, 'ANA', card('NobodysBusiness'), false);
}

/** A day of changes after everything is in step. */
export function changeCanon(world: MemoryWorld): void {
  const { siebel, exchange } = world.sides.rows;
  const outlook = (login: string, name: string) => copyOf(world, login, name);
  const edit = (record: MemoryRecord, fields: Partial<Contact>) => ({
    item: { ...cardIn(record), ...fields },
  });
  const change = (rows: typeof siebel, record: MemoryRecord, fields: Partial<Contact>): void =>
    void rows.put(record.ref, edit(record, fields));
  change(siebel, recordOf(world, 'AnasList1'), { jobTitle: 'token-siebel-edit' });
  change(exchange, outlook('ANA', 'AnasList2'), { jobTitle: 'token-outlook-edit' });
  change(siebel, recordOf(world, 'AnasList3'), { jobTitle: 'token-merge-siebel' });
  change(exchange, outlook('ANA', 'AnasList3'), { fax: 'token-merge-outlook' });
  change(exchange, outlook('ANA', 'Shared1'), { jobTitle: 'token-shared-ana' });
  change(exchange, outlook('BRUNO', 'Shared1'), { fax: 'token-shared-bruno' });
  change(siebel, recordOf(world, 'Shared2'), { jobTitle: 'token-shared-siebel' });
  change(exchange, outlook('ANA', 'AnaMarked1'), { categories: ['token-boats'] });
  exchange.delete(outlook('ANA', 'AnasList4').ref);
  exchange.delete(outlook('BRUNO', 'Shared3').ref);
  exchange.put(outlook('ANA', 'AnasList5').ref, { isMarked: false });
  siebel.delete(recordOf(world, 'AnasList6').ref);
  siebel.delete(recordOf(world, 'Shared4').ref);
  unlist(world, 'AnasList7', 'ANA');
  unlist(world, 'Shared5', 'BRUNO');
  change(exchange, outlook('ANA', 'Shared5'), { jobTitle: 'token-beside-unlisting' });
  siebel.delete(recordOf(world, 'AnasList8').ref);
  change(exchange, outlook('ANA', 'AnasList8'), { jobTitle: 'token-edit-beats-deletion' });
  const joined = recordOf(world, 'BrunosList1');
  siebel.put(joined.ref, { members: [...joined.members, ...recordOf(world, 'AnasList1').members] }, true);
  inSiebel(world, ['BRUNO'], card('NewInSiebel'));
  inOutlook(world, 'ANA', card('NewInOutlook'));
  inOutlook(world, 'BRUNO', { ...card('NewOnBoth'), fax: 'token-new-on-both' });
  inSiebel(world, ['BRUNO'], { ...card('NewOnBoth'), jobTitle: 'token-new-in-siebel' });
}

function card(name: string): Partial<Contact> {
  return { firstName: name, lastName: 'Canon', email1: `${name.toLowerCase()}@canon.example` };
}

export function recordOf(world: MemoryWorld, name: string): MemoryRecord {
  return one(
    world.sides.rows.siebel.all().filter((record) => titleOf(record) === name),
    name,
  );
}

export function copyOf(world: MemoryWorld, login: string, name: string): MemoryRecord {
  const personId = world.people.get(login);
  const all = world.sides.rows.exchange.all();
  return one(
    all.filter((record) => titleOf(record) === name && record.personId === personId),
    `${login} ${name}`,
  );
}

function one(found: readonly MemoryRecord[], name: string): MemoryRecord {
  const [record] = found;
  if (record === undefined || found.length > 1) throw new Error(`${found.length} of ${name}, not one.`);
  return record;
}

function unlist(world: MemoryWorld, name: string, login: string): void {
  const record = recordOf(world, name);
  world.sides.rows.siebel.put(
    record.ref,
    { members: record.members.filter((member) => member !== login) },
    true,
  );
}

/** What people see on both sides, and the mails Exchange sent to guests. */
type Picture = Readonly<{ siebel: readonly string[]; outlook: readonly string[]; mails: readonly string[] }>;

/** All that people see, without ids and versions: equal pictures are equal worlds. */
export function pictureOf(world: MemoryWorld): Picture {
  const { siebel, exchange } = world.sides.rows;
  const filled = (item: Item) =>
    Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== false));
  const line = (record: MemoryRecord, more: object) =>
    JSON.stringify({ ...filled(record.item), kind: record.kind, ...more });
  const loginOf = new Map([...world.people].map(([login, id]) => [id, login]));
  return {
    siebel: siebel
      .all()
      .map((record) => line(record, { members: [...record.members].sort() }))
      .sort(),
    outlook: exchange
      .all()
      .map((record) => line(record, { of: loginOf.get(record.personId ?? ''), isMarked: record.isMarked }))
      .sort(),
    mails: world.sides.calendar
      .outbox()
      .flatMap(({ by, kind, to, says }) => to.map((guest) => `${by} ${kind} ${guest} ${says}`))
      .sort(),
  };
}
