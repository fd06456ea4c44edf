import { field, phone, syncListFields, systemFields, text, type Component } from '../metadata.ts';

/** `Employee/Employee`: users of Siebel. `Time Zone` holds an IANA name, the zone of the user's profile. */
export const employee: Component = {
  name: 'Employee',
  object: 'Employee',
  visibility: 'everybody',
  unique: { fields: ['Login Name'], ifOn: null },
  rules: null,
  fields: [
    ...systemFields,
    text('Login Name', 50, { isRequired: true, isIndexed: true }),
    text('First Name', 50, { isRequired: true }),
    text('Middle Name', 50),
    text('Last Name', 50, { isRequired: true, isIndexed: true }),
    text('M/M', 15, { picklist: { lov: 'MR_MS', isBounded: false } }),
    text('Alias', 50),
    text('EMail Addr', 100, { isIndexed: true }),
    text('Job Title', 75),
    text('Department', 75),
    phone('Work Phone #'),
    phone('Cellular Phone #'),
    phone('Home Phone #'),
    phone('Fax Phone #'),
    text('Employment Status', 30, {
      initial: 'Active',
      picklist: { lov: 'EMPLOYMENT_STATUS', isBounded: true },
    }),
    text('Time Zone', 100, { initial: 'UTC' }),
    text('Integration Id', 30, { isIndexed: true }),
    field('Primary Position Id', 'ID', 15),
    text('Primary Position', 50, {
      isReadOnly: true,
      join: { by: 'Primary Position Id', far: 'Position', field: 'Name' },
    }),
    field('Primary Organization Id', 'ID', 15, {
      isReadOnly: true,
      join: { by: 'Primary Position Id', far: 'Position', field: 'Organization Id' },
    }),
    text('Primary Organization', 100, {
      isReadOnly: true,
      join: { by: 'Primary Position Id', far: 'Position', field: 'Organization' },
    }),
    ...syncListFields,
  ],
  children: [
    {
      name: 'Position',
      far: 'Position',
      relation: 'employee-position',
      parentIs: 'left',
      kind: 'associate',
      fields: null,
    },
    {
      name: 'Sync List',
      far: 'Employee',
      relation: 'employee-sync-list',
      parentIs: 'left',
      kind: 'associate',
      fields: ['Id', 'Login Name', 'First Name', 'Last Name'],
    },
  ],
};
