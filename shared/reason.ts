import type { Domain, Side } from './domain.ts';
import type { NativeRule } from './series.ts';

/**
 * Why an item stands as it does, why something was done or left: codes with their facts, plain data, so that whoever shows
 * them says them in the reader's language. Several reasons are read one after the other.
 */
export type Reason = { [Code in ReasonCode]: ReasonOf<Code> }[ReasonCode];

export type ReasonCode = keyof typeof reasonFacts;

type ReasonOf<Code extends ReasonCode> = Readonly<
  { code: Code } & Pick<Facts, (typeof reasonFacts)[Code][number]>
>;

/** What reasons tell beside their code. Names of fields and never their values: reasons also go to logs. */
export type Facts = {
  /** Fields by their own names, as logs show them; `labels` are fields, too, which are always shown as people call them. */
  field: string;
  fields: readonly string[];
  labels: readonly string[];
  side: Side;
  from: Side;
  to: Side;
  winner: Side;
  domain: Domain;
  category: string;
  count: number;
  /** `YYYY-MM-DD` */
  day: string;
  rule: NativeRule;
  /** What a side or its service said, in English; whoever shows the reason may leave it out. */
  text: string;
};

/** Every reason there is, and what it tells. */
export const reasonFacts = {
  // What a decision rests on.
  levelNone: [],
  unproven: [],
  nothingNew: [],
  bothGone: [],
  onlyInSiebel: [],
  onlyInOutlook: [],
  newInSiebel: [],
  newInOutlook: [],
  takenOut: [],
  maybeOutOfReach: [],
  delivered: ['from', 'to', 'fields'],
  bothWrote: ['field', 'winner'],
  bothWroteAsked: ['fields'],
  staysWhereItIs: ['fields'],
  saysTheSame: [],
  // A removal: the side it left, then what follows from it.
  leftSiebel: [],
  leftSiebelEdited: [],
  leftOutlook: [],
  leftOutlookEdited: [],
  thenOutlookCopyRemoved: [],
  thenSiebelRecordDeleted: [],
  thenUnlisted: [],
  thenUnlistedRecordStays: [],
  thenOutlookItemStays: [],
  thenMarkTakenOff: [],
  thenMadeInSiebel: [],
  thenMadeInOutlook: [],
  thenApart: [],
  thenApartRecordStays: [],
  thenNothing: [],
  thenLeftAsItIs: [],
  // An Outlook item that is not kept in step.
  switchedOff: [],
  policyNone: ['domain'],
  policyFromSiebel: ['domain'],
  lookedAtNext: [],
  markedLookedAtNext: [],
  private: [],
  uncategorised: ['category'],
  outsideWindow: [],
  cancelled: [],
  organizerBrings: [],
  externalOrganizer: [],
  noActivityType: [],
  // Why it is not kept in step any more.
  madePrivate: [],
  privateInSiebel: [],
  deletedInOutlook: [],
  unmarked: [],
  categoryRemoved: [],
  outOfReach: [],
  deletedInSiebel: [],
  leftSyncList: [],
  leftActivity: [],
  leftTeam: [],
  rejected: [],
  notInStep: [],
  contactNotBegun: [],
  appointmentNotBegun: [],
  taskNotBegun: [],
  // On its way, or waiting.
  marking: [],
  unmarking: [],
  severalRecords: ['domain'],
  waitsInSiebel: ['labels'],
  wouldMail: [],
  hostCalendarLoading: [],
  notInHostCalendar: [],
  invitationOnItsWay: [],
  sideAway: ['side', 'text'],
  triedOften: ['count'],
  sideRefused: ['side', 'text'],
  // What a side cannot hold as the other does, and what helps.
  shortened: ['count'],
  tooLong: ['count'],
  valueRefused: [],
  separateActivities: ['day'],
  repeatsNearly: ['rule', 'day'],
  occurrenceComesLater: [],
  lastsAMinute: [],
  oneUnknownGuest: [],
  unknownGuests: ['count'],
  officeNeedsCompany: [],
  officeOfCompany: [],
  severalAccounts: [],
  noAccount: [],
  noDefaultAccount: [],
  furtherAddresses: [],
  noOwner: [],
  ownerLeft: [],
  organizerStays: [],
  onlyOrganizer: [],
  onlineMeetingText: [],
  needsTime: [],
  alwaysShown: [],
  noWayBack: [],
  noSuchDay: [],
  needsDueDay: [],
  needsBothTimes: [],
  endsBeforeStart: [],
  unknownTimes: [],
  seriesEndsFirst: [],
  allCancelled: [],
  ownersAppointment: [],
  ownersTask: [],
  noPlaceWithoutTime: [],
  noPlaceForSeries: [],
  occurrenceMovedTooFar: [],
  outlookRefusedContact: ['text'],
  outlookRefusedFieldOfContact: ['field', 'text'],
  outlookRefusedEvent: ['text'],
  outlookRefusedField: ['field', 'text'],
  outlookRefusedTask: ['text'],
  siebelRefusedValue: ['text'],
  siebelRefusedField: ['field', 'text'],
  siebelDuplicate: ['text'],
  siebelForbids: ['text'],
} as const satisfies Readonly<Record<string, readonly (keyof Facts)[]>>;
