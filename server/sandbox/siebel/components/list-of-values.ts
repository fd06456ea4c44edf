import { field, systemFields, text, type Component } from '../metadata.ts';

/** `List Of Values/List Of Values`: `Name` is the language-independent code, `Value` what people see. */
export const listOfValues: Component = {
  name: 'List Of Values',
  object: 'List Of Values',
  visibility: 'everybody',
  unique: null,
  rules: null,
  fields: [
    ...systemFields,
    text('Type', 30, { isRequired: true, isIndexed: true }),
    text('Name', 50, { isRequired: true }),
    text('Value', 50, { isRequired: true }),
    field('Order', 'INTEGER', 22),
    text('Language Name', 50, { initial: 'English-American' }),
    field('Active', 'BOOL', 1, { initial: 'Y' }),
  ],
  children: [],
};

/** The values the sandbox starts with, in their order. */
export const listsOfValues: Readonly<Record<string, readonly string[]>> = {
  MR_MS: ['Mr.', 'Ms.', 'Mrs.', 'Miss', 'Dr.'],
  SEX_MF: ['M', 'F'],
  CONTACT_STATUS: ['Active', 'Inactive'],
  EMPLOYMENT_STATUS: ['Active', 'Inactive', 'Terminated', 'On Leave'],
  TODO_TYPE: [
    'Appointment',
    'To Do',
    'Call',
    'Call - Inbound',
    'Call - Outbound',
    'Email - Inbound',
    'Email - Outbound',
    'Meeting',
    'Presentation',
    'Demonstration',
    'Correspondence',
    'Administration',
    'Research',
    'Vacation',
  ],
  ACTIVITY_DISPLAY_CODE: [
    'Calendar and Activities',
    'To Do and Activities',
    'Activities Only',
    'Communication and Activities',
  ],
  REPEATING_TYPE: ['Daily', 'Weekly', 'Monthly', 'Quarterly', 'Yearly'],
  EVENT_STATUS: [
    'Not Started',
    'Acknowledged',
    'In Progress',
    'Done',
    'On Hold',
    'Cancelled',
    'Declined',
    'Scheduled',
    'Planned',
  ],
  ACTIVITY_PRIORITY: ['1-ASAP', '2-High', '3-Medium', '4-Low'],
};
