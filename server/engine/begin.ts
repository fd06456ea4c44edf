import type { Contact } from '../../shared/contact.ts';
import type { Sighting } from '../connectors/connector.ts';
import { matchContact } from '../core/match.ts';
import type { Ref } from '../core/snapshot.ts';
import { mayStart } from '../core/selection.ts';
import { refFrom } from '../holder.ts';
import type { Db } from '../store/db.ts';
import { matchQuestions, type DoubtfulMatch, type MatchQuestion } from '../store/matches.ts';
import type { NewLink } from '../store/open-links.ts';
import { cueAndOpen } from './cue-turns.ts';
import { candidatesFor, contactIn, type Candidates } from './candidates.ts';
import type { Engine } from './engine.ts';
import type { Beginning, FirstContact } from './first-contact.ts';
import { nameOf } from './journal.ts';
import { includesLogin } from './logins.ts';
import type { Person } from './people.ts';
import type { LinkTurn } from './turn-state.ts';

/**
 * Brings together what already stands on both sides: adopts what is surely the same, asks about what may be, and lets the
 * rest be created. Nothing is written to either side here; the turns of the opened Links do that.
 */
export async function begin(
  engine: Engine,
  contact: FirstContact,
): Promise<Beginning | { failed: string; afterMs: number | null }> {
  const { person } = contact;
  const questions = await matchQuestions(engine.db, person.row.id);
  const starters = contact.outlook.flatMap((sighting) => starterOf(sighting, contact, questions));
  const candidates = await candidatesFor(
    engine,
    contact,
    starters.map(({ sighting }) => sighting),
  );
  if ('failed' in candidates) return candidates;
  return pair(engine, { contact, starters, candidates, questions });
}

function starterOf(
  sighting: Sighting,
  contact: FirstContact,
  questions: readonly MatchQuestion[],
): Starter[] {
  const answer = answerFor(questions, sighting.ref);
  if (answer === 'leave') return [];
  if (contact.occasion === 'siebel') return [{ sighting, start: 'adoptOnly' }];
  const isWished = contact.wished.has(sighting.ref);
  const start =
    answer === 'new' || (isWished && mayGo(sighting, contact.person))
      ? 'create'
      : mayStart(sighting, contact.person.policy, contact);
  return start === 'ignore' ? [] : [{ sighting, start }];
}

/** The button overrides the category, never privacy. */
function mayGo({ item }: Sighting, person: Person): boolean {
  return !item.isPrivate || person.policy.domains.contact.privateItems === 'carry';
}

type Starter = Readonly<{ sighting: Sighting; start: 'create' | 'adoptOnly' }>;
type Pairing = Readonly<{
  contact: FirstContact;
  starters: readonly Starter[];
  candidates: Candidates;
  questions: readonly MatchQuestion[];
}>;

function pair(engine: Engine, { contact, starters, candidates, questions }: Pairing): Beginning {
  const { person } = contact;
  const links: NewLink[] = [];
  const asked: DoubtfulMatch[] = [];
  const matched = starters.map((starter) => ({
    starter,
    verdict: verdictOf(starter, candidates, questions),
  }));
  const claims = Map.groupBy(
    matched.flatMap(({ verdict }) => (verdict.match === 'one' ? [verdict.ref] : [])),
    (ref) => ref,
  );
  const taken = new Set<Ref>();
  for (const { starter, verdict } of matched) {
    const known = candidates.get(starter.sighting.ref) ?? [];
    const isContested = verdict.match === 'one' && (claims.get(verdict.ref)?.length ?? 0) > 1;
    if (verdict.match === 'one' && !isContested) {
      const siebel = known.find((sighting) => sighting.ref === verdict.ref) ?? null;
      links.push(linkOf(engine, { contact, exchange: starter.sighting, siebel }));
      taken.add(verdict.ref);
    } else if (verdict.match === 'none') {
      if (starter.start === 'create')
        links.push(linkOf(engine, { contact, exchange: starter.sighting, siebel: null }));
    } else {
      const refs = verdict.match === 'one' ? [verdict.ref] : verdict.refs;
      asked.push(
        questionOf(engine, {
          person,
          sighting: starter.sighting,
          candidates: known.filter((one) => refs.includes(one.ref)),
        }),
      );
      for (const ref of refs) taken.add(ref);
    }
  }
  for (const question of questions) {
    if (question.status === 'open') for (const { ref } of question.candidates) taken.add(refFrom(ref));
  }
  for (const sighting of contact.siebel) {
    if (!taken.has(sighting.ref)) links.push(linkOf(engine, { contact, exchange: null, siebel: sighting }));
  }
  const carriedOut = questions
    .filter((question) => question.status === 'answered' && choiceOf(question) !== 'leave')
    .filter((question) => starters.some(({ sighting }) => sighting.ref === question.exchange_ref))
    .map((question) => question.id);
  return { links, questions: asked, carriedOut, skipped: skippedOf(contact, links, asked) };
}

/** What stays its owner's business, and why. */
function skippedOf(
  { outlook }: FirstContact,
  links: readonly NewLink[],
  questions: readonly DoubtfulMatch[],
): Beginning['skipped'] {
  const taken = new Set([
    ...links.flatMap((link) => link.exchange?.ref ?? []),
    ...questions.map((question) => question.exchangeRef),
  ]);
  const left = outlook.filter((sighting) => !taken.has(sighting.ref) && sighting.kind !== 'employee');
  const hidden = left.filter((sighting) => sighting.item.isPrivate).length;
  return { private: hidden, uncategorised: left.length - hidden };
}

function verdictOf(
  { sighting }: Starter,
  candidates: Candidates,
  questions: readonly MatchQuestion[],
): ReturnType<typeof matchContact> {
  const known = candidates.get(sighting.ref) ?? [];
  const answer = answerFor(questions, sighting.ref);
  if (answer === 'new') return { match: 'none' };
  const chosen = known.find((one) => one.ref === answer);
  if (chosen) return { match: 'one', ref: chosen.ref };
  const contacts = known.map(({ ref, item }) => ({ ref, item: contactIn(item) }));
  return matchContact(contactIn(sighting.item), contacts);
}

/** What the person answered about this Outlook item: a Siebel ref, `new`, `leave`, or nothing yet. */
function answerFor(questions: readonly MatchQuestion[], ref: Ref): string | null {
  const question = questions.findLast((one) => one.exchange_ref === ref && one.status === 'answered');
  return question ? choiceOf(question) : null;
}

/** What was chosen in an answered question. */
export function choiceOf({ answer }: MatchQuestion): string | null {
  const choice =
    typeof answer === 'object' && answer !== null && 'candidate' in answer ? answer.candidate : null;
  return typeof choice === 'string' ? choice : null;
}

function linkOf(
  engine: Engine,
  {
    contact,
    exchange,
    siebel,
  }: { contact: FirstContact; exchange: Sighting | null; siebel: Sighting | null },
): NewLink {
  const { person, wished } = contact;
  return {
    recordId: engine.newId(),
    linkId: engine.newId(),
    personId: person.row.id,
    domain: 'contact',
    kind: siebel?.kind ?? (exchange?.item.isPrivate ? 'personal' : 'business'),
    siebel: siebel && { ref: siebel.ref, version: siebel.version, stamp: siebel.stamp },
    exchange: exchange && { ref: exchange.ref, version: exchange.version },
    uid: null,
    isSilent: false,
    isListed: siebel !== null && includesLogin(siebel.members, person.holder.login),
    isWished: exchange !== null && wished.has(exchange.ref),
  };
}

function questionOf(
  engine: Engine,
  { person, sighting, candidates }: { person: Person; sighting: Sighting; candidates: readonly Sighting[] },
): DoubtfulMatch {
  return {
    id: engine.newId(),
    domain: 'contact',
    personId: person.row.id,
    exchangeRef: sighting.ref,
    label: nameOf(sighting.item),
    candidates: candidates.map(({ ref, item }) => ({
      ref,
      label: nameOf(item),
      detail: detailOf(contactIn(item)),
    })),
    at: engine.clock.now().toString(),
  };
}

function detailOf({ company, email1, jobTitle }: Contact): string {
  return [company, email1, jobTitle].filter((part) => part !== null).join(', ');
}

/** A business contact somebody made Private goes on as a personal record of theirs, where the policy carries those. */
export async function beginAsPersonal(engine: Engine, db: Db, links: readonly LinkTurn[]): Promise<void> {
  const opened = links.flatMap((link): NewLink[] => {
    if (link.look?.look !== 'found') return [];
    const { ref, version } = link.look.sighting;
    return [
      {
        recordId: engine.newId(),
        linkId: engine.newId(),
        personId: link.row.person_id,
        domain: 'contact',
        kind: 'personal',
        siebel: null,
        exchange: { ref, version },
        uid: null,
        isSilent: false,
        isListed: false,
        isWished: false,
      },
    ];
  });
  await cueAndOpen(db, { recordIds: [], links: opened, now: engine.clock.now() });
}
