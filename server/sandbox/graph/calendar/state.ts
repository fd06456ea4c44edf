import type { Feed } from '../feed.ts';
import type { Pattern } from '../recurrence-days.ts';

/** A time as a clock on the wall shows it: `yyyy-MM-ddTHH:mm:ss.fffffff`, in a zone Exchange knows. */
export type WallTime = Readonly<{ dateTime: string; zone: string }>;

type ResponseName = 'none' | 'organizer' | 'tentativelyAccepted' | 'accepted' | 'declined' | 'notResponded';

/** `time` in ISO 8601 UTC; `0001-01-01T00:00:00Z` means never. */
export type ResponseStatus = Readonly<{ response: ResponseName; time: string }>;

/** `address` is as it was written, null where the guest has a name only. */
export type Attendee = Readonly<{
  type: string;
  name: string;
  address: string | null;
  status: ResponseStatus;
  /** The time slot a guest proposed, as it was sent. */
  proposed: Readonly<Record<string, unknown>> | null;
}>;

export type EventBody = Readonly<{ contentType: 'text' | 'html'; content: string; preview: string }>;
export type EventLocation = Readonly<Record<string, unknown>>;
export type OnlineMeeting = Readonly<{ provider: string; joinUrl: string; conferenceId: string }>;

/** Everything a client may set on an event; an exception of a series holds those that differ from the series. */
export type EventValues = Readonly<{
  subject: string;
  body: EventBody;
  importance: string;
  sensitivity: string;
  showAs: string;
  categories: readonly string[];
  isAllDay: boolean;
  start: WallTime;
  end: WallTime;
  locations: readonly EventLocation[];
  attendees: readonly Attendee[];
  isReminderOn: boolean;
  reminderMinutesBeforeStart: number;
  responseRequested: boolean;
  allowNewTimeProposals: boolean;
  hideAttendees: boolean;
  online: OnlineMeeting | null;
}>;

export type EventPatch = Partial<EventValues>;

type Attached = {
  extended: readonly Readonly<{ id: string; value: string | readonly string[] }>[] | null;
  extensions: Map<
    string,
    Readonly<{ extensionName: string; content: Readonly<Record<string, unknown>> }>
  > | null;
};

/** An occurrence that differs from its series. */
export type EventException = Attached & {
  values: EventPatch;
  /** What the attendee answered for this occurrence alone. */
  response: ResponseStatus | null;
  createdAt: number;
};

export type SeriesRule = Readonly<{
  pattern: Pattern;
  range: Readonly<{
    type: 'endDate' | 'noEnd' | 'numbered';
    startDate: string;
    endDate: string;
    recurrenceTimeZone: string;
    numberOfOccurrences: number;
  }>;
}>;

/** What makes an event a series; dates are those of the rule, yyyy-MM-dd in its zone. */
export type Series = {
  rule: SeriesRule;
  cancelled: Set<string>;
  exceptions: Map<string, EventException>;
};

export type Attachment = Readonly<{
  id: string;
  name: string;
  contentType: string;
  contentBytes: string;
  isInline: boolean;
  modifiedAt: number;
}>;

/** A single event or a series, in one mailbox: the organiser's own or a guest's copy. */
export type EventItem = Attached & {
  /** For the immutable id. */
  number: number;
  /** For the mutable id; another one after every move. */
  mutableNumber: number;
  calendar: Calendar;
  /** Where it lay before it was deleted. */
  origin: Calendar | null;
  version: number;
  createdAt: number;
  modifiedAt: number;
  iCalUId: string;
  transactionId: string | null;
  organizer: Readonly<{ name: string; address: string }>;
  isOrganizer: boolean;
  isCancelled: boolean;
  response: ResponseStatus;
  /** What the organiser wants shown, which a guest's copy takes over when it is accepted. */
  intendedShowAs: string;
  values: EventValues;
  series: Series | null;
  attachments: readonly Attachment[];
  /** Shown for its zones where the organiser's program names none that Exchange knows; null otherwise. */
  zoneLabel: string | null;
  /** Start and end in milliseconds, as the index has them; of a series those of its first occurrence. */
  startMs: number;
  endMs: number;
};

/**
 * Where the events of a calendar lie in time: those of ordinary length in the order of their starts, the few very long
 * ones and the series by themselves. Numbers are those of the items.
 */
export type EventIndex = {
  starts: number[];
  numbers: number[];
  long: Set<number>;
  series: Set<number>;
};

export type Calendar = {
  number: number;
  name: string;
  color: string;
  kind: 'calendar' | 'deletedItems';
  version: number;
  items: Map<number, EventItem>;
  feed: Feed;
  index: EventIndex;
  /** The mutable number an event had when it left, where that was not its first. */
  left: Map<number, number>;
};

/** Everything about the calendars of one mailbox. */
export type Calendars = {
  main: Calendar;
  /** The events in Deleted Items. */
  deleted: Calendar;
  /** By number, Deleted Items not among them. */
  all: Map<number, Calendar>;
  /** By every number an event has or had. */
  items: Map<number, EventItem>;
  byICalUId: Map<string, EventItem[]>;
  archived: Map<number, EventItem>;
  transactions: Map<string, Readonly<{ fingerprint: string; number: number }>>;
};
