import type { Importance } from '../../../shared/appointment.ts';
import type { CustomField } from '../../../shared/policy.ts';
import type { NativeRule } from '../../../shared/series.ts';
import type { TaskStatus } from '../../../shared/task.ts';
import type { Http } from '../http.ts';

export type SiebelAuth =
  | Readonly<{ scheme: 'basic'; user: string; password: string }>
  | Readonly<{ scheme: 'bearer'; token: string }>
  | Readonly<{
      scheme: 'client-credentials';
      tokenUrl: string;
      clientId: string;
      clientSecret: string;
      scope: string | null;
    }>;

/** The business components we use; each is `{name}/{name}` under `/data`. */
export type Component = 'Contact' | 'Employee' | 'Account' | 'Action' | 'List Of Values';

/** The children we read and write, by the names the customer's integration objects give them; `null`: not offered. */
export type ChildNames = Readonly<{
  syncList: string;
  /** The employees' own list; `null` where employees are not handed out. */
  employeeSyncList: string | null;
  position: string;
  account: string;
  homeAddress: string | null;
  businessAddress: string | null;
}>;

/** The customer's ways with activities (facts/siebel-rest.md 6.3 to 6.5). */
export type ActivitySettings = Readonly<{
  /** The values of `Display` that make an activity a calendar item, and a task. */
  displays: Readonly<{ appointment: string; task: string }>;
  /** The children of an activity; `exception`: the occurrences a repeating one does not have, `null` where none are kept. */
  children: Readonly<{ employee: string; contact: string; exception: string | null }>;
  /** The field of an exception that holds the start the occurrence would have had. */
  exceptionField: string;
  /** Whether `Due` is a date-time; else a plain date. */
  dueIsDateTime: boolean;
  /** Siebel's values and ours, many to one; of those that mean the same the first is written. */
  statuses: readonly (readonly [siebel: string, ours: TaskStatus])[];
  priorities: readonly (readonly [siebel: string, ours: Importance])[];
  /** The values of `Type` that say no more than `Display` does. */
  types: Readonly<{ appointment: string; task: string }>;
  /** How Siebel calls the ways in which it repeats an activity by itself. */
  repeats: Readonly<Record<NativeRule, string>>;
}>;

export type SiebelSettings = Readonly<{
  /** For example `https://siebel.example.com/siebel/v1.0`; with or without a slash at the end. */
  url: string;
  auth: SiebelAuth;
  /** The header that names the acting user of a write, where the gateway in front of Siebel trusts us. */
  trustedUserHeader: string | null;
  /** IANA zone of the service account's Siebel profile: date-times, search values included, are in it. */
  timeZone: string;
  /** Most requests of this connector in flight. */
  concurrency: number;
  /** Rows a page; a server parameter of Siebel allows 100 unless the customer lowered it. */
  pageSize: number;
  /** The widest view mode the service account may use on each component; only `All` and `Catalog` prove an absence. */
  viewModes: Readonly<Record<Component, string>>;
  /** Query parameters the customer's Application Interface profile renamed: documented name to theirs. */
  parameterNames: Readonly<Record<string, string>>;
  children: ChildNames;
  activity: ActivitySettings;
  /** Whether children travel inside their record, both ways; `auto` tries once and remembers. */
  nestedChildren: boolean | 'auto';
  /** Whether a write carries `Mod Id`, for customers who gave the component a Modification Key. */
  modificationKey: boolean;
  /** What the organisation's policy says now; asked at every use, because a policy acts at once. */
  policy: () => SiebelPolicy;
  http: Http;
  clock: Readonly<{ now: () => Temporal.Instant }>;
}>;

/** The parts of the policy this side acts on. Give the same object while nothing changed. */
export type SiebelPolicy = Readonly<{
  /** The customer's names of Siebel fields, by our field names, where they are not the shipped ones. */
  fieldMap: Readonly<Record<string, string>>;
  /** The same for employees. */
  employeeFieldMap: Readonly<Record<string, string>>;
  customFields: readonly CustomField[];
  /** Whether a company Siebel does not know becomes a new account. */
  newAccounts: 'create' | 'keep-in-outlook';
  /** Takes the business addresses of contacts without a company. */
  defaultAccount: Readonly<{ name: string; location: string | null }> | null;
  activity: ActivityPolicy;
}>;

export type ActivityPolicy = Readonly<{
  appointment: Readonly<{
    fieldMap: Readonly<Record<string, string>>;
    /** How Siebel holds a series it cannot repeat by itself: as separate activities, or by a denser rule with exceptions. */
    seriesStrategy: 'fan' | 'nearest-rule';
    /** How many days ahead of today separate activities are made. */
    seriesWindowDays: number;
  }>;
  task: Readonly<{ fieldMap: Readonly<Record<string, string>> }>;
}>;

const shippedPolicy: SiebelPolicy = {
  fieldMap: {},
  employeeFieldMap: {},
  customFields: [],
  newAccounts: 'create',
  defaultAccount: null,
  activity: {
    appointment: { fieldMap: {}, seriesStrategy: 'fan', seriesWindowDays: 60 },
    task: { fieldMap: {} },
  },
};

/** Values as shipped by Oracle; SSSE's table of meanings (facts/ssse.md 7.3 and 7.4). */
const shippedActivity: ActivitySettings = {
  displays: { appointment: 'Calendar and Activities', task: 'To Do and Activities' },
  children: { employee: 'Employee', contact: 'Contact', exception: 'Action Exception' },
  exceptionField: 'Exception Date',
  dueIsDateTime: true,
  statuses: [
    ['Not Started', 'notStarted'],
    ['Acknowledged', 'notStarted'],
    ['Scheduled', 'notStarted'],
    ['Planned', 'notStarted'],
    ['In Progress', 'inProgress'],
    ['Done', 'completed'],
    ['On Hold', 'waitingOnOthers'],
    ['Cancelled', 'deferred'],
    ['Canceled', 'deferred'],
    ['Declined', 'deferred'],
  ],
  priorities: [
    ['2-High', 'high'],
    ['1-ASAP', 'high'],
    ['3-Medium', 'normal'],
    ['4-Low', 'low'],
  ],
  types: { appointment: 'Appointment', task: 'To Do' },
  repeats: { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly', quarterly: 'Quarterly', yearly: 'Yearly' },
};

/** What stands in for settings a customer does not give. */
export const siebelDefaults = {
  trustedUserHeader: null,
  timeZone: 'UTC',
  concurrency: 4,
  pageSize: 100,
  viewModes: { Contact: 'All', Employee: 'All', Account: 'All', Action: 'All', 'List Of Values': 'All' },
  parameterNames: {},
  children: {
    syncList: 'Sync List',
    employeeSyncList: 'Sync List',
    position: 'Position',
    account: 'Account',
    homeAddress: 'Personal Address',
    businessAddress: 'Business Address',
  },
  activity: shippedActivity,
  nestedChildren: 'auto',
  modificationKey: false,
  policy: () => shippedPolicy,
} as const satisfies Partial<SiebelSettings>;
