import { textAt, type Graph, type Json, type Person } from '../wire.ts';
import type { Folder } from './folder.ts';

const hourMs = 3_600_000;
const mostContacts = 4;

/** A few mails from colleagues and contacts, made up here: the sandbox's Exchange keeps none. They can only be read. */
export function mailFolder(me: Person, colleagues: readonly Person[]): Folder {
  return {
    name: 'mail',
    title: 'Mail',
    newLabel: null,
    list: async (graph, now) => [
      ...fromColleagues(me, colleagues, now),
      ...(await fromContacts(graph, me, now)),
    ],
    labelOf: (item) => textAt(item, 'subject'),
    detailOf: (item) => textAt(item, 'from', 'name'),
    groupOf: () => 'Inbox',
    isEditable: () => false,
    fields: [],
    valuesOf: () => ({}),
    bodyOf: () => ({}),
    place: '',
    pathOf: () => '',
  };
}

const colleagueSubjects = ['Numbers for Thursday', 'Can you take the call?', 'Travel plans'] as const;
const contactSubjects = [
  'Question about our order',
  'Service visit next week',
  'Your offer of Monday',
  'New phone number',
] as const;

function fromColleagues(me: Person, colleagues: readonly Person[], now: Date): readonly Json[] {
  const at = colleagues.findIndex(({ mailbox }) => mailbox === me.mailbox);
  return colleagueSubjects.flatMap((subject, index) => {
    const colleague = colleagues[(at + index + 1) % colleagues.length];
    if (colleague === undefined || colleague.mailbox === me.mailbox) return [];
    const from = { name: colleague.displayName, address: colleague.mailbox };
    return [message({ subject, from, me, sentAt: new Date(now.getTime() - (index + 1) * hourMs) })];
  });
}

async function fromContacts(graph: Graph, me: Person, now: Date): Promise<readonly Json[]> {
  const contacts = await graph.rows('/contacts?$top=50');
  return contacts
    .flatMap((contact) => {
      const address = textAt(contact, 'emailAddresses', 0, 'address');
      const name = [textAt(contact, 'givenName'), textAt(contact, 'surname')].filter(Boolean).join(' ');
      return address === '' ? [] : [{ name: name || address, address }];
    })
    .slice(0, mostContacts)
    .map((from, index) =>
      message({
        subject: contactSubjects[index] ?? contactSubjects[0],
        from,
        me,
        sentAt: new Date(now.getTime() - (index + 5) * hourMs),
      }),
    );
}

type Mail = Readonly<{
  subject: string;
  from: Readonly<{ name: string; address: string }>;
  me: Person;
  sentAt: Date;
}>;

function message({ subject, from, me, sentAt }: Mail): Json {
  return {
    id: `message-${from.address}-${subject}`,
    kind: 'message',
    subject,
    from,
    to: [{ name: me.displayName, address: me.mailbox }],
    sentAt: sentAt.toISOString(),
    text: `Hello ${me.displayName.split(' ')[0] ?? ''},\n\n${subject}: let us talk about it.\n\nBest regards\n${from.name}`,
  };
}
