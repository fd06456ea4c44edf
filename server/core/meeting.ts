import type { AppointmentPolicy, MailRule, Policy } from '../../shared/policy.ts';
import type { MemberMove, Removals, Rules } from './policy.ts';
import { memberForm, type Member } from './fields/set.ts';
import type { FieldName } from './step.ts';

/**
 * What a mailbox's copy is to the meeting. `organizer`: its owner may change it for everybody, and Exchange mails the
 * guests. `attendee`: Exchange keeps it as the organizer's is. `copy`: we made it, without guests, because the policy let
 * nobody be invited.
 */
export type Role = 'organizer' | 'attendee' | 'copy';

/** What the rules of one Link of an appointment depend on, as plain data: the journal keeps it. */
export type MeetingContext = Readonly<{
  role: Role;
  /** The organizer's own copy is in step too: then it alone speaks for the meeting. */
  isOrganizerLinked: boolean;
  /** The person owns the activity in Siebel. */
  isOwner: boolean;
  /** Nobody but this person is on the activity. */
  isAlone: boolean;
  /** The two sides meet for the first time. */
  isFirstContact: boolean;
  /** Opened by a first load. */
  isSilent: boolean;
  isPast: boolean;
  isOnlineMeeting: boolean;
  /** Private in Outlook: Siebel holds a busy time without content. */
  isMasked: boolean;
  /** Private in Outlook, and somebody else's in Siebel: this copy says nothing there. */
  isHushed: boolean;
  /** Private in Siebel: it is its owner's alone, and nobody is invited to it. */
  isPrivate: boolean;
  /** The guests of the Outlook copy, as `memberForm` names them. */
  guests: readonly string[];
  /** Those of them who are not people whose own mailbox is kept in step. */
  outsiders: readonly string[];
  /** People who have a copy we made for them: they are not invited as well. */
  copyHolders: readonly string[];
  guestMail: Policy['guestMail'];
  mailKinds: AppointmentPolicy['guestMailKinds'];
}>;

type MailKind = keyof AppointmentPolicy['guestMailKinds'];

/** The rules of an appointment as they hold for one copy of it. */
export function meetingRules(rules: Rules, context: MeetingContext): Rules {
  return {
    ...rules,
    holds: {
      siebel: (field) => rules.holds.siebel(field) && mayTell(field, context),
      exchange: (field) => rules.holds.exchange(field) && mayBeTold(field, context),
    },
    mayTravel: (field, to) => rules.mayTravel(field, to) && (to === 'siebel' || mayReach(field, context)),
    mayMove: (move) => (move.field === 'attendees' ? attendeeMove(move, context) : rules.mayMove(move)),
    removals: removalsFor(rules.removals, context),
    mailed: (step) => {
      if (context.role === 'attendee') return [];
      if (step.do === 'create') return step.invited.map(memberForm);
      if (step.do === 'remove') return context.guests;
      const moved = [...step.added, ...step.removed].map(memberForm);
      return step.fields.some(isVisible) ? [...new Set([...context.guests, ...moved])] : moved;
    },
  };
}

const silentFields: ReadonlySet<FieldName> = new Set<FieldName>([
  'categories',
  'reminderMinutesBeforeStart',
  'showAs',
  'isPrivate',
  'activityType',
  'attendees',
]);

/** Whether guests can see the field: Exchange mails them all when it changes. */
export function isVisible(field: FieldName): boolean {
  return !silentFields.has(field);
}

/** Whether this copy says anything of the field to Siebel. */
function mayTell(field: FieldName, { role, isOrganizerLinked, isHushed }: MeetingContext): boolean {
  if (isHushed) return false;
  // A meeting never changes its organizer in Outlook; Siebel's owner is given when the activity is made.
  if (field === 'organizer') return false;
  if (role === 'organizer') return true;
  if (role === 'attendee') return !isOrganizerLinked;
  return field !== 'attendees';
}

/** Whether this copy takes the field from Siebel. Nobody but the organizer may change what all guests see. */
function mayBeTold(field: FieldName, context: MeetingContext): boolean {
  if (field === 'organizer') return false;
  if (context.role === 'attendee') return !context.isOrganizerLinked;
  if (context.isMasked && field !== 'timeSlot') return false;
  if (mayNotify(field, context) === 'forbid') return false;
  if (context.role === 'copy') return field !== 'attendees';
  // What guests were told stands when the two sides meet; Siebel takes it over.
  const isTold = context.isFirstContact && context.guests.length > 0;
  return !(isTold && isVisible(field));
}

/**
 * Whether what Siebel says of the field may be written to this copy now. What may not waits: should Outlook change it as
 * well, both values are known. A guest's copy is never written, nor is the text around the join link of an online meeting.
 */
function mayReach(field: FieldName, context: MeetingContext): boolean {
  if (context.role === 'attendee') return false;
  if (field === 'body' && context.isOnlineMeeting) return false;
  return mayNotify(field, context) !== 'defer';
}

/** People may have invited others to a copy we made, too: they are mailed as any guests are. */
function mayNotify(field: FieldName, context: MeetingContext): MailRule {
  const isMailing = context.role !== 'attendee' && isVisible(field) && context.guests.length > 0;
  const isInside = context.outsiders.length === 0;
  return isMailing ? permission('update', isInside, context) : 'allow';
}

/**
 * Whether mailing these people is allowed. Nobody is mailed about the past or because of a first load, and nobody outside
 * the company unless the policy says `always`.
 */
function permission(kind: MailKind, isInside: boolean, context: MeetingContext): MailRule {
  const rule = context.mailKinds[kind];
  if (rule === 'forbid') return rule;
  if (context.isSilent && kind === 'invitation') return 'forbid';
  if (context.isPast) return kind === 'update' ? 'defer' : 'forbid';
  if (rule === 'defer' || context.guestMail === 'never') return 'defer';
  return isInside || context.guestMail === 'always' ? 'allow' : 'defer';
}

const whenOf = { allow: 'now', defer: 'later', forbid: 'never' } as const satisfies Record<MailRule, string>;

function attendeeMove({ member, change, to }: MemberMove, context: MeetingContext) {
  if (to === 'siebel') return 'now';
  if (change === 'added' && context.isPrivate) return 'later';
  if (
    change === 'added' &&
    (context.role !== 'organizer' || context.copyHolders.includes(memberForm(member)))
  )
    return 'never';
  return whenOf[permission(change === 'added' ? 'invitation' : 'cancellation', isColleague(member), context)];
}

/** Only people whose mailbox is kept in step carry their login. */
export function isColleague(member: Member): boolean {
  return typeof member !== 'string' && member.login !== null;
}

/**
 * An attendee who leaves, leaves the record to the others; what the organizer cancels, Exchange takes out of the guests'
 * calendars itself; and a meeting that goes on in Outlook is not cancelled because its owner changed in Siebel.
 */
function removalsFor(own: Removals, context: MeetingContext): Removals {
  if (context.role === 'organizer') return organizerRemovals(own, context);
  const isLast = context.isOwner && context.isAlone;
  const deletedInOutlook = isLast ? own.deletedInOutlook : 'unlist';
  if (context.role === 'copy') return { ...organizerRemovals(own, context), deletedInOutlook };
  const left = context.isOrganizerLinked ? 'close' : 'unmark';
  return { ...own, deletedInOutlook, deletedInSiebel: left, unmarked: left, outOfReach: left };
}

function organizerRemovals(own: Removals, context: MeetingContext): Removals {
  if (context.guests.length === 0) return own;
  const cancelled = { allow: own.deletedInSiebel, defer: 'wait', forbid: 'unmark' } as const;
  return {
    ...own,
    deletedInSiebel:
      own.deletedInSiebel === 'delete'
        ? cancelled[permission('cancellation', context.outsiders.length === 0, context)]
        : own.deletedInSiebel,
    unmarked: 'unmark',
    outOfReach: 'unmark',
  };
}
