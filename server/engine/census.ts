import type { Domain } from '../../shared/domain.ts';
import { domainOfKind, itemKinds as allItemKinds, type ItemKind } from '../../shared/item.ts';
import {
  censusKindOf,
  censusPage,
  type CensusKind,
  type Failure,
  type Sighting,
} from '../connectors/connector.ts';
import { compareCensus, planAudience } from '../core/audience.ts';
import { isFor } from '../core/selection.ts';
import {
  countListed,
  listedRefs,
  listingsFor,
  listingsOf,
  recordsByRef,
  type Listing,
} from '../store/lists.ts';
import type { Engine } from './engine.ts';
import { turnPages } from './lists.ts';
import { sameLogin } from './logins.ts';
import type { Person } from './people.ts';

/** Who joined whose list, who left, and which records are not as they were. */
export type CensusNews = Readonly<{
  joined: readonly Readonly<{ person: Person; sighting: Sighting }>[];
  left: readonly Listing[];
  changed: readonly Sighting[];
}>;

/** The people of each domain: all whose items have been loaded, and those whose lists are to be looked at now. */
type Readers = ReadonlyMap<Domain, Readonly<{ all: readonly Person[]; due: readonly Person[] }>>;

/** One list of Siebel's, and which turn of it this is: where it is too much to look at all, that decides the page. */
export type CensusOrder = Readonly<{ kinds: readonly CensusKind[]; readers: Readers; turn: number }>;

/**
 * Compares a list of Siebel's with what is known. Membership and children leave no trace in a record's `Updated`, so the
 * lists are turned over: all of them together where that takes fewer pages than there are people to look for, else a page
 * of each person's with the number of all. Whoever joins or leaves changes that number, an exchange of one for another is
 * met when its page comes round.
 */
export async function takeCensus(
  engine: Engine,
  order: CensusOrder,
  isWhole: boolean,
): Promise<CensusNews | Failure> {
  if (isWhole) return everybodysList(engine, order);
  return eachList(engine, order, kindsDue(order));
}

/** Whether all lists together take no more pages than the people who are due have lists: then they are read whole. */
export async function isShort({ db }: Pick<Engine, 'db'>, order: CensusOrder): Promise<boolean> {
  const lists = kindsDue(order).size;
  if (lists === 0) return false;
  const listed = await countListed(db, itemKinds(order.kinds), lists * censusPage + 1);
  return listed <= lists * censusPage;
}

/** The kinds to look for, by person. */
function kindsDue({ kinds, readers }: CensusOrder): ReadonlyMap<Person, readonly CensusKind[]> {
  const due = kinds.flatMap((kind) =>
    (readers.get(domainOfList[kind])?.due ?? []).map((person) => ({ person, kind })),
  );
  const byId = Map.groupBy(due, ({ person }) => person.row.id);
  return new Map(
    [...byId.values()].flatMap((theirs) => {
      const [first] = theirs;
      return first ? [[first.person, theirs.map(({ kind }) => kind)] as const] : [];
    }),
  );
}

const domainOfList = {
  contact: 'contact',
  employee: 'contact',
  appointment: 'appointment',
  task: 'task',
} as const satisfies Record<CensusKind, Domain>;

/** The kinds of records that are in lists of these kinds. */
function itemKinds(kinds: readonly CensusKind[]): readonly ItemKind[] {
  return allItemKinds.filter((kind) => kinds.includes(censusKindOf[kind]));
}

async function everybodysList(
  engine: Engine,
  { kinds, readers }: CensusOrder,
): Promise<CensusNews | Failure> {
  const news: CensusNews[] = [];
  const missing = new Set(await listedRefs(engine.db, itemKinds(kinds)));
  const failure = await turnPages(engine, { login: null, kinds, from: {} }, async (page) => {
    for (const { ref } of page) missing.delete(ref);
    news.push(await compare(engine, readers, page));
  });
  if (failure) return failure;
  const gone = (await listingsOf(engine.db, [...missing])).filter((listing) => listing.is_listed);
  return sumOf([...news, { joined: [], changed: [], left: gone }]);
}

/** A page of everybody's list against the Links to its records: who should hold one, and who does. */
async function compare(engine: Engine, readers: Readers, page: readonly Sighting[]): Promise<CensusNews> {
  const refs = page.map(({ ref }) => ref);
  const listed = (await listingsOf(engine.db, refs)).filter((listing) => listing.is_listed);
  const byRef = Map.groupBy(listed, (listing) => listing.ref);
  const people = new Map([...readers].map(([domain, { all }]) => [domain, indexOf(all)]));
  const joined: { person: Person; sighting: Sighting }[] = [];
  const left: Listing[] = [];
  for (const sighting of page) {
    const { byLogin, byId } = people.get(domainOfKind[sighting.kind]) ?? indexOf([]);
    const meant = sighting.members.filter((login) => isFor(sighting, login));
    const members = meant.flatMap((login) => byLogin.get(sameLogin(login))?.row.id ?? []);
    const known = (byRef.get(sighting.ref) ?? []).filter((listing) => byId.has(listing.person_id));
    const held = known.map((listing) => listing.person_id);
    const { open, close } = planAudience(members, held);
    joined.push(...open.flatMap((id) => byId.get(id) ?? []).map((person) => ({ person, sighting })));
    left.push(...known.filter((listing) => close.includes(listing.person_id)));
  }
  return { joined, left, changed: await changedOf(engine, page) };
}

function indexOf(people: readonly Person[]) {
  return {
    byLogin: new Map(people.map((person) => [sameLogin(person.holder.login), person])),
    byId: new Map(people.map((person) => [person.row.id, person])),
  };
}

async function changedOf(engine: Engine, sightings: readonly Sighting[]): Promise<readonly Sighting[]> {
  const records = await recordsByRef(
    engine.db,
    sightings.map(({ ref }) => ref),
  );
  return sightings.filter(({ ref, version }) => {
    const record = records.get(ref);
    return record !== undefined && record.version !== version;
  });
}

/** People whose first pages travel together. */
const peopleAtOnce = 4;

async function eachList(
  engine: Engine,
  { turn }: CensusOrder,
  due: ReadonlyMap<Person, readonly CensusKind[]>,
): Promise<CensusNews | Failure> {
  const news: CensusNews[] = [];
  const people = [...due];
  for (let at = 0; at < people.length; at += peopleAtOnce) {
    const some = people.slice(at, at + peopleAtOnce);
    for (const one of await Promise.all(
      some.map(([person, kinds]) => ownList(engine, person, { kinds, turn })),
    )) {
      if ('kind' in one) return one;
      news.push(one);
    }
  }
  return sumOf(news);
}

/** One page of a person's own list; the whole of it if the number of all, or the page, says that it is another list. */
async function ownList(
  engine: Engine,
  person: Person,
  { kinds, turn }: Readonly<{ kinds: readonly CensusKind[]; turn: number }>,
): Promise<CensusNews | Failure> {
  const listings = await listingsFor(engine.db, person.row.id, itemKinds(kinds));
  const known = new Set(listings.map(({ ref }) => ref));
  const pages = Math.max(1, Math.ceil(known.size / censusPage));
  const list = { login: person.holder.login, kinds, from: {} };
  const [page] = await engine.siebel.census([{ ...list, offset: (turn % pages) * censusPage }]);
  if (!page || page.answer === 'failed') return page?.failure ?? noAnswer;
  if (page.total === known.size && page.sightings.every(({ ref }) => known.has(ref))) {
    return { joined: [], left: [], changed: await changedOf(engine, page.sightings) };
  }
  const all: Sighting[] = [];
  // A list may grow while its pages are turned: what counts is what the last of them says.
  let total = 0;
  const failure = await turnPages(engine, list, async (sightings, now) => {
    all.push(...sightings);
    total = now;
  });
  if (failure) return failure;
  const census = compareCensus({ known: [...known], listed: all.map(({ ref }) => ref), total });
  if (census.census === 'broken') return { ...noAnswer, reason: census.reason };
  if (census.census === 'doubtful')
    engine.log.warn({ personId: person.row.id }, 'a Sync List came back empty');
  const left = new Set(census.left);
  return {
    joined: all.filter(({ ref }) => !known.has(ref)).map((sighting) => ({ person, sighting })),
    left: listings.filter(({ ref }) => left.has(ref)),
    changed: await changedOf(engine, all),
  };
}

const noAnswer: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'Siebel gave no answer.',
  retryAfterMs: null,
};

export function sumOf(news: readonly CensusNews[]): CensusNews {
  return {
    joined: news.flatMap((one) => one.joined),
    left: news.flatMap((one) => one.left),
    changed: news.flatMap((one) => one.changed),
  };
}

/** What of the news is a domain's. */
export function newsOf(domain: Domain, { joined, left, changed }: CensusNews): CensusNews {
  const isOfDomain = ({ kind }: Sighting) => domainOfKind[kind] === domain;
  return {
    joined: joined.filter(({ sighting }) => isOfDomain(sighting)),
    left: left.filter((listing) => listing.domain === domain),
    changed: changed.filter(isOfDomain),
  };
}
