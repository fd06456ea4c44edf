import type { FieldName, FieldNote } from '../../core/step.ts';
import type { Ref } from '../../core/snapshot.ts';
import type { Failure, UpdateRequest, WriteAnswer } from '../connector.ts';
import type { Login } from '../directory.ts';
import {
  accountPlanOf,
  accountsFor,
  hasOtherAccounts,
  type AccountAnswer,
  type AccountPlan,
} from './account.ts';
import { writeBatch, type BatchAnswer, type Draft, type SentChild } from './batch.ts';
import { addressWrites, type AddressWrites } from './contact-address.ts';
import { modIdOf, siebelFromContact } from './contact.ts';
import { columnOf } from './contact-map.ts';
import { accountNotes } from './create.ts';
import type { Entry } from './entry.ts';
import { finish } from './finish.ts';
import { contactFieldsIn, contactIn, isContactField } from './names.ts';
import { outcomeOf, notReached } from './outcome.ts';
import { readRows } from './read.ts';
import { isRowId } from './search-spec.ts';
import { actingUser, rowIdOf, type Siebel } from './siebel.ts';
import type { Listed } from './sightings.ts';
import { listNameOf, memberChild } from './team.ts';
import type { Row } from './wire.ts';
import { answerOf, droppedNotes } from './write-notes.ts';

type Planned = Readonly<{
  request: UpdateRequest;
  id: string;
  asUser: Login | null;
  draft: Draft;
  drops: Entry['drops'];
  notes: readonly FieldNote[];
}>;

/**
 * Changed fields, addresses, accounts and lists of many records: a hundred to a request, then one read of all of them.
 * Siebel keeps no version it would compare (unless a customer gave the component a Modification Key): the engine reads
 * right before, only changed fields are sent, and what stands afterwards is read back.
 */
export async function update(
  siebel: Siebel,
  requests: readonly UpdateRequest[],
): Promise<readonly WriteAnswer[]> {
  const answers = new Map<UpdateRequest, WriteAnswer>();
  await Promise.all(
    (['Contact', 'Employee'] as const).map(async (component) => {
      const mine = requests.filter(({ ref }) => ref.startsWith(`${component}/`) && isRowId(rowIdOf({ ref })));
      if (mine.length > 0) await updateAll(siebel, component, { requests: mine, answers });
    }),
  );
  return requests.map((request) => answers.get(request) ?? { outcome: 'gone' });
}

type Batch = Readonly<{ requests: readonly UpdateRequest[]; answers: Map<UpdateRequest, WriteAnswer> }>;

async function updateAll(siebel: Siebel, component: Listed, { requests, answers }: Batch): Promise<void> {
  const planned = await planAll(siebel, component, requests);
  const ready: Planned[] = [];
  for (const [index, request] of requests.entries()) {
    const plan = planned[index];
    if (plan !== undefined && 'draft' in plan) ready.push(plan);
    else if (plan !== undefined) answers.set(request, plan);
  }
  const written = await writeAll(siebel, component, ready);
  const stored = ready.filter((plan) => written.get(plan)?.answer === 'stored');
  const finished = await finish(
    siebel,
    component,
    stored.map((plan) => entryOf(plan, written.get(plan))),
  );
  for (const [index, plan] of stored.entries()) {
    const one = finished[index];
    const answer = written.get(plan);
    const dropped = answer?.answer === 'stored' ? droppedNotes(plan.draft, answer.dropped, siebel.map) : [];
    const notes = [...plan.notes, ...dropped];
    if (one !== undefined) answers.set(plan.request, answerOf(siebel, component, { finished: one, notes }));
  }
  await answerRefused(siebel, component, { ready, written, answers });
}

type WrittenPlans = ReadonlyMap<Planned, BatchAnswer>;

/** A record with nothing of its own to send is not written at all; its list changes follow. */
async function writeAll(siebel: Siebel, component: Listed, ready: readonly Planned[]): Promise<WrittenPlans> {
  const answers = new Map<Planned, BatchAnswer>();
  const groups = Map.groupBy(
    ready.filter(({ draft }) => isWorthSending(draft)),
    ({ asUser }) => asUser,
  );
  await Promise.all(
    [...groups].map(async ([asUser, group]) => {
      const target = { component, method: 'PUT', asUser } as const;
      const written = await writeBatch(
        siebel,
        target,
        group.map(({ draft }) => draft),
      );
      for (const [index, plan] of group.entries()) {
        const answer = written[index];
        if (answer !== undefined) answers.set(plan, answer);
      }
    }),
  );
  for (const plan of ready) {
    const nothing = { answer: 'stored', id: plan.id, hasChildren: true, dropped: [] } as const;
    if (!answers.has(plan)) answers.set(plan, nothing);
  }
  return answers;
}

/** An insert instead of an update is refused for its missing fields: then the record is gone, and not to blame. */
async function answerRefused(
  siebel: Siebel,
  component: Listed,
  {
    ready,
    written,
    answers,
  }: Readonly<{ ready: readonly Planned[]; written: WrittenPlans; answers: Batch['answers'] }>,
): Promise<void> {
  const refused = ready.flatMap((plan) => {
    const answer = written.get(plan);
    return answer?.answer === 'trouble' ? [{ plan, trouble: answer.trouble }] : [];
  });
  const doubtful = refused.filter(({ trouble }) => trouble.trouble === 'badValue').map(({ plan }) => plan.id);
  const rows = doubtful.length === 0 ? new Map<string, Row>() : await readRows(siebel, component, doubtful);
  for (const { plan, trouble } of refused) {
    const isGone = trouble.trouble === 'badValue' && !rows.has(plan.id);
    answers.set(plan.request, isGone ? { outcome: 'gone' } : outcomeOf(trouble, siebel.map));
  }
}

function entryOf(plan: Planned, answer: BatchAnswer | undefined): Entry {
  const { id, asUser, draft, drops } = plan;
  return {
    id,
    asUser,
    children: draft.children,
    drops,
    hasChildren: answer?.answer === 'stored' && answer.hasChildren,
  };
}

function isWorthSending({ values, children }: Draft): boolean {
  return children.length > 0 || Object.keys(values).some((name) => name !== 'Id' && name !== 'Mod Id');
}

async function planAll(
  siebel: Siebel,
  component: Listed,
  requests: readonly UpdateRequest[],
): Promise<readonly (Planned | WriteAnswer)[]> {
  if (component === 'Employee') return requests.map((request) => planEmployee(siebel, request));
  const rows = await rowsNeeded(siebel, requests);
  const plans = await Promise.all(
    requests.map((request) => accountChange(siebel, request, rows.get(request.ref))),
  );
  const wishes = plans.flatMap((plan) => ('account' in plan && plan.account === 'set' ? [plan.wish] : []));
  const found = new Map((await accountsFor(siebel, wishes)).map((answer, index) => [wishes[index], answer]));
  return requests.map((request, index) => {
    const row = rows.get(request.ref);
    const plan = plans[index];
    if (plan === undefined || row === null) return { outcome: 'gone' };
    if (row !== undefined && 'kind' in row) return notReached(row);
    if ('kind' in plan) return notReached(plan);
    const account = plan.account === 'set' ? (found.get(plan.wish) ?? null) : null;
    if (account?.answer === 'failed') return notReached(account.failure);
    return planContact(siebel, request, { row: row ?? null, plan, account });
  });
}

type RowsNeeded = ReadonlyMap<Ref, Row | Failure | null>;

/** The rows of requests that write children or accounts: at hand from the engine's own read, else read now, all at once. */
async function rowsNeeded(siebel: Siebel, requests: readonly UpdateRequest[]): Promise<RowsNeeded> {
  const rows = new Map<Ref, Row | Failure | null>();
  const needy = requests.filter(({ fields }) => fields.some((field) => isOutsideRow(siebel, field)));
  for (const { ref, version } of needy) rows.set(ref, siebel.recent.recordOf(ref, version));
  const unknown = needy.filter(({ ref }) => rows.get(ref) === null).map(({ ref }) => ref);
  const read =
    unknown.length === 0
      ? new Map<string, Row>()
      : await readRows(
          siebel,
          'Contact',
          unknown.map((ref) => rowIdOf({ ref })),
        );
  for (const ref of unknown) rows.set(ref, read.get(rowIdOf({ ref })) ?? null);
  return rows;
}

function isOutsideRow(siebel: Siebel, field: FieldName): boolean {
  if (!isContactField(field)) return false;
  const { at } = columnOf(siebel.map, field);
  return at === 'address' || at === 'account';
}

/** Another account that stepped into the place of a cleared one would appear in Outlook as a company nobody typed. */
async function accountChange(
  siebel: Siebel,
  request: UpdateRequest,
  row: Row | Failure | null | undefined,
): Promise<AccountPlan | Failure> {
  const { holder } = request;
  const fields = contactFieldsIn(request.fields);
  const item = contactIn(request.item);
  if (row === undefined || row === null) return { account: 'keep' };
  if ('kind' in row) return row;
  const plan = accountPlanOf({ fields, item, row, asUser: actingUser(siebel, holder) }, siebel.policy);
  if (plan.account !== 'clear') return plan;
  const others = await hasOtherAccounts(siebel, row.id);
  if (typeof others !== 'boolean') return others;
  if (!others) return plan;
  const reason =
    'The contact has further accounts in Siebel, one of which would take its place; remove it there.';
  return { account: 'note', note: { field: 'company', what: 'refused', reason } };
}

function planContact(
  siebel: Siebel,
  request: UpdateRequest,
  { row, plan, account }: Readonly<{ row: Row | null; plan: AccountPlan; account: AccountAnswer | null }>,
): Planned {
  const { version, holder } = request;
  const fields = contactFieldsIn(request.fields);
  const item = contactIn(request.item);
  const id = rowIdOf(request);
  const own = siebelFromContact(fields, item, siebel.map);
  const addresses: AddressWrites = addressWrites(fields, { item, row }, siebel.map);
  const modId = siebel.settings.modificationKey ? modIdOf(version) : null;
  const accountValues: Record<string, string> =
    plan.account === 'clear'
      ? { 'Account Id': '' }
      : account?.answer === 'account'
        ? { 'Account Id': account.id }
        : {};
  const values = { Id: id, ...(modId === null ? {} : { 'Mod Id': modId }), ...own.values, ...accountValues };
  const notes = [...own.notes, ...addresses.notes, ...(plan.account === 'note' ? [plan.note] : [])];
  return {
    request,
    id,
    asUser: actingUser(siebel, holder),
    draft: { values, children: [...members(siebel, 'Contact', request), ...addresses.children] },
    drops: [...listDrops(siebel, 'Contact', request), ...addresses.drops],
    notes: [...notes, ...accountNotes(account, item.office)],
  };
}

/** Of an employee only the list is ours to write; everything else is Siebel's own. */
function planEmployee(siebel: Siebel, request: UpdateRequest): Planned {
  const reason =
    'Employees are kept in Siebel alone; what Outlook says is put right at the next change there.';
  return {
    request,
    id: rowIdOf(request),
    asUser: actingUser(siebel, request.holder),
    draft: { values: { Id: rowIdOf(request) }, children: members(siebel, 'Employee', request) },
    drops: listDrops(siebel, 'Employee', request),
    notes: request.fields.map((field) => ({ field, what: 'refused', reason })),
  };
}

function members(siebel: Siebel, component: Listed, { list }: UpdateRequest): readonly SentChild[] {
  return list.add.flatMap((holder) => memberChild(siebel, component, holder) ?? []);
}

function listDrops(siebel: Siebel, component: Listed, { list }: UpdateRequest): Entry['drops'] {
  const name = listNameOf(siebel, component);
  return name === null ? [] : list.drop.map(({ employeeId }) => ({ name, childId: employeeId }));
}
