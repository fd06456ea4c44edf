import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import type { PersonState, PersonTable } from './schema.ts';

export type PersonRow = Selectable<PersonTable>;

/** People whose mailbox is kept in step: enabled, not removed. */
export async function peopleAtWork(db: Db, ids: readonly string[]): Promise<readonly PersonRow[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('person')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('enabled', '=', true)
    .where('state', '<>', 'removed')
    .execute();
}

/** A person some of whose items have been loaded, and when somebody last asked for a look at the mailbox. */
export type LoadedPerson = Readonly<{ row: PersonRow; askedAt: string | null }>;

/** Those the census compares. */
export async function everyPersonLoaded(db: Db): Promise<readonly LoadedPerson[]> {
  const rows = await db
    .selectFrom('person')
    .leftJoin('cue', (join) => join.on('cue.key', '=', sql<string>`'mailbox:' || person.id`))
    .selectAll('person')
    .select('cue.asked_at')
    .where('person.enabled', '=', true)
    .where('person.state', '<>', 'removed')
    .where(sql<boolean>`person.loaded <> '{}'`)
    .orderBy('person.id')
    .execute();
  return rows.map(({ asked_at, ...row }) => ({ row, askedAt: asked_at }));
}

export type SetUp = Readonly<{
  id: string;
  userId: string;
  employeeId: string;
  timeZone: string | null;
  addresses: readonly string[];
  positions: readonly { id: string; name: string; organization: string | null }[];
}>;

/** What the two systems say of a person, found when the mailbox is first swept. */
export async function saveSetUp(db: Db, setUp: SetUp): Promise<void> {
  await db
    .updateTable('person')
    .set({
      user_id: setUp.userId,
      employee_id: setUp.employeeId,
      time_zone: setUp.timeZone,
      addresses: [...setUp.addresses],
      positions: JSON.stringify(setUp.positions),
    })
    .where('id', '=', setUp.id)
    .execute();
}

export type PersonNews = Readonly<{
  id: string;
  state: PersonState | null;
  error: string | null;
  retryAt: string | null;
  lastSyncedAt: string | null;
  firstLoadedAt: string | null;
}>;

/** A brake on the person at hand that is on. */
const isHeld = sql<boolean>`exists (select from parked
  where parked.person_id = person.id and parked.kind = 'brake' and parked.status = 'open')`;

/** Held no longer, unless another brake is on. */
export async function endHold(db: Db, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await db
    .updateTable('person')
    .set({ state: 'inStep' })
    .where('id', 'in', [...personIds])
    .where('state', '=', 'held')
    .where((where) => where.not(isHeld))
    .execute();
}

/** A domain was loaded for the first time: what was left alone in it, and why. */
export async function saveLoaded(
  db: Db,
  of: Readonly<{ personId: string; domain: Domain }>,
  { skipped, at }: Readonly<{ skipped: Readonly<Record<string, number>>; at: string }>,
): Promise<void> {
  const { personId, domain } = of;
  await sql`
    update person set skipped = skipped || jsonb_build_object(${domain}::text, ${JSON.stringify(skipped)}::jsonb),
      loaded = loaded || jsonb_build_object(${domain}::text, ${at}::text)
    where id = ${personId}`.execute(db);
}

/** Who of the people at work has one of these addresses, lower case: by address. */
export async function peopleByAddress(
  db: Db,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, PersonRow>> {
  if (addresses.length === 0) return new Map();
  const wanted = sql`${[...addresses]}::text[]`;
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('enabled', '=', true)
    .where('state', '<>', 'removed')
    .where(sql<boolean>`(mailbox = any(${wanted}) or addresses && ${wanted})`)
    .execute();
  return new Map(rows.flatMap((row) => [row.mailbox, ...row.addresses].map((address) => [address, row])));
}

/** Brings a person's state up to date; a mailbox that is held stays held until an administrator decides. */
export async function savePersonNews(db: Db, news: PersonNews): Promise<void> {
  await db
    .updateTable('person')
    .set((eb) => ({
      state: news.state
        ? eb
            .case()
            .when(eb.and([isHeld, eb.val(news.state === 'inStep')]))
            .then('held' as PersonState)
            .else(news.state)
            .end()
        : eb.ref('state'),
      error: news.error,
      retry_at: news.retryAt,
      last_synced_at: news.lastSyncedAt ?? eb.ref('last_synced_at'),
      first_loaded_at: news.firstLoadedAt ?? eb.ref('first_loaded_at'),
    }))
    .where('id', '=', news.id)
    .where('state', '<>', 'removed')
    .execute();
}

/** Whether a mailbox is about to join: its first load is due or under way, and has not failed so far. */
export async function isAnyoneJoining(db: Db, now: Temporal.Instant): Promise<boolean> {
  const rows = await sql`
    select from person join cue on cue.key = 'mailbox:' || person.id
    where person.enabled and person.state <> 'removed' and person.first_loaded_at is null and cue.failures = 0
      and (cue.due_at <= ${now.toString()}::timestamptz or cue.lease_until >= ${now.toString()}::timestamptz)
    limit 1`.execute(db);
  return rows.rows.length > 0;
}

/** Who of the people at work has one of these logins: by the login as the user map spells it. */
export async function peopleByLogin(
  db: Db,
  logins: readonly string[],
): Promise<ReadonlyMap<string, PersonRow>> {
  if (logins.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('enabled', '=', true)
    .where('state', '<>', 'removed')
    .where(sql<boolean>`upper(siebel_login) = any(${logins.map((login) => login.toUpperCase())}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.siebel_login, row]));
}
