import type { Domain } from '../../shared/domain.ts';
import { domainOfKind } from '../../shared/item.ts';
import {
  censusPage,
  type CensusKind,
  type CensusRequest,
  type Failure,
  type Sighting,
} from '../connectors/connector.ts';
import { databaseNow } from '../store/gauges.ts';
import type { Engine } from './engine.ts';
import { domainsOf, windowFor, type Person } from './people.ts';

/** The lists Siebel has of a domain's records. Activities are in one, whatever they are in Outlook. */
export const censusLists = {
  contact: [['contact'], ['employee']],
  appointment: [['appointment']],
  task: [['task']],
} as const satisfies Record<Domain, readonly (readonly CensusKind[])[]>;

/** What is for a person, read from its first page to its last, and since when, by the database's clock. */
export type ListRead = Readonly<{ sightings: readonly Sighting[]; since: Temporal.Instant }>;

/** Every record of these domains that is for a person: a contact's Sync List, an activity's employees. */
export async function wholeList(
  engine: Engine,
  person: Person,
  domains: readonly Domain[],
): Promise<ListRead | Failure> {
  const all: Sighting[] = [];
  const since = await databaseNow(engine.db);
  const from = Object.fromEntries(
    domains.flatMap((domain) => {
      const day = windowFor(person, domain, since).from;
      return day === null ? [] : [[domain, day]];
    }),
  );
  for (const kinds of domains.includes('contact') ? censusLists.contact : [activitiesIn(domains)]) {
    const list = { login: person.holder.login, kinds, from };
    const failure = await turnPages(engine, list, async (page) => void all.push(...page));
    if (failure) return failure;
  }
  return { sightings: all, since };
}

/** Gives out a domain's list for a first load. */
export type FirstLists = (domain: Domain) => Promise<ListRead | Failure>;

/** Activities that are loaded in the same sweep are listed once, for whichever of their domains comes first. */
export function firstLists(engine: Engine, person: Person): FirstLists {
  let activities: Promise<ListRead | Failure> | null = null;
  return async (domain) => {
    if (domain === 'contact') return wholeList(engine, person, [domain]);
    const unloaded = domainsOf(person).filter((one) => person.row.loaded[one] === undefined);
    activities ??= wholeList(
      engine,
      person,
      unloaded.filter((one) => one !== 'contact'),
    );
    const list = await activities;
    if ('kind' in list) return list;
    const theirs = list.sightings.filter(({ kind }) => domainOfKind[kind] === domain);
    return { ...list, sightings: theirs };
  };
}

function activitiesIn(domains: readonly Domain[]): readonly CensusKind[] {
  return domains.flatMap((domain) => censusLists[domain].flat());
}

const pagesAtOnce = 4;

/** Turns all pages of a list; the first tells how many there are. Answers the failure that ended it, if one did. */
export async function turnPages(
  engine: Engine,
  list: Omit<CensusRequest, 'offset'>,
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
