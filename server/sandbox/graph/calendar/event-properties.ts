import type { Event } from '@microsoft/microsoft-graph-types';
import type { EventValues, WallTime } from './state.ts';

export const importances: readonly string[] = ['low', 'normal', 'high'];
export const sensitivities: readonly string[] = ['normal', 'personal', 'private', 'confidential'];
export const shownStates: readonly string[] = [
  'free',
  'tentative',
  'busy',
  'oof',
  'workingElsewhere',
  'unknown',
];

/** Set by the service, or read by somebody else: taken in a body, and passed over by those who read values. */
export const passedOver: ReadonlySet<string> = new Set([
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
  'iCalUId',
  'organizer',
  'isOrganizer',
  'responseStatus',
  'type',
  'seriesMasterId',
  'originalStart',
  'originalStartTimeZone',
  'originalEndTimeZone',
  'webLink',
  'bodyPreview',
  'hasAttachments',
  'isCancelled',
  'isDraft',
  'onlineMeeting',
  'onlineMeetingUrl',
  'cancelledOccurrences',
  'exceptionOccurrences',
  'instances',
  'calendar',
  'recurrence',
  'transactionId',
  'attachments',
  'extensions',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
] satisfies readonly (keyof Event)[]);

/** What guests see of a meeting, so that a change to it is mailed to them. */
export const visibleToGuests = [
  'subject',
  'body',
  'start',
  'end',
  'isAllDay',
  'locations',
  'online',
] as const satisfies readonly (keyof EventValues)[];

/** What a guest's copy takes over from the organiser's event; everything else is the guest's own. */
export const takenOver = [
  ...visibleToGuests,
  'importance',
  'attendees',
  'responseRequested',
  'allowNewTimeProposals',
  'hideAttendees',
] as const satisfies readonly (keyof EventValues)[];

const minutesBefore = 15;
/** Outlook reminds of whole days at six in the evening before. */
const minutesBeforeDay = 1080;

/** What a new event holds where its maker says nothing. */
export const defaultValues = (start: WallTime, end: WallTime, isAllDay: boolean): EventValues => ({
  subject: '',
  body: { contentType: 'html', content: '', preview: '' },
  importance: 'normal',
  sensitivity: 'normal',
  showAs: 'busy',
  categories: [],
  isAllDay,
  start,
  end,
  locations: [],
  attendees: [],
  isReminderOn: true,
  reminderMinutesBeforeStart: isAllDay ? minutesBeforeDay : minutesBefore,
  responseRequested: true,
  allowNewTimeProposals: true,
  hideAttendees: false,
  online: null,
});
