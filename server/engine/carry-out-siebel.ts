import { domainOfKind, isContact } from '../../shared/item.ts';
import type {
  CreateRequest,
  RemoveRequest,
  Sighting,
  UpdateRequest,
  WriteAnswer,
} from '../connectors/connector.ts';
import type { Login } from '../connectors/directory.ts';
import type { Item } from '../core/snapshot.ts';
import type { FieldNote } from '../core/step.ts';
import { loginFrom, stampFrom } from '../holder.ts';
import { startCreates, type BegunLink } from '../store/save-turns.ts';
import type { Engine } from './engine.ts';
import { didOf, endOf, outcomeOf, settleLink } from './outcome.ts';
import { createOnce } from './create-once.ts';
import { siebelSighting, wantsSiebel, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** Writes what a herd wants of Siebel: creates, updates and removals, each kind in as few requests as Siebel allows. */
export async function carryOutSiebel(engine: Engine, turns: readonly RecordTurn[]): Promise<void> {
  const creates = turns.flatMap((turn) => (turn.write.create ? [{ turn, create: turn.write.create }] : []));
  const there = turns.flatMap((turn) => {
    const sighting = siebelSighting(turn);
    return sighting && turn.write.create === null ? [{ turn, sighting }] : [];
  });
  const removals = there.filter(({ turn }) => turn.write.isRemoved);
  const updates = there.filter(({ turn }) => !turn.write.isRemoved && wantsSiebel(turn.write));
  await createInSiebel(engine, creates);
  takeAnswers(updates, await engine.siebel.update(updates.map(siebelUpdate)));
  takeAnswers(removals, await engine.siebel.remove(removals.map(siebelRemoval)));
  for (const turn of turns) if (turn.answer) takeSiebelAnswer(turn, turn.answer);
}

type Creating = Readonly<{ turn: RecordTurn; create: NonNullable<RecordTurn['write']['create']> }>;
type There = Readonly<{ turn: RecordTurn; sighting: Sighting }>;

async function createInSiebel(engine: Engine, creates: readonly Creating[]): Promise<void> {
  if (creates.length === 0) return;
  const fencedAt = engine.clock.now();
  const at = fencedAt.toString();
  const links = creates.flatMap(({ turn, create }) =>
    turn.links.flatMap((link) => begunInSiebel(link, create)),
  );
  await startCreates(engine.db, { recordIds: creates.map(({ turn }) => turn.record.id), links, at });
  // The rows in memory say so too: keeping them must not take it back while the answer is out.
  for (const { turn } of creates) turn.record.create_started_at = at;
  const requests = creates.map(siebelCreate);
  takeAnswers(creates, await createOnce(engine, engine.siebel, { requests, fencedAt }));
}

function siebelCreate({ turn, create }: Creating): CreateRequest {
  const { holder, item } = create;
  return {
    holder,
    stamp: stampFrom(turn.record.stamp),
    kind: kindToCreate(turn, item),
    item: withUsualType(turn, item),
    ownerIfUnknown: turn.record.domain === 'contact' ? null : ownerFor(turn, create),
  };
}

/** Where categories name the activity type, one without gets the policy's. */
function withUsualType({ types, links }: RecordTurn, item: Item): Item {
  const usual = links[0]?.person.policy.activityTypeFilter.default ?? null;
  if (types === null || usual === null || isContact(item) || item.activityType !== null) return item;
  return { ...item, activityType: usual };
}

/** Contacts are private as a kind of their own. */
function kindToCreate({ record }: RecordTurn, { isPrivate }: Item): CreateRequest['kind'] {
  if (record.domain !== 'contact') return record.kind;
  return isPrivate ? 'personal' : 'business';
}

/** Who owns an activity whose organizer is no employee of Siebel's: as the policy says, or nobody. */
function ownerFor({ links }: RecordTurn, { holder }: Creating['create']): Login | null {
  const link = links.find((one) => one.person.holder.personId === holder.personId);
  const policy = link?.person.policy.domains.appointment;
  if (!policy || link.row.domain === 'task' || link.passes.siebel?.meeting?.role === 'organizer')
    return holder.login;
  const { genericOrganizerLogin, externalOrganizer } = policy;
  if (genericOrganizerLogin !== null) return loginFrom(genericOrganizerLogin);
  return externalOrganizer === 'first-attendee' ? holder.login : null;
}

/** Remembers, in the row in memory too, what both sides hold once the record is made. */
function begunInSiebel(link: LinkTurn, { item }: Creating['create']): BegunLink[] {
  const isOfCreate = link.plan?.steps.some((step) => step.side === 'siebel' && step.do === 'create') === true;
  if (!isOfCreate || link.seen.exchange.state === 'absent') return [];
  const begun = { siebel: item, exchange: link.seen.exchange.item };
  link.row.begun = begun;
  return [{ id: link.row.id, inOutlook: false, ref: link.row.ref, begun }];
}

function siebelUpdate({ turn, sighting }: There): UpdateRequest {
  const actor =
    turn.links.find((link) => link.plan?.steps.some((step) => step.side === 'siebel')) ?? turn.links[0];
  return {
    holder: actor?.person.holder ?? null,
    ref: sighting.ref,
    version: sighting.version,
    fields: [...turn.write.fields],
    item: turn.item ?? sighting.item,
    before: sighting.item,
    mark: null,
    kind: turn.kind,
    list: { add: turn.write.add, drop: turn.write.drop },
  };
}

function siebelRemoval({ turn, sighting: { ref, version } }: There): RemoveRequest {
  const holder = turn.links[0]?.person.holder ?? null;
  return { domain: domainOfKind[turn.kind], holder, ref, version, how: 'delete' };
}

function takeAnswers(
  asked: readonly Readonly<{ turn: RecordTurn }>[],
  answers: readonly WriteAnswer[],
): void {
  for (const [index, { turn }] of asked.entries()) turn.answer = answers[index] ?? null;
}

/** What Siebel keeps differently: told anew for what was written, as it was for the rest. */
function notesAfter(
  { write }: RecordTurn,
  before: readonly FieldNote[],
  given: readonly FieldNote[],
): readonly FieldNote[] {
  const told = new Set(given.map(({ field }) => field));
  const kept = before.filter(({ field }) => !write.fields.has(field) && !told.has(field));
  return write.create === null ? [...kept, ...given] : given;
}

/** Gives every Link its share of what Siebel answered and settles it as far as that goes. */
function takeSiebelAnswer(turn: RecordTurn, given: WriteAnswer): void {
  const before = siebelSighting(turn)?.item ?? null;
  if (given.outcome === 'done') {
    turn.siebel = given.now ? { look: 'found', sighting: given.now } : { look: 'missing', why: 'deleted' };
    if (given.now) turn.kind = given.now.kind;
  }
  for (const link of turn.links) {
    if (!link.plan) continue;
    const steps = link.plan.steps.filter((step) => step.side === 'siebel');
    if (given.outcome === 'done') {
      for (const step of steps) link.did.push(didOf(step, { before, after: given.now?.item ?? null }));
      if (steps.length > 0) link.notes = notesAfter(turn, link.notes, given.notes);
    } else if (steps[0] || isJoining(turn, link))
      link.end = endOf(given, { side: 'siebel', step: steps[0] ?? null });
    if (steps.length > 0)
      settleLink(
        link,
        link.plan.steps.map((step) =>
          step.side === 'siebel' ? outcomeOf({ turn, link: null }, step, given) : null,
        ),
      );
  }
}

/** The person was to be put on the record's Sync List: as long as they are not, a first contact is not over. */
function isJoining(turn: RecordTurn, { row }: LinkTurn): boolean {
  return turn.write.add.some((holder) => holder.personId === row.person_id);
}
