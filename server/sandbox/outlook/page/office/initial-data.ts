import { rowsOf, textAt, type Json } from '../wire.ts';
import type { OpenItem, Program } from './open-item.ts';

/** Kinds of items as office.js numbers them. */
const itemTypes = { message: 1, appointmentRead: 2, appointmentCompose: 5, none: 6 } as const;
/** `ReadWriteItem`, as the manifest asks for. */
const permissionLevel = 3;
/** Answers of guests as office.js numbers them. */
const responses: Readonly<Record<string, number>> = {
  organizer: 1,
  tentativelyAccepted: 2,
  accepted: 3,
  declined: 4,
};

/** What office.js gets to know about the program and its open item when it begins and whenever another one is opened. */
export function initialData({ person, open }: Program): Json {
  const opened = open();
  const common = {
    permissionLevel,
    hostVersion: '20.0.0.0',
    owaView: 'ThreeColumns',
    userEmailAddress: person.mailbox,
    userDisplayName: person.displayName,
    userTimeZone: person.timeZone,
    userProfileType: 'enterprise',
    attachments: [],
    ewsUrl: '',
    restUrl: '',
  };
  if (opened === null) return { ...common, itemType: itemTypes.none };
  return { ...common, ...(opened.kind === 'message' ? messageData(opened.item) : appointmentData(opened)) };
}

/** Ids of add-ins are the same bytes in standard base64. */
export function ewsId(item: Json): string {
  return textAt(item, 'id').replaceAll('-', '/').replaceAll('_', '+');
}

function messageData(item: Json): Json {
  return {
    itemType: itemTypes.message,
    itemClass: 'IPM.Note',
    id: ewsId(item),
    subject: item['subject'],
    normalizedSubject: item['subject'],
    from: item['from'],
    sender: item['from'],
    to: item['to'],
    cc: [],
    dateTimeCreated: Date.parse(textAt(item, 'sentAt')),
    dateTimeModified: Date.parse(textAt(item, 'sentAt')),
  };
}

/** The organizer's own opens for writing, a guest's copy for reading. */
function appointmentData({ item, draft }: Extract<OpenItem, { kind: 'appointment' }>): Json {
  const seriesId = textAt(item, 'seriesMasterId') || null;
  if (draft.isOrganizer) return { itemType: itemTypes.appointmentCompose, seriesId };
  return {
    itemType: itemTypes.appointmentRead,
    itemClass: 'IPM.Appointment',
    id: item === null ? '' : ewsId(item),
    seriesId,
    subject: draft.subject,
    normalizedSubject: draft.subject,
    location: draft.location,
    start: draft.startMs,
    end: draft.endMs,
    organizer: addressOf(item?.['organizer']),
    to: guestsOf(item, 'required'),
    cc: guestsOf(item, 'optional'),
  };
}

export function guestsOf(item: Json | null, type: string): readonly Json[] {
  return rowsOf(item?.['attendees'])
    .filter((one) => (textAt(one, 'type') || 'required') === type)
    .map((one) => ({
      ...addressOf(one),
      appointmentResponse: responses[textAt(one, 'status', 'response')] ?? 0,
    }));
}

function addressOf(value: unknown): Json {
  const address = textAt(value, 'emailAddress', 'address');
  return { address, name: textAt(value, 'emailAddress', 'name') || address };
}
