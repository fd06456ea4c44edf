import { contactFields, type Contact, type ContactField } from '../../../shared/contact.ts';
import { noteOf } from '../../core/note.ts';
import type { FieldNote } from '../../core/step.ts';
import type { CreateRequest, FindRequest, WriteAnswer } from '../connector.ts';
import type { Login } from '../directory.ts';
import { accountPlanOf, accountsFor, type AccountAnswer } from './account.ts';
import { writeBatch, type BatchAnswer, type Draft } from './batch.ts';
import { addressWrites } from './contact-address.ts';
import { fieldOf, siebelFromContact } from './contact.ts';
import { stampField, stampLength } from './contact-map.ts';
import { find } from './find.ts';
import { finish } from './finish.ts';
import { contactIn } from './names.ts';
import { outcomeOf, notReached } from './outcome.ts';
import { actingUser, rowIdOf, type Siebel } from './siebel.ts';
import { memberChild, positionChild, positionsOf } from './team.ts';
import { answerOf, droppedNotes } from './write-notes.ts';

type Planned = Readonly<{
  request: CreateRequest;
  asUser: Login | null;
  draft: Draft;
  notes: readonly FieldNote[];
}>;
type Position = ReadonlyMap<Login, string>;

/**
 * New contacts, a hundred to a request, with their accounts, addresses, list and team. When it is not known whether a
 * request was carried out, the stamps are looked up before anything is answered, so that no contact is made twice.
 */
export async function create(
  siebel: Siebel,
  requests: readonly CreateRequest[],
): Promise<readonly WriteAnswer[]> {
  if (requests.length === 0) return [];
  const positions = await positionsOf(
    siebel,
    requests.map(({ holder }) => holder),
  );
  if ('kind' in positions) return requests.map(() => notReached(positions));
  const planned = await planAll(siebel, requests, positions);
  const answers = new Map<CreateRequest, WriteAnswer>();
  const ready: Planned[] = [];
  for (const [index, request] of requests.entries()) {
    const plan = planned[index];
    if (plan !== undefined && 'draft' in plan) ready.push(plan);
    else if (plan !== undefined) answers.set(request, plan);
  }
  const groups = [...Map.groupBy(ready, ({ asUser }) => asUser)];
  await Promise.all(groups.map(([asUser, group]) => createGroup(siebel, { asUser, group, answers })));
  return requests.map((request) => answers.get(request) ?? { outcome: 'gone' });
}

type Group = Readonly<{
  asUser: Login | null;
  group: readonly Planned[];
  answers: Map<CreateRequest, WriteAnswer>;
}>;

async function createGroup(siebel: Siebel, { asUser, group, answers }: Group): Promise<void> {
  const target = { component: 'Contact', method: 'POST', asUser } as const;
  const written = await writeBatch(
    siebel,
    target,
    group.map(({ draft }) => draft),
  );
  const ids = await idsOf(siebel, group, written);
  const stored = group.flatMap((plan, index) => {
    const id = ids.get(plan);
    const answer = written[index];
    return id === undefined || answer === undefined ? [] : [{ plan, id, answer }];
  });
  const finished = await finish(
    siebel,
    'Contact',
    stored.map(({ plan, id, answer }) => ({
      id,
      asUser,
      children: plan.draft.children,
      drops: [],
      hasChildren: answer.answer === 'stored' && answer.hasChildren,
    })),
  );
  for (const [index, { plan, answer }] of stored.entries()) {
    const dropped = answer.answer === 'stored' ? droppedNotes(plan.draft, answer.dropped, siebel.map) : [];
    const one = finished[index];
    if (one === undefined) continue;
    answers.set(
      plan.request,
      answerOf(siebel, 'Contact', { finished: one, notes: [...plan.notes, ...dropped] }),
    );
  }
  for (const [index, plan] of group.entries()) {
    const answer = written[index];
    if (!ids.has(plan) && answer?.answer === 'trouble') {
      answers.set(plan.request, outcomeOf(answer.trouble, siebel.map));
    }
  }
}

/** The row ids of what was made; where the answer does not tell, by stamp. */
async function idsOf(
  siebel: Siebel,
  group: readonly Planned[],
  written: readonly BatchAnswer[],
): Promise<ReadonlyMap<Planned, string>> {
  const ids = new Map<Planned, string>();
  const uncertain: Planned[] = [];
  for (const [index, plan] of group.entries()) {
    const answer = written[index];
    if (answer?.answer === 'stored' && answer.id !== '') ids.set(plan, answer.id);
    else if (answer !== undefined && isUncertain(answer)) uncertain.push(plan);
  }
  const asked = uncertain.map(({ request }): FindRequest => ({
    by: 'stamp',
    domain: 'contact',
    holder: request.holder,
    stamp: request.stamp,
  }));
  const found = asked.length === 0 ? [] : await find(siebel, asked);
  for (const [index, plan] of uncertain.entries()) {
    const answer = found[index];
    const [sighting] = answer?.answer === 'found' ? answer.sightings : [];
    if (sighting !== undefined) ids.set(plan, rowIdOf(sighting));
  }
  return ids;
}

function isUncertain(answer: BatchAnswer): boolean {
  if (answer.answer === 'stored') return true;
  const { trouble } = answer;
  return trouble.trouble === 'duplicate' || (trouble.trouble === 'failure' && trouble.isUnknown);
}

async function planAll(
  siebel: Siebel,
  requests: readonly CreateRequest[],
  positions: Position,
): Promise<readonly (Planned | WriteAnswer)[]> {
  const accounts = requests.map(({ item: asked, holder }) => {
    const item = contactIn(asked);
    const asUser = actingUser(siebel, holder);
    return accountPlanOf({ fields: filledFields(siebel, item), item, row: null, asUser }, siebel.policy);
  });
  const wishes = accounts.flatMap((plan) => (plan.account === 'set' ? [plan.wish] : []));
  const found = new Map((await accountsFor(siebel, wishes)).map((answer, index) => [wishes[index], answer]));
  return requests.map((request, index) => {
    const plan = accounts[index];
    const account = plan?.account === 'set' ? (found.get(plan.wish) ?? null) : null;
    const noted = plan?.account === 'note' ? [plan.note] : [];
    return planOne(siebel, { request, account, noted, positions });
  });
}

function planOne(
  siebel: Siebel,
  {
    request,
    account,
    noted,
    positions,
  }: Readonly<{
    request: CreateRequest;
    account: AccountAnswer | null;
    noted: readonly FieldNote[];
    positions: Position;
  }>,
): Planned | WriteAnswer {
  const { holder, stamp, kind } = request;
  const item = contactIn(request.item);
  if (stamp.length > stampLength)
    throw new Error(`A stamp for Siebel has at most ${stampLength} characters.`);
  if (kind === 'employee')
    return { outcome: 'refused', reason: 'Employees are made in Siebel alone.', field: null };
  if (account?.answer === 'failed') return notReached(account.failure);
  const fields = filledFields(siebel, item);
  const own = siebelFromContact(fields, item, siebel.map);
  const addresses = addressWrites(fields, { item, row: null }, siebel.map);
  const position = positions.get(holder.login);
  const member = memberChild(siebel, 'Contact', holder);
  const values = {
    ...own.values,
    [stampField]: stamp,
    ...(account?.answer === 'account' ? { 'Account Id': account.id } : {}),
  };
  const children = [
    ...(member === null ? [] : [member]),
    ...(position === undefined ? [] : [positionChild(siebel, position)]),
    ...addresses.children,
  ];
  const notes = [...own.notes, ...noted, ...addresses.notes, ...accountNotes(account, item.office)];
  return { request, asUser: actingUser(siebel, holder), draft: { values, children }, notes };
}

/** What people should know of an account that was not found, or that lies elsewhere than they wrote. */
export function accountNotes(account: AccountAnswer | null, office: string | null): readonly FieldNote[] {
  if (account?.answer === 'none') return [noteOf('company', 'refused', account.because)];
  const isElsewhere = account?.answer === 'account' && office === null && account.location !== null;
  return isElsewhere ? [noteOf('office', 'refused', { code: 'officeOfCompany' })] : [];
}

/** The fields with something in them, so that a new record keeps Siebel's defaults for all others. */
function filledFields(siebel: Siebel, item: Contact): readonly ContactField[] {
  const all: readonly ContactField[] = [...contactFields, ...siebel.map.custom.map(({ field }) => field)];
  return all.filter((field) => {
    const value = fieldOf(item, field);
    return value !== null && value !== false && (typeof value !== 'object' || value.length > 0);
  });
}
