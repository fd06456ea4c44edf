import type { Domain } from '../../shared/domain.ts';
import type { ChangeRow, Sighting } from '../connectors/connector.ts';
import { isFor } from '../core/selection.ts';
import type { Ref } from '../core/snapshot.ts';
import { listingsOf, recordsByRef } from '../store/lists.ts';
import { linksByRef } from '../store/mailbox-links.ts';
import { openMatches } from '../store/matches.ts';
import { begin } from './begin.ts';
import type { Beginning } from './first-contact.ts';
import { beginActivities } from './begin-activities.ts';
import type { CensusNews } from './census.ts';
import type { Engine } from './engine.ts';
import { includesLogin, sameLogin } from './logins.ts';
import type { Person } from './people.ts';

export type Joined = ReadonlyMap<Person, readonly Sighting[]>;
export type Findings = Readonly<{ changed: readonly string[]; joined: Joined }>;

type Seen = Readonly<{
  domain: Domain;
  rows: readonly ChangeRow[];
  census: CensusNews;
  people: readonly Person[];
  since: Temporal.Instant;
}>;

/** Which known records are to be turned, and who is on a list without a Link. */
export async function findingsOf(
  engine: Engine,
  { domain, rows, census, people, since }: Seen,
): Promise<Findings> {
  const polled = rows.flatMap((row) => (row.change === 'seen' && row.sighting ? [row.sighting] : []));
  const gone = rows.flatMap((row) => (row.change === 'gone' ? [row.ref] : []));
  const seen = new Map([...census.changed, ...polled].map((sighting) => [sighting.ref, sighting]));
  const records = await recordsByRef(engine.db, [...seen.keys(), ...gone]);
  const changed = [...seen.values()].filter(
    ({ ref, version }) => records.has(ref) && records.get(ref)?.version !== version,
  );
  engine.memo.keep(changed, { mailbox: null, since });
  return {
    changed: [...changed.map(({ ref }) => ref), ...gone].flatMap((ref) => records.get(ref)?.id ?? []),
    joined: await joinedOf(engine, { domain, polled, census, people }),
  };
}

/**
 * Who joined, by the census and by the members of polled records. Someone whose Link was closed while they stayed on the list
 * (a deletion that may not travel) has not joined anew, unless it was closed for the team and they are back on it.
 */
async function joinedOf(
  engine: Engine,
  {
    domain,
    polled,
    census,
    people,
  }: Pick<Seen, 'domain' | 'census' | 'people'> & Readonly<{ polled: readonly Sighting[] }>,
): Promise<Joined> {
  const byLogin = new Map(people.map((person) => [sameLogin(person.holder.login), person]));
  const seen = [...polled, ...census.changed];
  const listings = await listingsOf(
    engine.db,
    seen.map(({ ref }) => ref),
  );
  const known = new Map(
    listings.filter((one) => one.is_listed).map((one) => [`${one.ref} ${one.person_id}`, one]),
  );
  const joined = new Map<Person, Map<Ref, Sighting>>();
  const join = (person: Person, sighting: Sighting): void => {
    joined.set(person, (joined.get(person) ?? new Map<Ref, Sighting>()).set(sighting.ref, sighting));
  };
  for (const { person, sighting } of census.joined) join(person, sighting);
  for (const sighting of seen) {
    const meant = sighting.members.filter((login) => isFor(sighting, login));
    for (const person of meant.flatMap((login) => byLogin.get(sameLogin(login)) ?? [])) {
      const listing = known.get(`${sighting.ref} ${person.row.id}`);
      const isBack = listing?.closed_why === 'leftTeam' && includesLogin(sighting.team, person.holder.login);
      if (!listing || isBack) join(person, sighting);
    }
  }
  if (domain !== 'contact')
    return new Map([...joined].map(([person, theirs]) => [person, [...theirs.values()]]));
  const asked = await openMatches(
    engine.db,
    [...joined.keys()].map((person) => person.row.id),
  );
  return new Map(
    [...joined].map(([person, theirs]) => [
      person,
      [...theirs.values()].filter(({ ref }) => !asked.has(`${person.row.id} ${ref}`)),
    ]),
  );
}

/** What joined, and whether somebody's mailbox could not be asked now: theirs is met again by the next census. */
export type Begun = Readonly<{ beginnings: readonly Beginning[]; isPutOff: boolean }>;

/** Looks, in each mailbox, for contacts the joined records may adopt, and opens Links for all. */
export async function beginJoined(
  engine: Engine,
  joined: Joined,
): Promise<Begun | { failed: string; afterMs: number | null }> {
  const beginnings: Beginning[] = [];
  let isPutOff = false;
  const asked = [...joined].flatMap(([person, sightings]) =>
    person.policy.domains.contact.matchExisting ? sightings.map((sighting) => ({ person, sighting })) : [],
  );
  const answers = await engine.exchange.find(
    asked.map(({ person, sighting }) => ({
      by: 'identity' as const,
      domain: 'contact' as const,
      holder: person.holder,
      item: sighting.item,
      scope: 'all' as const,
    })),
  );
  for (const [person, siebel] of joined) {
    const found = new Map<Ref, Sighting>();
    const theirs = answers.filter((_, index) => asked[index]?.person === person);
    const failure = theirs.find((answer) => answer.answer === 'failed');
    if (failure?.answer === 'failed') {
      // Without knowing what the mailbox holds, a copy made now could be a twin.
      isPutOff ||= failure.failure.kind !== 'mailboxGone';
      continue;
    }
    for (const answer of theirs) {
      if (answer.answer === 'found')
        for (const sighting of answer.sightings) found.set(sighting.ref, sighting);
    }
    const linked = new Set(
      (await linksByRef(engine.db, person.row.id, [...found.keys()])).map((link) => link.ref),
    );
    const outlook = [...found.values()].filter((sighting) => !linked.has(sighting.ref));
    const beginning = await begin(engine, {
      person,
      domain: 'contact',
      outlook,
      siebel,
      isFirstLoad: false,
      occasion: 'siebel',
      wished: new Set<Ref>(),
    });
    if ('failed' in beginning) return beginning;
    beginnings.push(beginning);
  }
  return { beginnings, isPutOff };
}

/** Activities that are new for somebody have no copy yet, or one that Exchange keeps and the turn finds by its iCalUId. */
export async function beginJoinedActivities(
  engine: Engine,
  joined: Joined,
  domain: Domain,
): Promise<Begun | { failed: string; afterMs: number | null }> {
  const beginnings: Beginning[] = [];
  for (const [person, siebel] of joined) {
    const contact = { person, domain, outlook: [], siebel, isFirstLoad: false } as const;
    const beginning = await beginActivities(engine, {
      ...contact,
      occasion: 'siebel',
      wished: new Set<Ref>(),
    });
    if ('failed' in beginning) return beginning;
    beginnings.push(beginning);
  }
  return { beginnings, isPutOff: false };
}
