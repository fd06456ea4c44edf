import type { Contact } from '../../../shared/contact.ts';
import type { Failure, FindAnswer, FindRequest, Sighting } from '../connector.ts';
import type { Login } from '../directory.ts';
import { columnOf, stampField, stampLength } from './contact-map.ts';
import { list, listAll } from './listing.ts';
import { contactIn } from './names.ts';
import { chunked, equals, equalsIgnoringCase, every, exists, some, type Spec } from './search-spec.ts';
import type { Siebel } from './siebel.ts';
import { sightingOf, wholeQuery } from './sightings.ts';

type ByStamp = Extract<FindRequest, { by: 'stamp' }>;
type ByIdentity = Extract<FindRequest, { by: 'identity' }>;

/**
 * Records by our stamp, or by what a first contact is recognised by: any e-mail address, or first and last name, ignoring
 * case. Many questions about the same people are answered from one pass over all they can see where that takes fewer
 * requests than asking for each. Which candidate is the one is not decided here.
 */
export async function find(siebel: Siebel, requests: readonly FindRequest[]): Promise<readonly FindAnswer[]> {
  const answers = new Map<FindRequest, FindAnswer>();
  const stamped = requests.filter((request) => request.by === 'stamp');
  const scopes = Map.groupBy(
    requests.filter((request) => request.by === 'identity'),
    ({ scope, holder }) => (scope === 'all' ? null : holder.login),
  );
  await Promise.all([
    findByStamp(siebel, stamped, answers),
    ...[...scopes].map(([login, group]) => findByIdentity(siebel, { login, group, answers })),
  ]);
  return requests.map((request) => answers.get(request) ?? { answer: 'found', sightings: [] });
}

type Answers = Map<FindRequest, FindAnswer>;

async function findByStamp(siebel: Siebel, requests: readonly ByStamp[], answers: Answers): Promise<void> {
  const field = siebel.field(stampField);
  const asked = requests.filter(({ stamp }) => stamp !== '' && stamp.length <= stampLength);
  await Promise.all(
    chunked(asked, ({ stamp }) => equals(field, stamp)).map(async ({ of, spec }) => {
      const found = await sightingsOf(siebel, spec);
      for (const request of of) {
        answers.set(
          request,
          narrowed(found, ({ stamp }) => stamp === request.stamp),
        );
      }
    }),
  );
}

async function findByIdentity(
  siebel: Siebel,
  {
    login,
    group,
    answers,
  }: Readonly<{ login: Login | null; group: readonly ByIdentity[]; answers: Answers }>,
): Promise<void> {
  const scope = login === null ? null : exists(equals(siebel.field('Sales Rep'), login));
  const lookups = chunked(
    group.flatMap(
      (request) => identitySpec(siebel, contactIn(request.item))?.map((spec) => ({ request, spec })) ?? [],
    ),
    ({ spec }) => spec,
    { wrap: (or) => (scope === null ? or : every([scope, or])) },
  );
  const isScan = lookups.length > 1 && (await scanPages(siebel, scope)) < lookups.length;
  const passes = isScan ? [{ of: group.map((request) => ({ request })), spec: scope }] : lookups;
  const found = await Promise.all(
    passes.map(async ({ of, spec }) => ({
      requests: new Set(of.map(({ request }) => request)),
      answer: await sightingsOf(siebel, spec),
    })),
  );
  for (const request of group) {
    const mine = found.filter(({ requests }) => requests.has(request)).map(({ answer }) => answer);
    const failed = mine.find((answer) => answer.answer === 'failed');
    const all = {
      answer: 'found',
      sightings: mine.flatMap((answer) => (answer.answer === 'found' ? answer.sightings : [])),
    } as const;
    answers.set(request, failed ?? narrowed(all, (sighting) => isCandidate(sighting, request)));
  }
}

/** How many pages it takes to see everything in scope; endless where Siebel does not count. */
async function scanPages(siebel: Siebel, scope: Spec | null): Promise<number> {
  const query = {
    ...wholeQuery(siebel, 'Contact', scope),
    fields: ['Id'],
    children: {},
    size: 1,
    withTotal: true,
  };
  const count = await list(siebel, query);
  if (count.answer === 'failed') return Number.POSITIVE_INFINITY;
  const total = count.total ?? (count.rows.length === 0 ? 0 : Number.POSITIVE_INFINITY);
  return Math.ceil(total / siebel.settings.pageSize);
}

/** Values longer than any column cannot be in Siebel and would not fit an expression either. */
const longestValue = 350;

function identitySpec(siebel: Siebel, item: Contact): readonly Spec[] | null {
  const emailFields = namesOf(siebel, ['email1', 'email2', 'email3']);
  const specs = emailsOf(item)
    .filter((email) => email.length <= longestValue)
    .map((email) => some(emailFields.map((name) => equalsIgnoringCase(siebel.field(name), email))));
  const [firstName, lastName] = namesOf(siebel, ['firstName', 'lastName']);
  const { firstName: first, lastName: last } = item;
  const isNamed = first !== null && last !== null && first.length + last.length <= longestValue;
  if (isNamed && firstName !== undefined && lastName !== undefined) {
    const byLast = equalsIgnoringCase(siebel.field(lastName), last);
    specs.push(every([byLast, equalsIgnoringCase(siebel.field(firstName), first)]));
  }
  return specs.length === 0 ? null : specs;
}

function namesOf(
  siebel: Siebel,
  fields: readonly (keyof Contact & ('email1' | 'email2' | 'email3' | 'firstName' | 'lastName'))[],
): readonly string[] {
  return fields.flatMap((field) => {
    const column = columnOf(siebel.map, field);
    return column.at === 'field' ? [column.name] : [];
  });
}

/** A personal contact is its owner's alone, so nobody else's item may be led to it. */
function isCandidate(sighting: Sighting, { item: asked, holder }: ByIdentity): boolean {
  const item = contactIn(asked);
  const seen = contactIn(sighting.item);
  const isOwn = [...sighting.team, ...sighting.members].includes(holder.login);
  if (sighting.kind === 'personal' && !isOwn) return false;
  const emails = new Set(emailsOf(seen).map(folded));
  if (emailsOf(item).some((email) => emails.has(folded(email)))) return true;
  const isNamed = item.firstName !== null && item.lastName !== null;
  return (
    isNamed &&
    folded(item.firstName) === folded(seen.firstName ?? '') &&
    folded(item.lastName) === folded(seen.lastName ?? '')
  );
}

function emailsOf(item: Contact): readonly string[] {
  return [item.email1, item.email2, item.email3].filter((email) => email !== null);
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

type Sightings =
  | Readonly<{ answer: 'found'; sightings: readonly Sighting[] }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

async function sightingsOf(siebel: Siebel, spec: Spec | null): Promise<Sightings> {
  const listing = await listAll(siebel, wholeQuery(siebel, 'Contact', spec));
  if (listing.answer === 'failed') return { answer: 'failed', failure: listing.failure };
  return { answer: 'found', sightings: listing.rows.map((row) => sightingOf(siebel, 'Contact', row)) };
}

/** The sightings that fit, each once. */
function narrowed(found: Sightings, fits: (sighting: Sighting) => boolean): FindAnswer {
  if (found.answer === 'failed') return found;
  const byRef = new Map(found.sightings.filter(fits).map((sighting) => [sighting.ref, sighting]));
  return { answer: 'found', sightings: [...byRef.values()] };
}
