import type { Contact, ContactField } from '../../../shared/contact.ts';
import type { Reason } from '../../../shared/reason.ts';
import { noteOf } from '../../core/note.ts';
import type { FieldNote } from '../../core/step.ts';
import type { Failure } from '../connector.ts';
import type { Login } from '../directory.ts';
import { writeBatch } from './batch.ts';
import { fieldOf } from './contact.ts';
import { listEach } from './listing.ts';
import { refusedReason } from './outcome.ts';
import { chunked, equalsIgnoringCase } from './search-spec.ts';
import type { SiebelPolicy } from './settings.ts';
import type { Siebel } from './siebel.ts';
import { valueOf, type Row } from './wire.ts';

/** An account a contact should have as its primary one. */
export type AccountWish = Readonly<{
  name: string;
  location: string | null;
  /** An account the administrator named: it is never created. */
  mustExist: boolean;
  asUser: Login | null;
}>;

/** What a write means for the primary account. `clear`: the company was emptied. */
export type AccountPlan =
  | Readonly<{ account: 'keep' }>
  | Readonly<{ account: 'clear' }>
  | Readonly<{ account: 'set'; wish: AccountWish }>
  | Readonly<{ account: 'note'; note: FieldNote }>;

export type AccountAnswer =
  | Readonly<{ answer: 'account'; id: string; location: string | null }>
  | Readonly<{ answer: 'none'; because: Reason }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

type Wanted = Readonly<{
  fields: readonly ContactField[];
  item: Contact;
  row: Row | null;
  asUser: Login | null;
}>;

/** Company and office of an item against what the record has; `row` is `null` for a new one. */
export function accountPlanOf(
  { fields, item, row, asUser }: Wanted,
  { defaultAccount }: Pick<SiebelPolicy, 'defaultAccount'>,
): AccountPlan {
  const isAsked = fields.includes('company') || fields.includes('office');
  const current = row === null ? null : valueOf(row, 'Account Id');
  if (isAsked && item.company !== null) {
    return { account: 'set', wish: { name: item.company, location: item.office, mustExist: false, asUser } };
  }
  const hasAddress = fields.some((field) => field.startsWith('business') && fieldOf(item, field) !== null);
  if (item.company === null && hasAddress && defaultAccount !== null && (isAsked || current === null)) {
    return { account: 'set', wish: { ...defaultAccount, mustExist: true, asUser } };
  }
  if (fields.includes('company')) return current === null ? { account: 'keep' } : { account: 'clear' };
  if (fields.includes('office') && item.office !== null) {
    return { account: 'note', note: noteOf('office', 'refused', { code: 'officeNeedsCompany' }) };
  }
  return { account: 'keep' };
}

/** Whether the primary account may be taken off without another one stepping into its place unasked. */
export async function hasOtherAccounts(siebel: Siebel, contactId: string): Promise<boolean | Failure> {
  const listing = await siebel.client.list(['Contact', 'Contact', contactId, siebel.map.children.account], {
    ViewMode: siebel.settings.viewModes.Contact,
    PageSize: '2',
    fields: 'Id',
    childlinks: 'None',
  });
  return listing.answer === 'failed' ? listing.failure : listing.rows.length > 1;
}

/** The accounts wished for, in order; those Siebel does not have are created where the policy says so. */
export async function accountsFor(
  siebel: Siebel,
  wishes: readonly AccountWish[],
): Promise<readonly AccountAnswer[]> {
  if (wishes.length === 0) return [];
  const known = await accountsNamed(
    siebel,
    wishes.map(({ name }) => name),
  );
  if ('kind' in known) return wishes.map(() => ({ answer: 'failed', failure: known }));
  const first = wishes.map((wish) => choice(known, wish));
  const isCreating = siebel.policy.newAccounts === 'create';
  const missing = wishes.filter((wish, index) => first[index] === null && !wish.mustExist && isCreating);
  const made = await createAccounts(siebel, missing);
  return wishes.map((wish, index) => first[index] ?? made.get(keyOf(wish)) ?? notThere(wish));
}

function accountsNamed(siebel: Siebel, names: readonly string[]): Promise<readonly Row[] | Failure> {
  const field = siebel.field('Name');
  const different = [...new Map(names.map((name) => [folded(name), name])).values()];
  const chunks = chunked(different, (name) => equalsIgnoringCase(field, name));
  return listEach(
    siebel,
    chunks.map(({ spec }) => spec),
    {
      component: 'Account',
      fields: ['Id', 'Name', 'Location'],
      children: {},
      size: siebel.settings.pageSize,
    },
  );
}

/** The account meant: that name and location, or, without a location, the only one of that name. `null`: none. */
function choice(rows: readonly Row[], wish: AccountWish): AccountAnswer | null {
  const named = rows.filter((row) => folded(valueOf(row, 'Name') ?? '') === folded(wish.name));
  const located = named.filter(
    (row) => folded(valueOf(row, 'Location') ?? '') === folded(wish.location ?? ''),
  );
  const [only] = located.length > 0 || wish.location !== null ? located : named;
  if (only === undefined) return null;
  if (located.length === 0 && named.length > 1) {
    return { answer: 'none', because: { code: 'severalAccounts' } };
  }
  return { answer: 'account', id: only.id, location: valueOf(only, 'Location') };
}

async function createAccounts(
  siebel: Siebel,
  wishes: readonly AccountWish[],
): Promise<ReadonlyMap<string, AccountAnswer>> {
  const different = [...new Map(wishes.map((wish) => [keyOf(wish), wish])).values()];
  const made = new Map<string, AccountAnswer>();
  await Promise.all(
    [...Map.groupBy(different, ({ asUser }) => asUser)].map(async ([asUser, group]) => {
      const drafts = group.map(({ name, location }) => ({
        values: { Name: name, ...(location === null ? {} : { Location: location }) },
        children: [],
      }));
      const answers = await writeBatch(siebel, { component: 'Account', method: 'POST', asUser }, drafts);
      const found = answers.some(isUncertain)
        ? await accountsNamed(
            siebel,
            group.map(({ name }) => name),
          )
        : [];
      for (const [index, wish] of group.entries()) {
        const answer = answers[index];
        const again = 'kind' in found ? null : choice(found, wish);
        if (answer?.answer === 'stored' && answer.id !== '') {
          made.set(keyOf(wish), { answer: 'account', id: answer.id, location: wish.location });
        } else if (again !== null) made.set(keyOf(wish), again);
        else if (answer?.answer === 'trouble' && answer.trouble.trouble === 'failure') {
          made.set(keyOf(wish), { answer: 'failed', failure: answer.trouble.failure });
        } else if (answer?.answer === 'trouble') {
          made.set(keyOf(wish), { answer: 'none', because: refusedReason(answer.trouble) });
        }
      }
    }),
  );
  return made;
}

/** The account may be there although we were not told: a lost answer, or somebody else was quicker. */
function isUncertain(answer: Awaited<ReturnType<typeof writeBatch>>[number]): boolean {
  if (answer.answer === 'stored') return answer.id === '';
  const { trouble } = answer;
  return trouble.trouble === 'duplicate' || (trouble.trouble === 'failure' && trouble.isUnknown);
}

function notThere({ mustExist }: AccountWish): AccountAnswer {
  return { answer: 'none', because: { code: mustExist ? 'noDefaultAccount' : 'noAccount' } };
}

function keyOf({ name, location, asUser }: AccountWish): string {
  return JSON.stringify([folded(name), folded(location ?? ''), asUser]);
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
