import { Type, type Static } from 'typebox';
import type { ItemState } from './api-items.ts';
import { closed, DomainName, instant, listOf, orNull, page } from './api-parts.ts';
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
    /** Another word as soon as anything of mine may have changed: then lists are worth asking for again. */
    news: Type.Optional(Type.String()),
    domains: Type.Array(
      Type.Object(
        {
          domain: DomainName,
          level: Type.String(),
          category: Type.String(),
          employeeCategory: orNull(Type.String()),
          requireCategory: Type.Boolean(),
          items: Counts,
          /** When everything there was had been loaded for the first time; null while that is to come. */
          loadedAt: orNull(instant),
          /** Outlook items the first load left alone, by reason. */
          skipped: Type.Record(Type.String(), count),
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
      Type.Object(
        {
          field: Type.String(),
          /** The field's name and both values in words. */
          label: Type.String(),
          siebelText: orNull(Type.String()),
          exchangeText: orNull(Type.String()),
          siebel: Type.Unknown(),
          exchange: Type.Unknown(),
        },
        closed,
      ),
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
export type Me = Static<typeof Me>;
export type Question = Static<typeof Question>;
