import { Type, type Static, type TSchema } from 'typebox';
import { closed, date, DomainName, instant, listOf, mailbox, orNull, page, text } from './api-parts.ts';
import { domains } from './domain.ts';

/** The part of the API for administrators. */

/** When each domain was loaded for the first time, or what was found then: a domain that is to come is not there. */
function byDomain<Schema extends TSchema>(schema: Schema) {
  return Type.Object(
    { contact: Type.Optional(schema), appointment: Type.Optional(schema), task: Type.Optional(schema) },
    closed,
  );
}

export const AdminStatus = Type.Object(
  {
    quiet: Type.Boolean(),
    cues: Type.Object(
      { due: Type.Integer(), running: Type.Integer(), waiting: Type.Integer(), parked: Type.Integer() },
      closed,
    ),
    people: Type.Array(
      Type.Object(
        {
          mailbox: Type.String(),
          siebelLogin: Type.String(),
          enabled: Type.Boolean(),
          state: Type.String(),
          lastSyncedAt: orNull(instant),
          retryAt: orNull(instant),
          error: orNull(Type.String()),
          loaded: byDomain(instant),
          /** By domain and reason: Outlook items the first load left alone. */
          skipped: byDomain(Type.Record(Type.String(), Type.Integer())),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** `wait` is in seconds. */
export const SyncQuery = Type.Object(
  { wait: Type.Optional(Type.Number({ minimum: 0, maximum: 3600 })) },
  closed,
);
export const SyncRequest = Type.Object({ mailbox: Type.Optional(mailbox) }, closed);
export const SyncAnswer = Type.Object(
  {
    quiet: Type.Boolean(),
    written: Type.Object({ siebel: Type.Integer(), exchange: Type.Integer() }, closed),
    parked: Type.Integer(),
  },
  closed,
);

const Levels = Type.Object(
  Object.fromEntries(
    domains.map((domain) => [
      domain,
      Type.Optional(Type.Enum(['full', 'export-only', 'import-only', 'none'])),
    ]),
  ),
  closed,
);
/** What `GET` gives, `PUT` takes. `extractFrom` is the first day that counts, in the person's zone; null is everything. */
export const PersonMapping = Type.Object(
  {
    mailbox,
    siebelLogin: text,
    enabled: Type.Boolean(),
    language: Type.Optional(Type.String({ pattern: '^[a-z]{2}(-[A-Za-z]+)?$' })),
    extractFrom: Type.Optional(orNull(date)),
    /** Levels of this person alone; they beat a group's. */
    levels: Type.Optional(Levels),
  },
  closed,
);
export const PersonChange = Type.Object(
  { ...PersonMapping.properties, mailbox: Type.Optional(mailbox) },
  closed,
);
export const PersonList = listOf(PersonMapping);
export const MailboxParams = Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 254 }) }, closed);
export const JournalQuery = Type.Object(
  {
    mailbox: Type.Optional(Type.String({ maxLength: 254 })),
    domain: Type.Optional(DomainName),
    /** A Graph id, mutable only together with `mailbox`, or a Siebel row id. */
    item: Type.Optional(Type.String({ maxLength: 1000 })),
    since: Type.Optional(Type.String({ maxLength: 40 })),
    ...page,
  },
  closed,
);

export const ParkedRow = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['refused', 'brake', 'failing']),
    mailbox: orNull(Type.String()),
    domain: DomainName,
    item: orNull(Type.String()),
    reason: Type.String(),
    since: instant,
    /** Brakes only: what is held, how many, of how many. */
    what: orNull(Type.Enum(['deletions', 'creates', 'updates', 'mails', 'listing'])),
    planned: orNull(Type.Integer()),
    total: orNull(Type.Integer()),
  },
  closed,
);
export const ParkedList = listOf(ParkedRow);
export const ParkedDecided = Type.Object(
  { id: Type.String(), status: Type.Enum(['open', 'approved', 'rejected']) },
  closed,
);
export type PersonMapping = Static<typeof PersonMapping>;
export type AdminStatus = Static<typeof AdminStatus>;
export type ParkedRow = Static<typeof ParkedRow>;
