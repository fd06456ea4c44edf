import type { Failure, Sighting } from '../connectors/connector.ts';
import type { Ref } from '../core/snapshot.ts';
import type { Engine } from './engine.ts';
import type { Person } from './people.ts';
import { siebelPage } from './siebel-page.ts';

const kinds = ['contact', 'employee'] as const;

/** Every record on a person's Sync List, page by page. */
export async function wholeList(engine: Engine, person: Person): Promise<readonly Sighting[] | Failure> {
  const all: Sighting[] = [];
  for (const kind of kinds) {
    const list = await wholeOf(engine, person, kind);
    if ('kind' in list) return list;
    all.push(...list);
  }
  engine.memo.keep(all);
  return all;
}

const noAnswer: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'Siebel gave no answer.',
  retryAfterMs: null,
};

export type Listed = Readonly<{ ref: Ref; linkId: string; recordId: string }>;

/** What a person's list looks like in Siebel against what we know of it. */
export type ListNews = Readonly<{
  person: Person;
  joined: readonly Sighting[];
  left: readonly Listed[];
  seen: readonly Sighting[];
}>;

/**
 * Compares people's Sync Lists with what is known. Membership leaves no trace in a record's `Updated`, so one page of each
 * list is turned over a poll, with the number of all: whoever joins or leaves changes the number, an exchange of one for
 * another is met when its page comes round. Lists of a page or less, and lists that differ, are compared whole.
 */
export async function compareLists(
  engine: Engine,
  request: Readonly<{
    people: readonly Person[];
    known: ReadonlyMap<string, readonly Listed[]>;
    round: number;
  }>,
): Promise<readonly ListNews[] | Failure> {
  const asked = request.people.flatMap((person) =>
    kinds.map((kind) => ({ person, kind, listed: ofKind(request.known.get(person.row.id) ?? [], kind) })),
  );
  const pages = asked.map(({ listed }) => Math.max(1, Math.ceil(listed.length / siebelPage)));
  const answers = await engine.siebel.census(
    asked.map(({ person, kind }, index) => ({
      login: person.holder.login,
      kind,
      offset: (request.round % (pages[index] ?? 1)) * siebelPage,
    })),
  );
  const news: ListNews[] = [];
  for (const [index, { person, kind, listed }] of asked.entries()) {
    const answer = answers[index];
    if (!answer || answer.answer === 'failed') return answer?.failure ?? noAnswer;
    const known = new Set(listed.map((one) => one.ref));
    const isSame =
      answer.total === listed.length && answer.sightings.every((sighting) => known.has(sighting.ref));
    if (isSame) news.push({ person, joined: [], left: [], seen: answer.sightings });
    else {
      const whole =
        answer.total <= answer.sightings.length ? answer.sightings : await wholeOf(engine, person, kind);
      if ('kind' in whole) return whole;
      news.push(differences(person, whole, listed));
    }
  }
  return news;
}

function ofKind(listed: readonly Listed[], kind: 'contact' | 'employee'): readonly Listed[] {
  return listed.filter((one) => one.ref.startsWith('Employee/') === (kind === 'employee'));
}

async function wholeOf(
  engine: Engine,
  person: Person,
  kind: 'contact' | 'employee',
): Promise<readonly Sighting[] | Failure> {
  const all: Sighting[] = [];
  for (let offset = 0; ; offset += siebelPage) {
    const [answer] = await engine.siebel.census([{ login: person.holder.login, kind, offset }]);
    if (!answer || answer.answer === 'failed') return answer?.failure ?? noAnswer;
    all.push(...answer.sightings);
    if (offset + answer.sightings.length >= answer.total || answer.sightings.length === 0) return all;
  }
}

function differences(person: Person, whole: readonly Sighting[], listed: readonly Listed[]): ListNews {
  const known = new Set(listed.map((one) => one.ref));
  const present = new Set(whole.map((sighting) => sighting.ref));
  return {
    person,
    joined: whole.filter((sighting) => !known.has(sighting.ref)),
    left: listed.filter((one) => !present.has(one.ref)),
    seen: whole,
  };
}
