import type { World } from '../world.ts';

/** Every way in which Graph may behave that is off until asked for, or of which nothing certain is known. */
const switches = {
  mailboxScope: [
    '',
    'Mailboxes the app may reach, comma-separated, as RBAC for Applications scopes them; empty means all.',
  ],
  mailboxNotEnabled: [
    '',
    'Mailboxes (comma-separated, * for all) that answer 404 MailboxNotEnabledForRESTAPI, as on-premises ones do.',
  ],
  fullMailbox: [
    '',
    'Mailboxes (comma-separated, * for all) that are full: delta answers 403, writes 507 ErrorQuotaExceeded.',
  ],
  deletedItemsHidden: [
    false,
    'A deleted contact is not found by its immutable id either; otherwise it is found in Deleted Items.',
  ],
  deleteTwiceForbidden: [
    false,
    'Deleting what lies in Deleted Items answers 403 ErrorCannotDeleteObject instead of 404.',
  ],
  keepsDisplayName: [false, 'displayName stays as it is when a PATCH changes names without naming it.'],
  trimsText: [false, 'Text is trimmed when it is stored.'],
  textLimit: [0, 'Text of contacts, notes excepted, is cut to this many characters; 0 means no limit.'],
  birthdayAtNoon: [false, 'Birthdays are stored at 11:59 UTC of their date, as Outlook writes them.'],
  serverTouches: [
    false,
    'The server changes etag and change feed of an item once more, shortly after each write.',
  ],
  spuriousConflicts: [false, 'The first change of each item answers 412 though nobody else touched it.'],
  deltaEmptyPages: [false, 'Every delta round begins with an empty page.'],
  deltaReplays: [false, 'A delta round repeats the last rows of the round before.'],
  deltaPartialRows: [false, 'Delta rows of contacts written since carry only what the last write named.'],
  deltaTokensKept: [
    0,
    'How many delta and skip tokens a mailbox remembers; older ones answer 410. 0 means all.',
  ],
  movedReason: ['deleted', 'The reason of a removed row for a contact that was moved to another folder.'],
  prefixedExtensionIds: [
    false,
    'Ids of open extensions come with Microsoft.OutlookServices.OpenTypeExtension in front.',
  ],
  recurrenceStartMustMatch: [
    false,
    'A recurrence whose startDate is not the date of its item is refused; otherwise the item decides.',
  ],
  taskDatesKeepZone: [
    false,
    'Dates of tasks written with a zone are midnight of that zone, which is another hour in UTC.',
  ],
  taskIfMatchIgnored: [false, 'If-Match is not looked at for tasks: the last writer wins.'],
  taskPartsInline: [false, 'Checklist items and linked resources of tasks come without $expand.'],
  taskPartsFollow: [
    false,
    'The next task of a series takes linked resources and extensions along from the completed one.',
  ],
  deletedEventsFound: [
    false,
    'A deleted event is found by its immutable id in Deleted Items; otherwise it answers 404.',
  ],
  transactionsRefused: [
    false,
    'A POST of an event under a transactionId used before answers 409, even when it is the same event.',
  ],
  keepsExceptions: [
    false,
    'Exceptions and cancellations of a series stay when its times or its pattern change, where the dates still exist.',
  ],
  mailsUnchanged: [
    false,
    'A PATCH of a meeting mails its guests for what it names, even when the value is the one it had.',
  ],
  attendeeEditsRefused: [
    false,
    'A guest may not change what the organiser decides; otherwise such a change is kept in the copy alone.',
  ],
  updatesRevive: [
    false,
    'An update puts a meeting back into the calendar of a guest who deleted or declined it.',
  ],
  blankRecurrenceZones: [false, 'Copies of all-day series show an empty recurrenceTimeZone.'],
  notificationDelayMs: [80, 'How long notifications are collected before they are posted.'],
  duplicateNotifications: [false, 'Every notification comes twice.'],
  shuffledNotifications: [false, 'Notifications of one post come in any order.'],
  notificationLoss: [0, 'Share of notifications that are lost without a trace, 0 to 1.'],
  missedInstead: [false, 'Instead of notifications comes the lifecycle event missed.'],
  subscriptionRemoved: [
    false,
    'A change ends its subscription with the lifecycle event subscriptionRemoved.',
  ],
  endpointStates: [false, 'Slow endpoints are delayed and very slow ones dropped for 10 minutes.'],
} as const satisfies Record<string, readonly [boolean | number | string, string]>;

export type SwitchName = keyof typeof switches;

export function declareSwitches(world: World): void {
  for (const [name, [initial, meaning]] of Object.entries(switches)) {
    world.switches.declare(`graph.${name}`, initial, meaning);
  }
}

export const isOn = (world: World, name: SwitchName): boolean => world.switches.isOn(`graph.${name}`);

export const numberOf = (world: World, name: SwitchName): number =>
  Number(world.switches.value(`graph.${name}`));

export const textOf = (world: World, name: SwitchName): string =>
  String(world.switches.value(`graph.${name}`));

/** Whether a switch that lists mailboxes names this one. */
export function namesMailbox(world: World, name: SwitchName, address: string): boolean {
  const listed = textOf(world, name).toLowerCase();
  if (listed === '') return false;
  return listed === '*' || listed.split(',').some((one) => one.trim() === address);
}
