import { lastLook } from './cursors.ts';
import type { Db } from './db.ts';
import type { PersonRow } from './people-at-work.ts';
import { pageOf, type Page } from './page.ts';
import { isTwin } from './twins.ts';

/** A line of the user map: SSSE's mapping of a Siebel login to a mailbox. */
export type Mapping = Readonly<{
  /** In lower case. */
  mailbox: string;
  siebelLogin: string;
  enabled: boolean;
  language: string;
  extractFrom: string | null;
  levels: PersonRow['levels'];
}>;

/** What the two systems say of a person; null where they could not be asked, then the first sweep asks. */
export type Identity = Readonly<{
  userId: string;
  employeeId: string;
  timeZone: string | null;
  addresses: readonly string[];
  positions: PersonRow['positions'];
}>;

/** People of the user map by mailbox; those whose mapping was ended are left out. */
export async function listPeople(
  db: Db,
  page: { after: string | null; limit: number },
): Promise<Page<PersonRow>> {
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('state', '<>', 'removed')
    .where('mailbox', '>', page.after ?? '')
    .orderBy('mailbox')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit, (row) => row.mailbox);
}

export async function personByMailbox(db: Db, mailbox: string): Promise<PersonRow | null> {
  return (await mapped(db).where('mailbox', '=', mailbox.toLowerCase()).executeTakeFirst()) ?? null;
}

/** The person behind a token: by Entra's object id of the user, never by an address. */
export async function personByUserId(db: Db, userId: string): Promise<PersonRow | null> {
  return (await mapped(db).where('user_id', '=', userId).executeTakeFirst()) ?? null;
}

/** Ids of everybody whose mailbox is to be kept in step. */
export async function enabledPeople(db: Db): Promise<readonly string[]> {
  const rows = await mapped(db).where('enabled', '=', true).execute();
  return rows.map((row) => row.id);
}

function mapped(db: Db) {
  return db.selectFrom('person').selectAll().select(lastLook).where('state', '<>', 'removed');
}

export type MapRequest = Readonly<{
  id: string;
  mapping: Mapping;
  identity: Identity | null;
  /** `PUT` may give a mailbox to another login; `POST` of a taken mailbox is a mistake. */
  mayChangeLogin: boolean;
  now: Temporal.Instant;
}>;

export type MapAnswer =
  | Readonly<{ mapped: 'added' | 'changed'; person: PersonRow }>
  | Readonly<{ mapped: 'refused'; why: 'mailboxTaken' | 'loginTaken'; by: PersonRow }>;

/**
 * Maps a person, or changes the mapping. A mapping that was ended comes back to life with all its Links, also when the
 * mailbox got another address meanwhile, so that nobody gets twins. Two people on one mailbox or login are refused.
 */
export async function mapPerson(db: Db, request: MapRequest): Promise<MapAnswer> {
  try {
    return await db.transaction().execute((trx) => mapWithin(trx, request));
  } catch (error) {
    if (!isTwin(error)) throw error;
    const why = error.constraint === 'person_by_login' ? 'loginTaken' : 'mailboxTaken';
    const by = await whoHas(db, request);
    if (by === null) throw error;
    return { mapped: 'refused', why, by };
  }
}

async function mapWithin(db: Db, request: MapRequest): Promise<MapAnswer> {
  const { mapping, identity } = request;
  const known = await rowToChange(db, request);
  if (known === null) {
    const row = { ...columnsOf(mapping), ...identityOf(identity) };
    const state = mapping.enabled ? ('new' as const) : ('disabled' as const);
    const person = await db
      .insertInto('person')
      .values({ ...row, id: request.id, state, created_at: request.now.toString() })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { mapped: 'added', person };
  }
  const isSame = known.siebel_login === mapping.siebelLogin;
  const isRevived = known.state === 'removed';
  if (!isSame && !isRevived && !request.mayChangeLogin)
    return { mapped: 'refused', why: 'mailboxTaken', by: known };
  const isFresh = isRevived || !isSame;
  // A new beginning reads everything again; what happened meanwhile left no other trace.
  if (isFresh) await db.deleteFrom('cursor').where('person_id', '=', known.id).execute();
  const person = await db
    .updateTable('person')
    .set({
      ...columnsOf(mapping),
      ...(isFresh || identity ? identityOf(identity) : {}),
      ...(isFresh ? { first_loaded_at: null, loaded: '{}', error: null, retry_at: null } : {}),
      state: stateAfter(known, mapping.enabled, isFresh),
    })
    .where('id', '=', known.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { mapped: isRevived ? 'added' : 'changed', person };
}

async function rowToChange(db: Db, { mapping, identity }: MapRequest): Promise<PersonRow | null> {
  const byMailbox = await db
    .selectFrom('person')
    .selectAll()
    .where('mailbox', '=', mapping.mailbox)
    .forUpdate()
    .executeTakeFirst();
  if (byMailbox || identity === null) return byMailbox ?? null;
  const sameUser = await db
    .selectFrom('person')
    .selectAll()
    .where('user_id', '=', identity.userId)
    .where('state', '=', 'removed')
    .orderBy('created_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return sameUser ?? null;
}

function columnsOf(mapping: Mapping) {
  return {
    mailbox: mapping.mailbox,
    siebel_login: mapping.siebelLogin,
    enabled: mapping.enabled,
    language: mapping.language,
    extract_from: mapping.extractFrom,
    levels: JSON.stringify(mapping.levels),
  };
}

function identityOf(identity: Identity | null) {
  return {
    user_id: identity?.userId ?? null,
    employee_id: identity?.employeeId ?? null,
    time_zone: identity?.timeZone ?? null,
    addresses: [...(identity?.addresses ?? [])],
    positions: JSON.stringify(identity?.positions ?? []),
  };
}

function stateAfter(known: PersonRow, isEnabled: boolean, isFresh: boolean): PersonRow['state'] {
  if (!isEnabled) return 'disabled';
  if (isFresh || known.first_loaded_at === null) return known.state === 'failing' ? 'failing' : 'new';
  return known.state === 'disabled' ? 'loading' : known.state;
}

/** Ends a mapping: sync stops, every copy and every Link stays. Answers whom it was, null when nobody. */
export async function removePerson(db: Db, mailbox: string): Promise<PersonRow | null> {
  return db.transaction().execute(async (trx) => {
    const person = await trx
      .updateTable('person')
      .set({ state: 'removed', enabled: false, error: null, retry_at: null })
      .where('mailbox', '=', mailbox.toLowerCase())
      .where('state', '<>', 'removed')
      .returningAll()
      .executeTakeFirst();
    if (!person) return null;
    await trx.deleteFrom('cue').where('key', '=', `mailbox:${person.id}`).execute();
    await trx
      .updateTable('parked')
      .set({ status: 'resolved' })
      .where('person_id', '=', person.id)
      .where('status', 'in', ['open', 'approved'])
      .execute();
    await trx
      .updateTable('question')
      .set({ status: 'void' })
      .where('person_id', '=', person.id)
      .where('status', '=', 'open')
      .execute();
    return person;
  });
}

async function whoHas(db: Db, { mapping, identity }: MapRequest): Promise<PersonRow | null> {
  const row = await mapped(db)
    .where((eb) =>
      eb.or([
        eb('siebel_login', '=', mapping.siebelLogin),
        eb('mailbox', '=', mapping.mailbox),
        ...(identity ? [eb('user_id', '=', identity.userId)] : []),
      ]),
    )
    .orderBy((eb) => eb('mailbox', '=', mapping.mailbox))
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** What `GET /api/admin/people` shows of a row. */
export function mappingOf(row: PersonRow): Mapping {
  return {
    mailbox: row.mailbox,
    siebelLogin: row.siebel_login,
    enabled: row.enabled,
    language: row.language,
    extractFrom: row.extract_from,
    levels: row.levels,
  };
}
