import { activityRules } from '../activity-rules.ts';
import { field, systemFields, text, type Component, type Field } from '../metadata.ts';

/**
 * `Action/Action`: appointments, tasks and every other activity. Names: `facts/siebel-rest.md` 6.3. Lengths that no source
 * gives are Outlook's own, so that nothing is cut which need not be.
 */
const time = (name: string, more: Partial<Omit<Field, 'name' | 'type' | 'length'>> = {}) =>
  field(name, 'UTCDATETIME', 32, more);
const flag = (name: string) => field(name, 'BOOL', 1, { initial: 'N' });
const picked = (name: string, lov: string, initial = '') =>
  text(name, 30, { initial, picklist: { lov, isBounded: true } });

/** Where and how the activity shows, and what it is about. */
const content: readonly Field[] = [
  text('Activity UID', 100, { isIndexed: true }),
  text('Integration Id', 30, { isIndexed: true }),
  picked('Type', 'TODO_TYPE'),
  picked('Display', 'ACTIVITY_DISPLAY_CODE'),
  text('Description', 255),
  field('Comment', 'NOTE', 1500),
  text('Short Comment', 250),
  text('MeetingLocation', 255),
  text('PIM Meeting Participants', 2000),
  text('Calendar Event Id', 100),
  flag('Private'),
  flag('Alarm'),
  field('Appt Alarm Time Min', 'INTEGER', 22),
  flag('Suppress Calendar'),
  flag('Template Flag'),
  field('Template Id', 'ID', 15),
];

/** `Due Date` is `Due` under its other name; a switch makes both plain dates. */
const times: readonly Field[] = [
  time('Planned', { isOrdered: true }),
  time('Planned Completion', { isOrdered: true }),
  field('Duration Minutes', 'INTEGER', 22),
  field('Duration Hours', 'NUMBER', 22),
  time('Due', { isOrdered: true, dateIf: 'siebel.dueIsDate' }),
  time('Due Date', { dateIf: 'siebel.dueIsDate', calculate: (_rows, row) => row.values['Due'] ?? '' }),
  time('No Sooner Than Date'),
  time('Exchange Date'),
  time('Started'),
  time('Done'),
  flag('Done Flag'),
  picked('Status', 'EVENT_STATUS', 'Not Started'),
  picked('Priority', 'ACTIVITY_PRIORITY', '3-Medium'),
  field('Percent Complete', 'NUMBER', 22),
];

/** A repeating activity is one row; the name of the list of its types is inferred. */
const repetition: readonly Field[] = [
  flag('Repeating'),
  picked('Repeating Type', 'REPEATING_TYPE'),
  field('Repeating Expires', 'DATE', 32),
  flag('Repeat End Series'),
  field('Orig Appt Id', 'ID', 15, { isIndexed: true }),
];

/** The owner is the primary of all employees, which `Owned By` searches. */
const people: readonly Field[] = [
  field('Primary Owner Id', 'ID', 15, { isRequired: true, isIndexed: true }),
  text('Primary Owned By', 50, {
    isPick: true,
    join: { by: 'Primary Owner Id', far: 'Employee', field: 'Login Name' },
  }),
  text('Owned By', 50, {
    isReadOnly: true,
    join: { by: 'Primary Owner Id', far: 'Employee', field: 'Login Name' },
    members: { child: 'Employee', field: 'Login Name' },
  }),
  field('Owned By Id', 'ID', 15, {
    isReadOnly: true,
    join: { by: 'Primary Owner Id', far: 'Employee', field: 'Id' },
    members: { child: 'Employee', field: 'Id' },
  }),
  field('Primary Contact Id', 'ID', 15, { isIndexed: true }),
  ofContact('Contact Id', 'Id'),
  ofContact('Contact First Name', 'First Name'),
  ofContact('Contact Last Name', 'Last Name'),
];

const surroundings: readonly Field[] = [
  field('Account Id', 'ID', 15, { isIndexed: true }),
  ofAccount('Account', 'Name'),
  ofAccount('Account Name', 'Name'),
  ofAccount('Account Location', 'Location'),
  field('Opportunity Id', 'ID', 15),
  field('Activity SR Id', 'ID', 15),
  field('Project Id', 'ID', 15),
  field('Primary Organization Id', 'ID', 15, { isIndexed: true }),
  text('Primary Organization', 100, {
    isPick: true,
    join: { by: 'Primary Organization Id', far: 'Organization', field: 'Name' },
  }),
];

function ofContact(name: string, far: string): Field {
  return text(name, 50, {
    isReadOnly: true,
    join: { by: 'Primary Contact Id', far: 'Contact', field: far },
    members: { child: 'Contact', field: far },
  });
}

function ofAccount(name: string, far: string): Field {
  return text(name, 100, { isReadOnly: true, join: { by: 'Account Id', far: 'Account', field: far } });
}

export const action: Component = {
  name: 'Action',
  object: 'Action',
  visibility: 'participants',
  unique: { fields: ['Activity UID'], ifOn: null },
  rules: activityRules,
  fields: [...systemFields, ...content, ...times, ...repetition, ...people, ...surroundings],
  children: [
    {
      name: 'Employee',
      far: 'Employee',
      relation: 'action-employee',
      parentIs: 'left',
      kind: 'associate',
      fields: ['Id', 'Login Name', 'First Name', 'Last Name', 'EMail Addr', 'Job Title', 'Employment Status'],
    },
    {
      name: 'Contact',
      far: 'Contact',
      relation: 'action-contact',
      parentIs: 'left',
      kind: 'associate',
      fields: [
        'Id',
        'First Name',
        'Last Name',
        'Email Address',
        'Email Address 2',
        'Email Address 3',
        'Work Phone #',
        'Job Title',
        'Account',
      ],
    },
    {
      name: 'Action Exception',
      far: 'Action Exception',
      relation: 'action-exception',
      parentIs: 'left',
      kind: 'own',
      fields: null,
    },
  ],
};

/**
 * Occurrences of a repeating activity that do not take place, each by the start it would have had. Siebel's own name for
 * this list was not found (`facts/siebel-rest.md` 6.5); component and fields are inferred.
 */
export const actionException: Component = {
  name: 'Action Exception',
  object: null,
  visibility: 'everybody',
  unique: null,
  rules: null,
  fields: [
    ...systemFields,
    time('Exception Date', { isRequired: true }),
    text('Activity Id', 15, {
      isReadOnly: true,
      calculate: (rows, row) => [...rows.relation('action-exception').leftsOf(row.id)][0] ?? '',
    }),
  ],
  children: [],
};
