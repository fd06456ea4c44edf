import type { Domain } from './domain.ts';
import type { ReasonCode } from './reason.ts';
import type { NativeRule } from './series.ts';

/** A sentence for every reason, with places for its facts, and the words those are named by. */
export type ReasonTexts = Readonly<Record<ReasonCode | `domain_${Domain}` | `rule_${NativeRule}`, string>>;

/** What a decision rests on. */
const decided = {
  levelNone: 'This person is not in the sync; nothing is read into either side.',
  unproven:
    'One side shows nothing at the moment and does not say why; nothing is proven, so nothing is done.',
  nothingNew: 'Neither side changed.',
  bothGone: 'Neither side has it any more; there is nothing left to keep in step.',
  onlyInSiebel: 'It exists in Siebel only, and this person’s level brings nothing into Outlook.',
  onlyInOutlook: 'It exists in Outlook only, and this person’s level brings nothing into Siebel.',
  newInSiebel: 'It is new in Siebel; Outlook gets it.',
  newInOutlook: 'It is new in Outlook; Siebel gets it.',
  takenOut: 'It is there already and its owner took it out of the sync; it is not made again.',
  maybeOutOfReach: 'It may be there already but is out of reach; it is not made again.',
  delivered: '{from}’s {fields} goes to {to}.',
  bothWrote: 'Both sides wrote {field}; {winner} wins.',
  bothWroteAsked: 'Both sides wrote {fields}; it waits until a person chooses a side.',
  staysWhereItIs: 'What changed in {fields} may not travel to the other side and stays where it is.',
  saysTheSame: 'The two sides say the same.',
  leftSiebel: 'It left Siebel;',
  leftSiebelEdited: 'It left Siebel and was edited in Outlook meanwhile;',
  leftOutlook: 'It left Outlook;',
  leftOutlookEdited: 'It left Outlook and was edited in Siebel meanwhile;',
  thenOutlookCopyRemoved: 'its Outlook copy is removed.',
  thenSiebelRecordDeleted: 'the Siebel record is deleted.',
  thenUnlisted: 'the person leaves the Sync List.',
  thenUnlistedRecordStays: 'the person leaves the Sync List, the record stays.',
  thenOutlookItemStays: 'the Outlook item stays with its owner, without the category.',
  thenMarkTakenOff: 'the mark is taken off.',
  thenMadeInSiebel: 'it is made again in Siebel.',
  thenMadeInOutlook: 'it comes back in Outlook.',
  thenApart: 'the two are no longer kept in step, nothing is removed.',
  thenApartRecordStays: 'the two are no longer kept in step, the Siebel record stays.',
  thenNothing: 'nothing is done for now.',
  thenLeftAsItIs: 'the item is left as it is.',
};

/** Why an Outlook item is not kept in step, or not any more. */
const off = {
  switchedOff: 'Sync is switched off for your mailbox; an administrator can switch it on.',
  policyNone: 'The policy keeps no {domain}s of yours in step; ask an administrator.',
  policyFromSiebel:
    'The policy brings {domain}s of yours from Siebel to Outlook alone; ask an administrator.',
  lookedAtNext: 'It is looked at next.',
  markedLookedAtNext: 'It has its category and is looked at next.',
  private: 'It is private, and private items stay in Outlook.',
  uncategorised: 'It lacks the category "{category}".',
  outsideWindow: 'It lies outside the time that is kept in step.',
  cancelled: 'Its organizer cancelled it.',
  organizerBrings: 'It comes through the calendar of its organizer, a colleague; mark it if it does not.',
  externalOrganizer:
    'Its organizer is nobody in Siebel, and such meetings are not kept in step; an administrator can change that.',
  noActivityType:
    'None of its categories is an activity type of Siebel, and only such items are kept in step.',
  madePrivate: 'You made it private in Outlook; private items stay there.',
  privateInSiebel: 'It is private in Siebel; private tasks stay there.',
  deletedInOutlook: 'It was deleted in Outlook.',
  unmarked: 'You stopped syncing it.',
  categoryRemoved: 'Its Siebel category was taken off in Outlook.',
  outOfReach: 'It is out of reach of your sign-in in Siebel or of your mailbox.',
  deletedInSiebel: 'It was deleted in Siebel.',
  leftSyncList: 'You were taken off its Sync List in Siebel.',
  leftActivity: 'You were taken off it in Siebel.',
  leftTeam: 'You are not on its team in Siebel any more.',
  rejected: 'An administrator decided that it is not to be carried over.',
  notInStep: 'It is not kept in step.',
  contactNotBegun:
    'It is private, or gone, and the policy keeps private contacts in Outlook. Clear Private and mark it again.',
  appointmentNotBegun:
    'It is private, cancelled, outside the time that is kept in step, or gone; the policy leaves it in Outlook.',
  taskNotBegun: 'It is outside the time that is kept in step, or gone; the policy leaves it in Outlook.',
};

/** What is on its way, waits or was not taken. */
const underWay = {
  marking: 'You marked it; it is on its way.',
  unmarking: 'You stopped syncing it; that is on its way.',
  severalRecords: 'Several records in Siebel could be this {domain}; tell which one it is.',
  waitsInSiebel: 'What changed in Siebel waits ({labels}).',
  wouldMail:
    'Outlook would mail guests about it, which the policy does not allow now; it is written as soon as it does.',
  hostCalendarLoading: 'The calendar of the meeting’s owner is still being loaded; it may hold the meeting.',
  notInHostCalendar: 'The meeting is not in its organizer’s calendar yet; it is looked for again.',
  invitationOnItsWay: 'Exchange has not put the invitation into the calendar yet; it is looked for again.',
  sideAway: '{text}',
  triedOften: 'It was tried {count} times; it is tried again when the item changes.',
  sideRefused: '{text}',
};

/** What a side cannot hold as the other does, and what helps. */
const notHeld = {
  shortened: 'Siebel holds {count} characters here; the rest stays in Outlook.',
  tooLong: 'Siebel holds {count} characters here and half of it would be wrong; kept in Outlook.',
  valueRefused: 'Siebel would not take the value; kept in Outlook.',
  separateActivities: 'Siebel holds separate activities until {day}; it cannot repeat by this rule.',
  repeatsNearly: 'Siebel repeats {rule} and leaves out the days that are not in the rule until {day}.',
  occurrenceComesLater: 'Siebel holds separate activities and gets this occurrence nearer to its day.',
  lastsAMinute: 'Siebel holds no appointment without a length; it lasts a minute there.',
  oneUnknownGuest: 'One guest is neither an employee nor a contact in Siebel, and known to Outlook alone.',
  unknownGuests:
    '{count} guests are neither an employee nor a contact in Siebel, and known to Outlook alone.',
  officeNeedsCompany: 'In Siebel an office is the location of a company; add the company. Kept in Outlook.',
  officeOfCompany: 'In Siebel the office is the location of the company and belongs to it; change it there.',
  severalAccounts: 'Siebel has several accounts of this name; add the office to say which. Kept in Outlook.',
  noAccount: 'Siebel has no account of this name and office, and none may be created. Kept in Outlook.',
  noDefaultAccount:
    'The default account of the policy is not in Siebel; ask an administrator to create or correct it.',
  furtherAddresses:
    'The contact has further addresses in Siebel, one of which would take its place; remove it there.',
  noOwner:
    'The organizer is no employee in Siebel, and nobody is named to own such appointments; name one in the policy.',
  ownerLeft: 'The owner has left and may not own activities in Siebel; let somebody else organize it.',
  organizerStays: 'Outlook does not hand a meeting over to another organizer.',
  onlyOrganizer: 'Only the organizer of the meeting can change it in Outlook.',
  onlineMeetingText: 'The text of an online meeting holds the way into it and is left as it is.',
  needsTime: 'Outlook keeps no event without a time.',
  alwaysShown: 'Outlook always shows an event as something.',
  noWayBack: 'Outlook cannot bring back an occurrence of a series once it was cancelled.',
  noSuchDay: 'The series in Outlook has no occurrence on that day.',
  needsDueDay: 'To Do repeats a task by the day it is due, and this one has none.',
  needsBothTimes: 'An appointment in Siebel needs a start and an end; give it both.',
  endsBeforeStart: 'The end lies before the start; correct one of them.',
  unknownTimes: 'The start or the end is no time of a known time zone; choose them anew.',
  seriesEndsFirst: 'The series ends before it begins; correct its end.',
  allCancelled: 'Every occurrence of the series is cancelled.',
  ownersAppointment:
    'The owner cannot leave an appointment in Siebel; delete it, or let somebody else own it.',
  ownersTask: 'A task in Siebel belongs to its owner; delete it, or let somebody else own it.',
  noPlaceWithoutTime:
    'An appointment without a time has no place in a calendar; it is tried again when it has one.',
  noPlaceForSeries:
    'The series ends before it starts, so it has no place in a calendar; it is tried again when its end is a later day.',
  occurrenceMovedTooFar:
    'Outlook lets an occurrence of a series move no further than to the day before the next one; it is tried again when it changes.',
  outlookRefusedContact: 'Outlook refused the contact ({text}); the contact is tried again when it changes.',
  outlookRefusedFieldOfContact:
    'Outlook refused {field} ({text}); the contact is tried again when it changes.',
  outlookRefusedEvent: 'Outlook refused the event ({text}); it is tried again when it changes.',
  outlookRefusedField: 'Outlook refused {field} ({text}); it is tried again when it changes.',
  outlookRefusedTask: 'Outlook refused the task ({text}); it is tried again when it changes.',
  siebelRefusedValue: '{text}',
  siebelRefusedField: '{field}: {text}',
  siebelDuplicate: '{text}',
  siebelForbids: '{text}',
};

/** The words for kinds of items and rhythms, as the sentences above take them. */
const words = {
  domain_contact: 'contact',
  domain_appointment: 'appointment',
  domain_task: 'task',
  rule_daily: 'daily',
  rule_weekly: 'weekly',
  rule_monthly: 'monthly',
  rule_quarterly: 'quarterly',
  rule_yearly: 'yearly',
};

export const englishReasons: ReasonTexts = { ...decided, ...off, ...underWay, ...notHeld, ...words };
