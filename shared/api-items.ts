import { Type, type Static } from 'typebox';
import { closed, DomainName, instant, listOf, mailbox, orNull, page, text } from './api-parts.ts';
import { sides } from './domain.ts';
import { domainOfKind } from './item.ts';
import type { Reason } from './reason.ts';

/** The part of the API about single items and what was done with them. */

/**
 * Where an item stands. `inStep`: both sides agree. `waiting`: a change is on its way. `asking`: a question is open.
 * `attention`: a side will not take it, `why` says what helps. `held`: an administrator decides. `off`: not kept in step.
 */
const itemStates = ['inStep', 'waiting', 'asking', 'attention', 'held', 'off'] as const;
export type ItemState = (typeof itemStates)[number];

/** A reason as a code with its facts; which codes there are is told by `shared/reason.ts`. */
const Coded = Type.Object({ code: Type.String() }, { additionalProperties: true });
const because = Type.Unsafe<Reason | null>(orNull(Coded));
/** What `why` says, for readers of other languages; null where a side's own words are all there is. */
const reasons = Type.Unsafe<readonly Reason[] | null>(orNull(Type.Array(Coded)));

const Values = Type.Record(Type.String(), Type.Unknown());
const item = {
  domain: DomainName,
  /** Graph's id, immutable where there are such (tasks have but one kind); null for a copy that is still to be made. */
  itemId: orNull(Type.String()),
  kind: orNull(Type.Enum(Object.keys(domainOfKind))),
  label: Type.String(),
  detail: orNull(Type.String()),
  /**
   * Appointments: when they begin, wall time of the mailbox or date, a series where it began or, asked for by what comes, when it comes next.
   * Tasks: the day they are due.
   */
  when: orNull(Type.String()),
  state: Type.Enum([...itemStates]),
  /** One sentence: why it is in that state. */
  why: orNull(Type.String()),
  reasons,
  categories: Type.Array(Type.String()),
  /** Null also of a series that Siebel holds as activities of their own: no one of them is the series. */
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
    /** The Outlook item's id, else the Siebel record's id. */
    item: orNull(Type.String()),
    siebelId: orNull(Type.String()),
    cause: Type.String(),
    verdict: Type.String(),
    step: Type.String(),
    why: Type.String(),
    reasons,
    before: orNull(Values),
    after: orNull(Values),
    lost: Type.Array(LostValue),
  },
  closed,
);
export const JournalList = listOf(JournalRow);

const inWords = orNull(Type.String());

/** A field of which a side holds something, in words; `label` is its name in words. */
const ShownField = Type.Object(
  { field: Type.String(), label: Type.String(), siebel: inWords, exchange: inWords },
  closed,
);

/** Somebody a meeting is with. `siebel`: what they are there; null where Siebel could not be asked. */
const ShownAttendee = Type.Object(
  {
    address: Type.String(),
    name: orNull(Type.String()),
    type: Type.Enum(['required', 'optional', 'resource']),
    response: Type.Enum(['none', 'accepted', 'tentative', 'declined']),
    siebel: orNull(Type.Enum(['employee', 'contact', 'unknown'])),
    /** Their own mailbox is kept in step. */
    isSynced: Type.Boolean(),
  },
  closed,
);

/** One occurrence of a series that is not as the rule says, by the day on which it would begin; null: as the rule says. */
const ShownOccurrence = Type.Object({ day: Type.String(), siebel: inWords, exchange: inWords }, closed);

/** A change in Siebel that waits because Outlook would mail these guests about it, which the policy does not allow now. */
const HeldChange = Type.Object(
  {
    field: Type.String(),
    label: Type.String(),
    siebel: inWords,
    exchange: inWords,
    reason: Type.String(),
    because,
    wouldMail: Type.Array(Type.String()),
  },
  closed,
);

export const ItemDetail = Type.Object(
  {
    ...item,
    siebelUrl: orNull(Type.String()),
    questionId: orNull(Type.String()),
    notes: Type.Array(
      Type.Object({ field: Type.String(), what: Type.String(), reason: Type.String(), because }, closed),
    ),
    /** What each side holds, as last agreed or read. */
    values: Type.Object({ siebel: orNull(Values), exchange: orNull(Values) }, closed),
    fields: Type.Array(ShownField),
    /** Of a series: its rule in words. */
    repeats: inWords,
    /** Of a series: what Siebel holds of it where that is less than the rule. */
    fidelity: inWords,
    occurrences: Type.Array(ShownOccurrence),
    attendees: Type.Array(ShownAttendee),
    held: Type.Array(HeldChange),
    history: Type.Array(JournalRow),
  },
  closed,
);

export const ItemParams = Type.Object(
  { domain: DomainName, itemId: Type.String({ minLength: 1, maxLength: 1000 }) },
  closed,
);
const moment = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z)?$',
});
const itemFilters = ['all', 'on', 'off', 'attention'] as const;
export const ItemQuery = Type.Object(
  {
    domain: Type.Optional(DomainName),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    /** `on`: kept in step or on the way; `off`: not; `attention`: asking, held or refused. */
    filter: Type.Optional(Type.Enum([...itemFilters])),
    /**
     * Appointments alone, one of the two: a date (of the person's zone) or an instant in UTC. `from`: what goes on then or
     * comes later, soonest first, a series where it comes next. `before`: what began earlier, the last first.
     */
    from: Type.Optional(moment),
    before: Type.Optional(moment),
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
    reasons,
  },
  closed,
);

/** Somebody a mail is from or to, as my contacts and Siebel know them. */
const KnownPerson = Type.Object(
  {
    address: Type.String(),
    /** My Outlook contacts with this address. */
    contacts: Type.Array(ItemSummary),
    /** Null where Siebel could not be asked. */
    siebel: orNull(Type.Enum(['employee', 'contact', 'unknown'])),
  },
  closed,
);
export const KnownPeople = Type.Object({ items: Type.Array(KnownPerson) }, closed);
/** Up to twenty addresses, separated by commas. */
export const PeopleQuery = Type.Object(
  { addresses: Type.String({ minLength: 3, maxLength: 20 * 255 }) },
  closed,
);

/** A contact to be made in Outlook and kept in step. Siebel takes nobody without both names. */
export const NewContact = Type.Object(
  {
    firstName: text,
    lastName: text,
    email1: mailbox,
    company: Type.Optional(orNull(text)),
    workPhone: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 40 }))),
  },
  closed,
);

export type ItemSummary = Static<typeof ItemSummary>;
export type KnownPerson = Static<typeof KnownPerson>;
export type NewContact = Static<typeof NewContact>;
export type ItemDetail = Static<typeof ItemDetail>;
export type JournalRow = Static<typeof JournalRow>;
export type MarkAnswer = Static<typeof MarkAnswer>;
