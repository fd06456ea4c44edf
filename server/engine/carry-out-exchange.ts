import type { CreateRequest, RemoveRequest, UpdateRequest, WriteAnswer } from '../connectors/connector.ts';
import { fieldsInOutlook, withCategoryOfType } from '../core/activity-type.ts';
import type { Item } from '../core/snapshot.ts';
import type { FieldName, Step } from '../core/step.ts';
import { stampFrom } from '../holder.ts';
import { startCreates, type BegunLink } from '../store/save-turns.ts';
import type { Engine } from './engine.ts';
import { didOf, endOf, outcomeOf, settleLink } from './outcome.ts';
import { createOnce } from './create-once.ts';
import type { LinkTurn, RecordTurn } from './turn-state.ts';

/** A Link with the record it belongs to. */
export type Holding = Readonly<{ turn: RecordTurn; link: LinkTurn }>;
type Work = Holding & Readonly<{ step: Step }>;

/** Writes what the Links want of their Outlook copies, over all mailboxes of the herd at once. */
export async function carryOutExchange(engine: Engine, holdings: readonly Holding[]): Promise<void> {
  const work = holdings.flatMap(({ turn, link }) =>
    (link.plan?.steps ?? []).flatMap((step) => (step.side === 'exchange' ? [{ turn, link, step }] : [])),
  );
  const busy = new Set(work.map(({ link }) => link));
  const creates = work.filter(({ step }) => step.do === 'create');
  const updates = work.filter(({ step }) => step.do === 'update');
  const removals = work.filter(({ step }) => step.do === 'remove');
  const marks = holdings.map(({ link }) => link).filter((link) => markOf(link) !== null && !busy.has(link));
  const [created, updated, marked, removed] = await Promise.all([
    createInOutlook(engine, creates),
    engine.exchange.update(updates.map(exchangeUpdate)),
    engine.exchange.update(marks.map(exchangeMark)),
    engine.exchange.remove(removals.map(exchangeRemoval)),
  ]);
  for (const [index, one] of creates.entries()) takeExchangeAnswer(one, created[index]);
  for (const [index, one] of updates.entries()) takeExchangeAnswer(one, updated[index]);
  for (const [index, one] of removals.entries()) takeExchangeAnswer(one, removed[index]);
  for (const { link } of holdings)
    if (!busy.has(link)) settleLink(link, link.plan?.steps.map(() => null) ?? []);
  for (const [index, link] of marks.entries()) takeMark(link, marked[index]);
}

async function createInOutlook(engine: Engine, creates: readonly Work[]): Promise<readonly WriteAnswer[]> {
  const fencedAt = engine.clock.now();
  const begun = await begin(engine, creates);
  const requests = begun.map(exchangeCreate);
  const answers = await createOnce(engine, engine.exchange, { requests, fencedAt });
  return creates.map((one) => answers[begun.indexOf(one)] ?? { outcome: 'stale' });
}

/** Notes the creates as begun. Answers them without those whose Link a sweep has just given a copy its owner made. */
async function begin(engine: Engine, creates: readonly Work[]): Promise<readonly Work[]> {
  if (creates.length === 0) return [];
  const now = engine.clock.now().toString();
  const links = creates.flatMap(({ link, step }) => begunInOutlook(link, step));
  const noted = await startCreates(engine.db, { recordIds: [], links, at: now });
  const begun = creates.filter(({ link }) => noted.has(link.row.id));
  // A create that was begun before and may have gone through keeps its time: it is another try of the same.
  for (const { link } of begun) link.row.create_started_at ??= now;
  return begun;
}

function begunInOutlook(link: LinkTurn, step: Step): BegunLink[] {
  if (step.do !== 'create' || link.seen.siebel.state === 'absent') return [];
  const begun = { siebel: link.seen.siebel.item, exchange: step.item };
  link.row.begun = begun;
  return [{ id: link.row.id, inOutlook: true, ref: link.row.ref, begun }];
}

function exchangeCreate({ link, step }: Work): CreateRequest {
  if (step.do !== 'create') throw new Error('A create is expected here.');
  const kind = link.kindOfRecord;
  const { holder } = link.person;
  const begun = link.row.create_started_at;
  if (begun === null) throw new Error('A create is noted as begun before it is sent.');
  const transactionId = `${link.row.id} ${Temporal.Instant.from(begun).epochMilliseconds}`;
  const stamp = stampFrom(link.row.id);
  const item = inOutlook(link, step.item);
  return { holder, stamp, kind, item, ownerIfUnknown: null, transactionId };
}

/** Only where the policy says so do categories tell an activity's type. */
function inOutlook({ person }: LinkTurn, item: Item): Item {
  return person.policy.activityTypeFilter.enabled ? withCategoryOfType(item) : item;
}

function exchangeRemoval({ link, step }: Work): RemoveRequest {
  if (step.do !== 'remove') throw new Error('A removal is expected here.');
  const { ref, version, how } = step;
  return { domain: link.row.domain, holder: link.person.holder, ref, version, how };
}

function exchangeUpdate({ link, step }: Work): UpdateRequest {
  if (step.do !== 'update') throw new Error('An update is expected here.');
  const { ref, version, fields, item, before } = step;
  return {
    holder: link.person.holder,
    ref,
    version,
    fields: fieldsInOutlook(fields),
    item: inOutlook(link, item),
    before: inOutlook(link, before),
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

/**
 * Whether the copy needs its category put on or taken off: what a person pressed, or a first contact without it. Where the
 * policy asks for no category, what was in Outlook first keeps its looks.
 */
function markOf(link: LinkTurn): boolean | null {
  if (link.look?.look !== 'found') return null;
  const { isMarked } = link.look.sighting;
  if (link.row.wish === 'unmark') return isMarked ? false : null;
  if (isMarked || link.seen.exchange.state === 'absent' || link.seen.siebel.state === 'absent') return null;
  const { domain } = link.row;
  const isAsked = domain === 'contact' || link.person.policy.domains[domain].requireCategory;
  return (isAsked && link.before.exchange.state === 'absent') || link.row.wish === 'mark' ? true : null;
}

function takeExchangeAnswer({ turn, link, step }: Work, given: WriteAnswer | undefined): void {
  if (!given || !link.plan) throw new Error('The Exchange connector left a question without an answer.');
  if (given.outcome === 'done') {
    const before = link.seen.exchange.state === 'present' ? link.seen.exchange.item : null;
    link.did.push(didOf(step, { before, after: given.now?.item ?? null }));
    if (given.now) link.look = { look: 'found', sighting: given.now };
    // What was written is held now, unless the answer says otherwise.
    const told = new Set([...given.notes, ...writtenBy(step)].map(({ field }) => field));
    link.notes = [...link.notes.filter(({ field }) => !told.has(field)), ...given.notes];
  } else {
    link.end = endOf(given, { side: 'exchange', step });
    // What was refused is known not to be there; only doubtful creates are waited and looked for.
    if (given.outcome === 'refused' && step.do === 'create') link.row.create_started_at = null;
  }
  settleLink(
    link,
    link.plan.steps.map((one) => (one === step ? outcomeOf({ turn, link }, one, given) : null)),
  );
}

function writtenBy(step: Step): readonly Readonly<{ field: FieldName }>[] {
  return step.do === 'update' ? step.fields.map((field) => ({ field })) : [];
}

function takeMark(link: LinkTurn, given: WriteAnswer | undefined): void {
  if (!given) throw new Error('The Exchange connector left a question without an answer.');
  if (given.outcome !== 'done') {
    link.end = endOf(given, { side: 'exchange', step: null });
    // A Link that ends with its category taken off goes on until that is done; it is what it was before.
    if (link.plan?.link === 'closes') link.base = link.before;
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
