import { Type, type Static } from 'typebox';
import { closed, DomainName, instant, listOf, orNull, page } from './api-parts.ts';
import { contactKinds } from './contact.ts';
import { sides } from './domain.ts';

/**
 * The API of the backend: types, validation, OpenAPI and the add-in's client all come from these schemas.
 * Instants are ISO 8601 in UTC, dates `YYYY-MM-DD`; what is absent is `null`.
 */

/** RFC 9457. `code` is stable; `errors` names the places in a body or query that are wrong. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }, closed))),
});

export const Health = Type.Object({ status: Type.Enum(['ok', 'unavailable']) }, closed);

/**
 * Where an item stands. `inStep`: both sides agree. `waiting`: a change is on its way. `asking`: a question is open.
 * `attention`: a side will not take it, `why` says what helps. `held`: an administrator decides. `off`: not kept in step.
 */
const itemStates = ['inStep', 'waiting', 'asking', 'attention', 'held', 'off'] as const;
export type ItemState = (typeof itemStates)[number];

const Values = Type.Record(Type.String(), Type.Unknown());
const item = {
  domain: DomainName,
  /** Graph's immutable id; null for a copy that is still to be made. */
  itemId: orNull(Type.String()),
  kind: orNull(Type.Enum([...contactKinds])),
  label: Type.String(),
  detail: orNull(Type.String()),
  state: Type.Enum([...itemStates]),
  /** One sentence: why it is in that state. */
  why: orNull(Type.String()),
  categories: Type.Array(Type.String()),
  siebelId: orNull(Type.String()),
  lastSyncedAt: orNull(instant),
};
export const ItemSummary = Type.Object(item, closed);
export const ItemList = listOf(ItemSummary);

const LostValue = Type.Object(
  { field: Type.String(), side: Type.Enum([...sides]), value: Type.Unknown() },
  closed,
);
export const JournalRow = Type.Object(
  {
    id: Type.String(),
    at: instant,
    mailbox: orNull(Type.String()),
    domain: DomainName,
    /** The Outlook item's immutable id, else the Siebel record's id. */
    item: orNull(Type.String()),
    siebelId: orNull(Type.String()),
    cause: Type.String(),
    verdict: Type.String(),
    step: Type.String(),
    why: Type.String(),
    before: orNull(Values),
    after: orNull(Values),
    lost: Type.Array(LostValue),
  },
  closed,
);
export const JournalList = listOf(JournalRow);

export const ItemDetail = Type.Object(
  {
    ...item,
    siebelUrl: orNull(Type.String()),
    questionId: orNull(Type.String()),
    notes: Type.Array(
      Type.Object({ field: Type.String(), what: Type.String(), reason: Type.String() }, closed),
    ),
    /** What each side holds, as last agreed or read. */
    values: Type.Object({ siebel: orNull(Values), exchange: orNull(Values) }, closed),
    history: Type.Array(JournalRow),
  },
  closed,
);

export const ItemParams = Type.Object(
  { domain: DomainName, itemId: Type.String({ minLength: 1, maxLength: 1000 }) },
  closed,
);
const itemFilters = ['all', 'on', 'off', 'attention'] as const;
export const ItemQuery = Type.Object(
  {
    domain: Type.Optional(DomainName),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    /** `on`: kept in step or on the way; `off`: not; `attention`: asking, held or refused. */
    filter: Type.Optional(Type.Enum([...itemFilters])),
    ...page,
  },
  closed,
);

export const MarkAnswer = Type.Object(
  {
    domain: DomainName,
    itemId: Type.String(),
    state: Type.Enum([...itemStates]),
    why: orNull(Type.String()),
  },
  closed,
);

const count = Type.Integer();
const Counts = Type.Object(
  {
    inStep: count,
    waiting: count,
    asking: count,
    attention: count,
    held: count,
    off: count,
  } satisfies Record<ItemState, typeof count>,
  closed,
);
export const Me = Type.Object(
  {
    /** Null for somebody who is not mapped to a Siebel login. */
    mailbox: orNull(Type.String()),
    siebelLogin: orNull(Type.String()),
    isAdmin: Type.Boolean(),
    state: Type.String(),
    error: orNull(Type.String()),
    retryAt: orNull(instant),
    lastSyncedAt: orNull(instant),
    domains: Type.Array(
      Type.Object(
        {
          domain: DomainName,
          level: Type.String(),
          category: Type.String(),
          employeeCategory: orNull(Type.String()),
          requireCategory: Type.Boolean(),
          items: Counts,
        },
        closed,
      ),
    ),
  },
  closed,
);
export const SyncStarted = Type.Object({ state: Type.Enum(['waiting']) }, closed);

export const Question = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['conflict', 'match']),
    domain: DomainName,
    itemId: orNull(Type.String()),
    label: Type.String(),
    fields: Type.Array(
      Type.Object({ field: Type.String(), siebel: Type.Unknown(), exchange: Type.Unknown() }, closed),
    ),
    candidates: Type.Array(
      Type.Object({ ref: Type.String(), label: Type.String(), detail: Type.String() }, closed),
    ),
    askedAt: instant,
  },
  closed,
);
export const QuestionList = listOf(Question);

/** A conflict is answered with a side for each of its fields, a doubtful match with a candidate's ref, `new` or `leave`. */
export const QuestionAnswer = Type.Object(
  {
    choices: Type.Optional(Type.Record(Type.String(), Type.Enum([...sides]))),
    candidate: Type.Optional(Type.String({ minLength: 1 })),
  },
  closed,
);
export const QuestionAnswered = Type.Object({ id: Type.String(), status: Type.Enum(['answered']) }, closed);

export const PageQuery = Type.Object(page, closed);

export const IdParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) }, closed);

export type Problem = Static<typeof Problem>;
export type ItemSummary = Static<typeof ItemSummary>;
export type ItemDetail = Static<typeof ItemDetail>;
export type JournalRow = Static<typeof JournalRow>;
export type Me = Static<typeof Me>;
export type Question = Static<typeof Question>;
