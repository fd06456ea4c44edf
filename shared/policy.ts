import { Type, type Static } from 'typebox';
import { appointmentFields } from './appointment.ts';
import { contactFields } from './contact.ts';
import { taskFields } from './task.ts';

/**
 * The organisation's policy: one JSON document, its schema and its shipped defaults.
 * `PUT /api/admin/policy` takes the whole document and refuses unknown keys by name; a missing key is its default.
 */

const closed = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 255 });
const textOrNull = Type.Union([text, Type.Null()]);
const countOrNull = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);

const Winner = Type.Enum(['siebel', 'exchange', 'ask']);

/** One mapped field: on or off, the way it travels, who wins when both sides wrote it. */
const FieldPolicySchema = Type.Object(
  {
    enabled: Type.Boolean(),
    direction: Type.Enum(['both', 'to-siebel', 'to-exchange']),
    conflictWinner: Type.Union([Winner, Type.Null()]),
    /** The customer's name of the Siebel field, where it is not the shipped one. */
    siebelField: textOrNull,
  },
  closed,
);

/** A field the organisation adds: a Siebel field and an Outlook property that hold the same text. */
const CustomFieldSchema = Type.Object(
  {
    /** The name people and the journal see; letters and digits. */
    name: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
    siebelField: text,
    /** A Graph contact property, or the id of a single-value extended property ("String {GUID} Name X"). */
    exchangeProperty: text,
    direction: Type.Enum(['both', 'to-siebel', 'to-exchange']),
  },
  closed,
);

const shared = {
  level: Type.Enum(['full', 'export-only', 'import-only', 'none']),
  category: text,
  /** The category's name in other languages: `{ "de": "Siebel-Kontakt" }`, by the person's language. */
  categoryByLanguage: Type.Record(Type.String({ pattern: '^[a-z]{2}(-[A-Za-z]+)?$' }), text),
  requireCategory: Type.Boolean(),
  matchExisting: Type.Boolean(),
  privateItems: Type.Enum(['carry', 'skip', 'mask']),
  deletions: Type.Object({ inSiebel: Type.Boolean(), inExchange: Type.Boolean() }, closed),
  editAgainstDelete: Type.Enum(['edit-wins', 'delete-wins']),
  conflictWinner: Winner,
};

/**
 * `allow`: it is written and mails. `defer`: it waits until the policy allows it. `forbid`: it is never written; a meeting is
 * put into the calendars without guests, a change stays in Siebel, a cancelled meeting stays in Outlook as its owner's own.
 */
const MailRule = Type.Enum(['allow', 'defer', 'forbid']);

const ContactPolicySchema = Type.Object(
  {
    ...shared,
    employeeCategory: text,
    onlyCategorizedAtFirstLoad: Type.Boolean(),
    matchScope: Type.Enum(['sales-rep', 'all']),
    /** For addresses of contacts without a company. The account must exist in Siebel. */
    defaultAccount: Type.Union([Type.Object({ name: text, location: textOrNull }, closed), Type.Null()]),
    /** Whether a company Siebel does not know becomes a new account, or stays in Outlook alone. */
    newAccounts: Type.Enum(['create', 'keep-in-outlook']),
    fields: Type.Record(Type.String(), FieldPolicySchema),
    customFields: Type.Array(CustomFieldSchema),
  },
  closed,
);

const activity = {
  ...shared,
  pastDays: countOrNull,
  futureDays: countOrNull,
  fields: Type.Record(Type.String(), FieldPolicySchema),
};

const AppointmentPolicySchema = Type.Object(
  {
    ...activity,
    /** Owns meetings whose organizer is no employee of Siebel's, as SSSE's Generic Siebel Organizer does. */
    genericOrganizerLogin: textOrNull,
    /** What becomes of such meetings while no generic organizer is named. */
    externalOrganizer: Type.Enum(['first-attendee', 'skip']),
    seriesStrategy: Type.Enum(['fan', 'nearest-rule']),
    seriesWindowDays: Type.Integer({ minimum: 1, maximum: 1825 }),
    /** What is done about a change that guests would be mailed about, beyond whom `guestMail` lets be mailed at all. */
    guestMailKinds: Type.Object({ invitation: MailRule, update: MailRule, cancellation: MailRule }, closed),
    /** The subject Siebel shows of private appointments where they are masked. */
    maskedSubject: text,
  },
  closed,
);
const TaskPolicySchema = Type.Object(activity, closed);

const Guard = Type.Object(
  { count: countOrNull, percent: Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()]) },
  closed,
);

/** A group's overrides of a domain; a member takes them unless an administrator set the person's own. */
const GroupOverride = Type.Object({ level: Type.Optional(shared.level) }, closed);
const GroupSchema = Type.Object(
  {
    name: text,
    people: Type.Optional(Type.Array(Type.String())),
    position: Type.Optional(text),
    organization: Type.Optional(text),
    domains: Type.Object(
      {
        contact: Type.Optional(GroupOverride),
        appointment: Type.Optional(GroupOverride),
        task: Type.Optional(GroupOverride),
      },
      closed,
    ),
  },
  closed,
);

export const PolicySchema = Type.Object(
  {
    domains: Type.Object(
      { contact: ContactPolicySchema, appointment: AppointmentPolicySchema, task: TaskPolicySchema },
      closed,
    ),
    activityTypeFilter: Type.Object({ enabled: Type.Boolean(), default: textOrNull }, closed),
    guestMail: Type.Enum(['never', 'colleagues', 'always']),
    guards: Type.Object(
      {
        deletions: Type.Object({ contact: Guard, appointment: Guard, task: Guard }, closed),
        creates: Guard,
        updates: Guard,
        mails: Type.Object({ count: countOrNull }, closed),
      },
      closed,
    ),
    groups: Type.Array(GroupSchema),
  },
  { ...closed, $id: 'Policy' },
);

export type Policy = Static<typeof PolicySchema>;
export type ContactPolicy = Static<typeof ContactPolicySchema>;
export type AppointmentPolicy = Static<typeof AppointmentPolicySchema>;
export type MailRule = Static<typeof MailRule>;
export type FieldPolicy = Static<typeof FieldPolicySchema>;
export type CustomField = Static<typeof CustomFieldSchema>;
type Guard = Static<typeof Guard>;
export type Level = Static<typeof shared.level>;

const field: FieldPolicy = { enabled: true, direction: 'both', conflictWinner: null, siebelField: null };

const sharedDefaults = {
  level: 'full',
  categoryByLanguage: {},
  matchExisting: true,
  privateItems: 'skip',
  deletions: { inSiebel: true, inExchange: true },
  editAgainstDelete: 'edit-wins',
  conflictWinner: 'siebel',
} as const;

export const defaultPolicy: Policy = {
  domains: {
    contact: {
      ...sharedDefaults,
      category: 'Siebel Contact',
      requireCategory: true,
      employeeCategory: 'Employee',
      onlyCategorizedAtFirstLoad: false,
      matchScope: 'sales-rep',
      defaultAccount: null,
      newAccounts: 'create',
      fields: Object.fromEntries(contactFields.map((name) => [name, field])),
      customFields: [],
    },
    appointment: {
      ...sharedDefaults,
      category: 'Siebel Calendar',
      requireCategory: false,
      genericOrganizerLogin: null,
      externalOrganizer: 'first-attendee',
      seriesStrategy: 'fan',
      seriesWindowDays: 60,
      guestMailKinds: { invitation: 'allow', update: 'allow', cancellation: 'allow' },
      maskedSubject: 'Private appointment',
      pastDays: null,
      futureDays: null,
      fields: Object.fromEntries(appointmentFields.map((name) => [name, field])),
    },
    task: {
      ...sharedDefaults,
      category: 'Siebel Task',
      requireCategory: false,
      pastDays: null,
      futureDays: null,
      fields: Object.fromEntries(taskFields.map((name) => [name, field])),
    },
  },
  activityTypeFilter: { enabled: false, default: null },
  guestMail: 'colleagues',
  guards: {
    deletions: {
      contact: { count: 250, percent: 25 },
      appointment: { count: 50, percent: 10 },
      task: { count: 50, percent: 50 },
    },
    creates: { count: 5000, percent: null },
    updates: { count: null, percent: 50 },
    mails: { count: 20 },
  },
  groups: [],
};
