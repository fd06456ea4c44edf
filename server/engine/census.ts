import type { Domain } from '../../shared/domain.ts';
import {
  censusKinds,
  censusPage,
  type CensusKind,
  type Failure,
  type Sighting,
} from '../connectors/connector.ts';
import type { Login } from '../connectors/directory.ts';
import { compareCensus, planAudience } from '../core/audience.ts';
import { isFor } from '../core/selection.ts';
import type { Ref } from '../core/snapshot.ts';
import { listedRefs, listingsFor, listingsOf, recordsByRef, type Listing } from '../store/lists.ts';
import { databaseNow } from '../store/gauges.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import { windowFor, type Person } from './people.ts';

/** Every record of a domain that is for a person, page by page: a contact's Sync List, an activity's employees. */
export async function wholeList(
  engine: Engine,
  person: Person,
  domain: Domain,
): Promise<readonly Sighting[] | Failure> {
  const all: Sighting[] = [];
  const since = await databaseNow(engine.db);
  const { from } = windowFor(person, domain, since);
  for (const kind of censusKinds[domain]) {
    const failure = await turnPages(
      engine,
      { login: person.holder.login, kind, from },
      async (page) => void all.push(...page),
    );
    if (failure) return failure;
  }
  engine.memo.keep(all, { mailbox: null, since });
  return all;
}

/** Who joined whose list, who left, and which records are not as they were. */
export type CensusNews = Readonly<{
  joined: readonly Readonly<{ person: Person; sighting: Sighting }>[];
  left: readonly Listing[];
  changed: readonly Sighting[];
}>;

export type CensusOrder = Readonly<{
  domain: Domain;
  people: readonly Person[];
  /** Which turn of the lists this is; decides the pages and people looked at where it is too much to look at all. */
  round: number;
  /** Somebody asked for it: look at everything that can be missed otherwise. */
  isThorough: boolean;
}>;

/** People whose own lists are turned over in a regular poll, where the lists of all together are longer. */
const peoplePerPoll = 50;

/**
 * Compares Siebel's Sync Lists with what is known. Membership and children leave no trace in a record's `Updated`, so the
 * lists are turned over: all of them together where that takes fewer pages than there are people, else a page of each
 * person's with the number of all. Whoever joins or leaves changes that number, an exchange of one for another is met when
 * its page comes round.
 */
export async function takeCensus(engine: Engine, order: CensusOrder): Promise<CensusNews | Failure> {
  if (order.people.length === 0) return { joined: [], left: [], changed: [] };
  const known = await listedRefs(engine.db, order.domain);
  const news: CensusNews[] = [];
  for (const kind of censusKinds[order.domain]) {
    const theirs = known.filter((ref) => isEmployee(ref) === (kind === 'employee'));
    const pages = Math.ceil(theirs.length / censusPage);
    const isShort = kind === 'employee' || pages <= order.people.length;
    const one = isShort
      ? await everybodysList(engine, { order, kind, known: theirs })
      : await eachList(engine, order, kind);
    if ('kind' in one) return one;
    news.push(one);
  }
  return sumOf(news);
}

type Everybody = Readonly<{ order: CensusOrder; kind: CensusKind; known: readonly Ref[] }>;

async function everybodysList(
  engine: Engine,
  { order, kind, known }: Everybody,
): Promise<CensusNews | Failure> {
  const news: CensusNews[] = [];
  const missing = new Set(known);
  const failure = await turnPages(engine, { login: null, kind, from: null }, async (page) => {
    for (const { ref } of page) missing.delete(ref);
    news.push(await compare(engine, order.people, page));
  });
  if (failure) return failure;
  const gone = (await listingsOf(engine.db, [...missing])).filter((listing) => listing.is_listed);
  return sumOf([...news, { joined: [], changed: [], left: gone }]);
}

/** A page of everybody's list against the Links to its records: who should hold one, and who does. */
async function compare(
  engine: Engine,
  people: readonly Person[],
  page: readonly Sighting[],
): Promise<CensusNews> {
  const refs = page.map(({ ref }) => ref);
  const listed = (await listingsOf(engine.db, refs)).filter((listing) => listing.is_listed);
  const byRef = Map.groupBy(listed, (listing) => listing.ref);
  const byLogin = new Map(people.map((person) => [sameLogin(person.holder.login), person]));
  const byId = new Map(people.map((person) => [person.row.id, person]));
  const joined: { person: Person; sighting: Sighting }[] = [];
  const left: Listing[] = [];
  for (const sighting of page) {
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

async function eachList(
  engine: Engine,
  { people, round, isThorough, domain }: CensusOrder,
  kind: CensusKind,
): Promise<CensusNews | Failure> {
  const slices = isThorough ? 1 : Math.max(1, Math.ceil(people.length / peoplePerPoll));
  const turn = Math.floor(round / slices);
  const news: CensusNews[] = [];
  for (const person of people.filter((_, index) => index % slices === round % slices)) {
    const one = await ownList(engine, person, { domain, kind, turn });
    if ('kind' in one) return one;
    news.push(one);
  }
  return sumOf(news);
}

/** One page of a person's own list; the whole of it if the number of all, or the page, says that it is another list. */
async function ownList(
  engine: Engine,
  person: Person,
  { domain, kind, turn }: Readonly<{ domain: Domain; kind: CensusKind; turn: number }>,
): Promise<CensusNews | Failure> {
  const listings = (await listingsFor(engine.db, person.row.id, domain)).filter(
    ({ ref }) => !isEmployee(ref),
  );
  const known = new Set(listings.map(({ ref }) => ref));
  const pages = Math.max(1, Math.ceil(known.size / censusPage));
  const { login } = person.holder;
  const [page] = await engine.siebel.census([
    { login, kind, from: null, offset: (turn % pages) * censusPage },
  ]);
  if (!page || page.answer === 'failed') return page?.failure ?? noAnswer;
  if (page.total === known.size && page.sightings.every(({ ref }) => known.has(ref))) {
    return { joined: [], left: [], changed: await changedOf(engine, page.sightings) };
  }
  const all: Sighting[] = [];
  // A list may grow while its pages are turned: what counts is what the last of them says.
  let total = 0;
  const failure = await turnPages(engine, { login, kind, from: null }, async (sightings, now) => {
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
const pagesAtOnce = 4;

/** Turns all pages of a list; the first tells how many there are. Answers the failure that ended it, if one did. */
async function turnPages(
  engine: Engine,
  list: Readonly<{ login: Login | null; kind: CensusKind; from: string | null }>,
  take: (page: readonly Sighting[], total: number) => Promise<void>,
): Promise<Failure | null> {
  let total = 1;
  for (let offset = 0; offset < total;) {
    const pages = offset === 0 ? 1 : Math.min(pagesAtOnce, Math.ceil((total - offset) / censusPage));
    const offsets = Array.from({ length: pages }, (_, index) => offset + index * censusPage);
    for (const answer of await engine.siebel.census(offsets.map((at) => ({ ...list, offset: at })))) {
      if (answer.answer === 'failed') return answer.failure;
      total = answer.total;
      await take(answer.sightings, answer.total);
    }
    offset += pages * censusPage;
  }
  return null;
}

function isEmployee(ref: Ref): boolean {
  return ref.startsWith('Employee/');
}

function sumOf(news: readonly CensusNews[]): CensusNews {
  return {
    joined: news.flatMap((one) => one.joined),
    left: news.flatMap((one) => one.left),
    changed: news.flatMap((one) => one.changed),
  };
}
