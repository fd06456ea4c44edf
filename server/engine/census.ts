import { censusPage, type Failure, type Login, type Sighting } from '../connectors/connector.ts';
import { compareCensus, planAudience } from '../core/audience.ts';
import type { Ref } from '../core/snapshot.ts';
import { listedRefs, listingsFor, listingsOf, recordsByRef, type Listing } from '../store/lists.ts';
import { databaseNow } from '../store/gauges.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import type { Person } from './people.ts';

type Kind = 'contact' | 'employee';
const kinds = ['contact', 'employee'] as const;

/** Every record on a person's Sync List, page by page. */
export async function wholeList(engine: Engine, person: Person): Promise<readonly Sighting[] | Failure> {
  const all: Sighting[] = [];
  const since = await databaseNow(engine.db);
  for (const kind of kinds) {
    const failure = await turnPages(
      engine,
      { login: person.holder.login, kind },
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
  const known = await listedRefs(engine.db);
  const contacts = known.filter((ref) => !isEmployee(ref));
  const employees = await everybodysList(engine, {
    order,
    kind: 'employee',
    known: known.filter(isEmployee),
  });
  if ('kind' in employees) return employees;
  const pages = Math.ceil(contacts.length / censusPage);
  const rest =
    pages <= order.people.length
      ? await everybodysList(engine, { order, kind: 'contact', known: contacts })
      : await eachList(engine, order);
  return 'kind' in rest ? rest : sumOf([employees, rest]);
}

type Everybody = Readonly<{ order: CensusOrder; kind: Kind; known: readonly Ref[] }>;

async function everybodysList(
  engine: Engine,
  { order, kind, known }: Everybody,
): Promise<CensusNews | Failure> {
  const news: CensusNews[] = [];
  const missing = new Set(known);
  const failure = await turnPages(engine, { login: null, kind }, async (page) => {
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
    const members = sighting.members.flatMap((login) => byLogin.get(sameLogin(login))?.row.id ?? []);
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
  { people, round, isThorough }: CensusOrder,
): Promise<CensusNews | Failure> {
  const slices = isThorough ? 1 : Math.max(1, Math.ceil(people.length / peoplePerPoll));
  const turn = Math.floor(round / slices);
  const news: CensusNews[] = [];
  for (const person of people.filter((_, index) => index % slices === round % slices)) {
    const one = await ownList(engine, person, turn);
    if ('kind' in one) return one;
    news.push(one);
  }
  return sumOf(news);
}

/** One page of a person's own list; the whole of it if the number of all, or the page, says that it is another list. */
async function ownList(engine: Engine, person: Person, turn: number): Promise<CensusNews | Failure> {
  const listings = (await listingsFor(engine.db, person.row.id)).filter(({ ref }) => !isEmployee(ref));
  const known = new Set(listings.map(({ ref }) => ref));
  const pages = Math.max(1, Math.ceil(known.size / censusPage));
  const { login } = person.holder;
  const [page] = await engine.siebel.census([
    { login, kind: 'contact', offset: (turn % pages) * censusPage },
  ]);
  if (!page || page.answer === 'failed') return page?.failure ?? noAnswer;
  if (page.total === known.size && page.sightings.every(({ ref }) => known.has(ref))) {
    return { joined: [], left: [], changed: await changedOf(engine, page.sightings) };
  }
  const all: Sighting[] = [];
  // A list may grow while its pages are turned: what counts is what the last of them says.
  let total = 0;
  const failure = await turnPages(engine, { login, kind: 'contact' }, async (sightings, now) => {
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
  list: Readonly<{ login: Login | null; kind: Kind }>,
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
