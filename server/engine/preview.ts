import type { ItemKind } from '../../shared/item.ts';
import { sentenceOf } from '../../shared/telling.ts';
import type { Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { Domain, Side } from '../../shared/domain.ts';
import type { Ref } from '../core/snapshot.ts';
import type { Cue } from '../store/cues.ts';
import { cursorsOf } from '../store/cursors.ts';
import { recordsByRef } from '../store/lists.ts';
import { heldRefs, linksByRef } from '../store/mailbox-links.ts';
import type { NewLink } from '../store/open-links.ts';
import { listPeople, personByMailbox } from '../store/people.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { begin } from './begin.ts';
import { beginActivities } from './begin-activities.ts';
import { knownFeeds } from './mailbox-feeds.ts';
import { isShort, sumOf, takeCensus, type CensusNews } from './census.ts';
import { censusLists, wholeList } from './lists.ts';
import { decideSiebel } from './decide.ts';
import { createMemo, type Engine } from './engine.ts';
import { freshItems } from './fresh-items.ts';
import { nameOf } from './journal.ts';
import { loadTurns } from './load-turns.ts';
import { lookAtBoth } from './look.ts';
import { domainsOf, personOf, policyNow, type Person } from './people.ts';
import { setUpPeople } from './set-up.ts';

/** One thing a sync would do now. `adopt`: link what stands on both sides; `ask`: a person would be asked. */
type PlannedStep = Readonly<{
  do: 'create' | 'update' | 'remove' | 'adopt' | 'ask';
  side: Side | null;
  kind: ItemKind;
  item: string;
  fields: readonly string[];
  /** How many guests Exchange would mail because of it. */
  mails: number;
  why: string;
}>;

export type PersonPlan = Readonly<{ person: string; steps: readonly PlannedStep[]; trouble: string | null }>;

const everybody = 100_000;

/** What a sync would write now, for one mailbox or for everybody, without writing anything to either side. */
export async function planFor(context: Context, mailbox: string | null): Promise<readonly PersonPlan[]> {
  const engine: Engine = { ...context, memo: createMemo(context.clock.now) };
  const policy = await policyNow(engine);
  const one = mailbox === null ? null : await personByMailbox(context.db, mailbox);
  const rows =
    mailbox === null
      ? (await listPeople(context.db, { after: null, limit: everybody })).items
      : one
        ? [one]
        : [];
  const plans: PersonPlan[] = [];
  for (const row of rows.filter((person) => person.enabled))
    plans.push(await planOf(engine, personOf(engine, row, policy)));
  return plans;
}

async function planOf(engine: Engine, stranger: Person): Promise<PersonPlan> {
  const quiet = { ...engine, settings: { ...engine.settings, webhookUrl: null } };
  const readiness = (await setUpPeople(quiet, [stranger])).get(stranger.row.id);
  if (!readiness?.person)
    return troubled(stranger.row, readiness?.failure.reason ?? 'The person could not be looked up.');
  const { person } = readiness;
  const steps: PlannedStep[] = [];
  for (const domain of domainsOf(person)) {
    const planned = await stepsOf(engine, person, domain);
    if ('trouble' in planned) return troubled(person.row, planned.trouble);
    steps.push(...planned.steps);
  }
  return { person: person.row.mailbox, steps, trouble: null };
}

async function stepsOf(
  engine: Engine,
  person: Person,
  domain: Domain,
): Promise<{ steps: readonly PlannedStep[] } | { trouble: string }> {
  const changes = await changesOf(engine, person, domain);
  if ('trouble' in changes) return changes;
  const lists = await listsOf(engine, person, domain);
  if ('trouble' in lists) return lists;
  const refs = changes.refs.map(({ ref }) => ref);
  const linked = await linksByRef(engine.db, person.row.id, refs);
  const known = new Set(linked.map((link) => link.ref));
  const begun = await beginningOf(engine, {
    person,
    domain,
    rows: changes.refs.filter(({ ref }) => !known.has(ref)),
    joined: lists.joined,
  });
  if ('trouble' in begun) return begun;
  const recordIds = [...linked.map((link) => link.record_id), ...lists.changed, ...lists.left];
  const changed = await turnsOf(engine, person, recordIds);
  return { steps: [...begun.steps, ...changed] };
}

type Start = Readonly<{ person: Person; domain: Domain; rows: Changes['refs']; joined: readonly Sighting[] }>;

/** What a first contact would come to: links, new records, questions. */
async function beginningOf(
  engine: Engine,
  { person, domain, rows, joined }: Start,
): Promise<{ steps: readonly PlannedStep[] } | { trouble: string }> {
  const isFirstLoad = isUnloaded(person, domain);
  const fresh = await freshItems(engine, { person, domain, rows, isFirstLoad });
  if ('failure' in fresh) return { trouble: fresh.failure.reason };
  const start = domain === 'contact' ? begin : beginActivities;
  const beginning = await start(engine, {
    person,
    domain,
    outlook: fresh.items,
    siebel: joined,
    isFirstLoad,
    occasion: 'outlook',
    wished: new Set<Ref>(),
  });
  if ('failed' in beginning) return { trouble: beginning.failed };
  const names = new Map([...fresh.items, ...joined].map(({ ref, item }) => [ref, nameOf(item)]));
  const opened = beginning.links.map((link) => startOf(link, names));
  const asked = beginning.questions.map((question): PlannedStep => {
    const why = 'It may be a contact Siebel has already.';
    return { do: 'ask', side: null, kind: 'business', item: question.label, fields: [], mails: 0, why };
  });
  return { steps: [...opened, ...asked] };
}

function startOf({ siebel, exchange, kind }: NewLink, names: ReadonlyMap<Ref, string>): PlannedStep {
  const one = exchange ?? siebel;
  const item = (one && names.get(one.ref)) ?? 'an item';
  if (siebel && exchange)
    return { do: 'adopt', side: null, kind, item, fields: [], mails: 0, why: 'It stands on both sides.' };
  const side = siebel === null ? 'siebel' : 'exchange';
  // What is opened here invites nobody: a first load is silent, and what joins is looked at again by its turn.
  return { do: 'create', side, kind, item, fields: [], mails: 0, why: 'It stands on one side only.' };
}

function isUnloaded({ row }: Person, domain: Domain): boolean {
  return row.loaded[domain] === undefined;
}

function troubled(row: PersonRow, trouble: string): PersonPlan {
  return { person: row.mailbox, steps: [], trouble };
}

type Changes = Readonly<{ refs: readonly Parameters<typeof freshItems>[1]['rows'][number][] }>;

async function changesOf(
  engine: Engine,
  person: Person,
  domain: Domain,
): Promise<Changes | { trouble: string }> {
  const cursors = await cursorsOf(engine.db, [person.row.id]);
  const known = knownFeeds(cursors.filter((cursor) => cursor.domain === domain));
  const feeds = known.length > 0 ? known : await firstFeeds(engine, person, domain);
  if ('trouble' in feeds) return feeds;
  const answers = await engine.exchange.changes(
    feeds.map((feed) => ({ domain, holder: person.holder, ...feed })),
  );
  const failed = answers.find((answer) => answer.answer === 'failed');
  if (failed?.answer === 'failed') return { trouble: failed.failure.reason };
  const rows = answers.flatMap((answer) => (answer.answer === 'changes' ? answer.rows : []));
  return { refs: rows.flatMap((row) => (row.change === 'seen' ? [row] : [])) };
}

async function firstFeeds(
  engine: Engine,
  person: Person,
  domain: Domain,
): Promise<{ feed: string; cursor: null }[] | { trouble: string }> {
  const feeds = await engine.exchange.feeds(person.holder, domain, []);
  return 'kind' in feeds ? { trouble: feeds.reason } : feeds.map((feed) => ({ feed, cursor: null }));
}

type Lists = Readonly<{ joined: readonly Sighting[]; changed: readonly string[]; left: readonly string[] }>;

async function listsOf(engine: Engine, person: Person, domain: Domain): Promise<Lists | { trouble: string }> {
  if (isUnloaded(person, domain)) {
    const list = await wholeList(engine, person, [domain]);
    if ('kind' in list) return { trouble: list.reason };
    const held = await heldRefs(
      engine.db,
      person.row.id,
      list.sightings.map(({ ref }) => ref),
    );
    return { joined: list.sightings.filter(({ ref }) => !held.has(ref)), changed: [], left: [] };
  }
  const readers = new Map([[domain, { all: [person], due: [person] }]]);
  const lists: CensusNews[] = [];
  for (const kinds of censusLists[domain]) {
    const order = { kinds, readers, turn: 0 };
    const list = await takeCensus(engine, order, await isShort(engine, order));
    if ('kind' in list) return { trouble: list.reason };
    lists.push(list);
  }
  const news = sumOf(lists);
  const records = await recordsByRef(
    engine.db,
    news.changed.map(({ ref }) => ref),
  );
  return {
    joined: news.joined.map(({ sighting }) => sighting),
    changed: news.changed.flatMap(({ ref }) => records.get(ref)?.id ?? []),
    left: news.left.map((one) => one.record_id),
  };
}

/** Looks and decides as a turn does, and stops there. */
async function turnsOf(
  engine: Engine,
  person: Person,
  recordIds: readonly string[],
): Promise<readonly PlannedStep[]> {
  const cues = [...new Set(recordIds)].map((recordId) => previewCue(recordId));
  const turns = await loadTurns(engine, cues);
  for (const link of turns.flatMap((turn) => turn.links))
    if (link.row.ref !== null && link.person.row.id === person.row.id)
      Object.assign(link.row, { needs_look: true });
  await lookAtBoth(engine, turns);
  return turns.flatMap((turn) => {
    decideSiebel(turn);
    return turn.links
      .filter((link) => link.person.row.id === person.row.id)
      .flatMap((link) =>
        (link.plan?.steps ?? []).map((step): PlannedStep => {
          const seen = link.seen.exchange.state === 'present' ? link.seen.exchange : link.seen.siebel;
          const item = seen.state === 'present' ? nameOf(seen.item) : 'an item';
          return {
            do: step.do,
            side: step.side,
            kind: turn.kind,
            item,
            fields: step.do === 'update' ? step.fields : [],
            mails: step.notifies.length,
            why: sentenceOf(link.plan?.reasons ?? []),
          };
        }),
      );
  });
}

function previewCue(recordId: string): Cue {
  return {
    key: `turn:${recordId}`,
    kind: 'turn',
    person_id: null,
    record_id: recordId,
    bucket: 0,
    due_at: null,
    lease_until: null,
    fence: '0',
    dirty: '0',
    done: '0',
    failures: 0,
    cause: 'request',
    asked_at: null,
    parked_reason: null,
  };
}
