import { unreachable } from '../../shared/domain.ts';
import type {
  CreateRequest,
  RemoveRequest,
  Sighting,
  UpdateRequest,
  WriteAnswer,
} from '../connectors/connector.ts';
import type { Present } from '../core/snapshot.ts';
import type { Outcome, Step } from '../core/step.ts';
import { settle } from '../core/settle.ts';
import { stampFrom } from '../holder.ts';
import { startCreates, type BegunLink } from '../store/save-turns.ts';
import type { Engine } from './engine.ts';
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
  const at = engine.clock.now().toString();
  const links = creates.flatMap(({ turn, create }) =>
    turn.links.flatMap((link) => begunInSiebel(link, create)),
  );
  await startCreates(engine.db, { recordIds: creates.map(({ turn }) => turn.record.id), links, at });
  // The rows in memory say so too: keeping them must not take it back while the answer is out.
  for (const { turn } of creates) turn.record.create_started_at = at;
  const requests = creates.map(({ turn, create }): CreateRequest => {
    const kind = create.item.isPrivate ? 'personal' : 'business';
    return { holder: create.holder, stamp: stampFrom(turn.record.stamp), kind, item: create.item };
  });
  takeAnswers(creates, await engine.siebel.create(requests));
}

/** Remembers, in the row in memory too, what both sides hold once the record is made. */
function begunInSiebel(link: LinkTurn, { item }: Creating['create']): BegunLink[] {
  const isOfCreate = link.plan?.steps.some((step) => step.side === 'siebel' && step.do === 'create') === true;
  if (!isOfCreate || link.seen.exchange.state === 'absent') return [];
  link.row.begun = { siebel: item, exchange: link.seen.exchange.item };
  return [{ id: link.row.id, inOutlook: false, begun: link.row.begun }];
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
  return { holder: turn.links[0]?.person.holder ?? null, ref, version, how: 'delete' };
}

function takeAnswers(
  asked: readonly Readonly<{ turn: RecordTurn }>[],
  answers: readonly WriteAnswer[],
): void {
  for (const [index, { turn }] of asked.entries()) turn.answer = answers[index] ?? null;
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
      if (steps.length > 0) link.notes = given.notes;
    } else if (steps[0] || isJoining(turn, link)) link.end = endOf(given, steps[0] ?? null);
    if (steps.length > 0)
      settleLink(
        link,
        link.plan.steps.map((step) => (step.side === 'siebel' ? outcomeOf(step, given) : null)),
      );
  }
}

/** The person was to be put on the record's Sync List: as long as they are not, a first contact is not over. */
function isJoining(turn: RecordTurn, { row }: LinkTurn): boolean {
  return turn.write.add.some((holder) => holder.personId === row.person_id);
}

/** Writes what the Links want of their Outlook copies, over all mailboxes of the herd at once. */
export async function carryOutExchange(engine: Engine, links: readonly LinkTurn[]): Promise<void> {
  const work = links.flatMap((link) =>
    (link.plan?.steps ?? []).flatMap((step) => (step.side === 'exchange' ? [{ link, step }] : [])),
  );
  const creates = work.filter(({ step }) => step.do === 'create');
  const updates = work.filter(({ step }) => step.do === 'update');
  const removals = work.filter(({ step }) => step.do === 'remove');
  const marks = links.filter((link) => markOf(link) !== null && !work.some((one) => one.link === link));
  if (creates.length > 0) {
    const at = engine.clock.now().toString();
    const begun = creates.flatMap(({ link, step }) => begunInOutlook(link, step));
    await startCreates(engine.db, { recordIds: [], links: begun, at });
    for (const { link } of creates) link.row.create_started_at = at;
  }
  const [created, updated, marked, removed] = await Promise.all([
    engine.exchange.create(creates.map(({ link, step }) => exchangeCreate(link, step))),
    engine.exchange.update(updates.map(({ link, step }) => exchangeUpdate(link, step))),
    engine.exchange.update(marks.map(exchangeMark)),
    engine.exchange.remove(
      removals.map(({ link, step }) => {
        if (step.do !== 'remove') throw new Error('A removal is expected here.');
        return { holder: link.person.holder, ref: step.ref, version: step.version, how: step.how };
      }),
    ),
  ]);
  for (const [index, { link }] of creates.entries()) takeExchangeAnswer(link, created[index]);
  for (const [index, { link }] of updates.entries()) takeExchangeAnswer(link, updated[index]);
  for (const [index, { link }] of removals.entries()) takeExchangeAnswer(link, removed[index]);
  for (const [index, link] of marks.entries()) takeMark(link, marked[index]);
  for (const link of links)
    if (!work.some((one) => one.link === link)) settleLink(link, link.plan?.steps.map(() => null) ?? []);
}

function begunInOutlook(link: LinkTurn, step: Step): BegunLink[] {
  if (step.do !== 'create' || link.seen.siebel.state === 'absent') return [];
  link.row.begun = { siebel: link.seen.siebel.item, exchange: step.item };
  return [{ id: link.row.id, inOutlook: true, begun: link.row.begun }];
}

function exchangeCreate(link: LinkTurn, step: Step): CreateRequest {
  if (step.do !== 'create') throw new Error('A create is expected here.');
  const kind = link.kindOfRecord;
  return { holder: link.person.holder, stamp: stampFrom(link.row.id), kind, item: step.item };
}

function exchangeUpdate(link: LinkTurn, step: Step): UpdateRequest {
  if (step.do !== 'update') throw new Error('An update is expected here.');
  const { ref, version, fields, item, before } = step;
  return {
    holder: link.person.holder,
    ref,
    version,
    fields,
    item,
    before,
    mark: markOf(link),
    kind: link.kindOfRecord,
    list: { add: [], drop: [] },
  };
}

function exchangeMark(link: LinkTurn): UpdateRequest {
  const sighting = link.look?.look === 'found' ? link.look.sighting : null;
  if (!sighting) throw new Error('Only an item that was just read can be marked.');
  const { ref, version, item } = sighting;
  const list = { add: [], drop: [] };
  return {
    holder: link.person.holder,
    ref,
    version,
    fields: [],
    item,
    before: item,
    mark: markOf(link),
    kind: link.kindOfRecord,
    list,
  };
}

/** Whether the copy needs its category put on or taken off: what a person pressed, or a first contact without it. */
function markOf(link: LinkTurn): boolean | null {
  if (link.look?.look !== 'found') return null;
  const { isMarked } = link.look.sighting;
  if (link.row.wish === 'unmark') return isMarked ? false : null;
  if (isMarked || link.seen.exchange.state === 'absent' || link.seen.siebel.state === 'absent') return null;
  return link.before.exchange.state === 'absent' || link.row.wish === 'mark' ? true : null;
}

function takeExchangeAnswer(link: LinkTurn, given: WriteAnswer | undefined): void {
  if (!given || !link.plan) throw new Error('The Exchange connector left a question without an answer.');
  const answered = link.plan.steps.find((step) => step.side === 'exchange');
  if (!answered) return;
  if (given.outcome === 'done') {
    const before = link.seen.exchange.state === 'present' ? link.seen.exchange.item : null;
    link.did.push(didOf(answered, { before, after: given.now?.item ?? null }));
    if (given.now) link.look = { look: 'found', sighting: given.now };
    link.notes = [
      ...link.notes.filter((note) => !given.notes.some((other) => other.field === note.field)),
      ...given.notes,
    ];
  } else link.end = endOf(given, answered);
  settleLink(
    link,
    link.plan.steps.map((step) => (step === answered ? outcomeOf(step, given) : null)),
  );
}

function takeMark(link: LinkTurn, given: WriteAnswer | undefined): void {
  if (!given) throw new Error('The Exchange connector left a question without an answer.');
  if (given.outcome !== 'done') {
    link.end = endOf(given, null);
    return;
  }
  link.did.push({
    side: 'exchange',
    step: markOf(link) ? 'mark' : 'unmark',
    fields: [],
    before: null,
    after: null,
  });
  if (given.now) link.look = { look: 'found', sighting: given.now };
  if (given.now && link.base.exchange.state === 'present') {
    link.base = { ...link.base, exchange: { ...link.base.exchange, version: given.now.version } };
  }
}

/** Settles a Link with what became of its steps; `null` stands for a step that was not tried in this pass. */
function settleLink(link: LinkTurn, outcomes: readonly (Outcome | null)[]): void {
  if (!link.plan) return;
  const settled = settle({ base: link.base, seen: link.seen, plan: link.plan, outcomes });
  link.base = settled.base;
  link.isWhole = settled.isWhole.exchange;
  link.lost.push(...settled.lost);
  link.conflicts = link.plan.conflicts;
  if (settled.needsLook && link.end.end === 'settled') link.end = { end: 'again' };
}

function didOf(
  step: Step,
  items: { before: Present['item'] | null; after: Present['item'] | null },
): LinkTurn['did'][number] {
  const fields = step.do === 'update' ? step.fields : [];
  return { side: step.side, step: step.do === 'remove' ? `remove (${step.how})` : step.do, fields, ...items };
}

function outcomeOf(step: Step, given: WriteAnswer): Outcome {
  if (given.outcome !== 'done') return given;
  const now = step.do === 'remove' || !given.now ? null : presentOf(given.now);
  return { outcome: 'done', now, notes: given.notes };
}

function presentOf({ ref, version, item }: Sighting): Present {
  return { state: 'present', ref, version, item };
}

/** A removal that finds nothing left to remove has come to its end: an earlier try took the item and died before it told. */
export function endOf(given: Exclude<WriteAnswer, { outcome: 'done' }>, step: Step | null): LinkTurn['end'] {
  switch (given.outcome) {
    case 'stale':
      return { end: 'again' };
    case 'gone':
      return step?.do === 'remove' ? { end: 'settled' } : { end: 'again' };
    case 'refused':
      return { end: 'parked', reason: given.reason };
    case 'unreachable':
      return {
        end: 'later',
        reason: given.reason,
        afterMs: given.afterMs,
        reach: given.reach,
      };
  }
  return unreachable(given);
}
