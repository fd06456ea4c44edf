import { h } from './dom.ts';
import type { FolderName } from './folders/folder.ts';
import { siebelAs, textAt, type Json, type Person } from './wire.ts';

type Question = Readonly<{ component: string; search: string; fields: readonly string[] }>;

const activityFields = [
  'Description',
  'Type',
  'Planned',
  'Planned Completion',
  'Due',
  'Status',
  'Priority',
  'MeetingLocation',
  'Comment',
  'Primary Owned By',
  'Id',
];
const contactFields = [
  'First Name',
  'Last Name',
  'Job Title',
  'Account',
  'Email Address',
  'Work Phone #',
  'Cellular Phone #',
  'Id',
];

/**
 * What Siebel holds of the open item, found there by its name as this person sees it: no word of the sync product is taken
 * for it.
 */
export function createSiebelPanel(person: Person) {
  const body = h('div', { 'aria-live': 'polite' });
  const element = h(
    'section',
    { class: 'siebel', 'aria-label': 'In Siebel' },
    h('h2', {}, person.login === null ? 'In Siebel' : `In Siebel, as ${person.login} sees it`),
    body,
  );
  let shown = '';
  const draw = (text: string, make: () => readonly Node[]): void => {
    if (text === shown) return;
    shown = text;
    body.replaceChildren(...make());
  };
  const say = (text: string): void => draw(text, () => [h('p', { class: 'empty' }, text)]);
  return {
    element,
    /** Looks again; what has not changed is not drawn again. */
    look: async (folder: FolderName, item: Json | null): Promise<void> => {
      if (person.login === null) return say(`${person.displayName} has no Siebel login.`);
      const question = item === null ? null : questions[folder](item);
      if (question === null) return say('Open a contact, an appointment or a task.');
      const { component, search, fields } = question;
      const records = await siebelAs(person.login).find(component, search);
      if (records.length === 0) return say(`Siebel shows ${person.login} nothing of this name.`);
      draw(JSON.stringify(records), () => records.map((record) => recordView(record, fields)));
    },
  };
}

function recordView(record: Json, fields: readonly string[]): HTMLElement {
  const rows = fields
    .filter((name) => textAt(record, name) !== '')
    .map((name) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, textAt(record, name))));
  return h('table', {}, h('tbody', {}, ...rows));
}

/** How an item of a folder is found in Siebel; mails are not there. */
const questions: Readonly<Record<FolderName, (item: Json) => Question | null>> = {
  mail: () => null,
  people: (item) =>
    named('Contact/Contact', contactFields, {
      'First Name': textAt(item, 'givenName'),
      'Last Name': textAt(item, 'surname'),
    }),
  calendar: (item) => named('Action/Action', activityFields, { Description: textAt(item, 'subject') }),
  tasks: (item) => named('Action/Action', activityFields, { Description: textAt(item, 'title') }),
};

function named(
  component: string,
  fields: readonly string[],
  values: Readonly<Record<string, string>>,
): Question | null {
  const search = Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `[${name}]="${value.replaceAll('"', '""')}"`)
    .join(' AND ');
  return search === '' ? null : { component, search, fields };
}
