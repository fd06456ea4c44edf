import { field, systemFields, text, type Component, type Field } from '../metadata.ts';
import type { Row, Rows } from '../row.ts';

/** A field of the employee who holds the position. */
function ofHolder(name: string, holderField: string): Field {
  return text(name, 50, {
    isReadOnly: true,
    calculate: (rows, row) => holderOf(rows, row)?.values[holderField] ?? '',
  });
}

function holderOf(rows: Rows, position: Row): Row | null {
  for (const id of rows.relation('employee-position').leftsOf(position.id)) {
    return rows.table('Employee').get(id);
  }
  return null;
}

/** Positions held by employees with that login, whatever the case. */
function positionsOfLogin(rows: Rows, login: string): readonly string[] {
  const employees = rows.table('Employee').equalTo('Login Name', login);
  return [...employees].flatMap((id) => [...rows.relation('employee-position').rightsOf(id)]);
}

/** Positions: what a team is made of. */
export const position: Component = {
  name: 'Position',
  object: null,
  visibility: 'everybody',
  unique: null,
  rules: null,
  fields: [
    ...systemFields,
    text('Name', 50, { isRequired: true, isIndexed: true }),
    text('Division', 100),
    field('Organization Id', 'ID', 15),
    text('Organization', 100, {
      isReadOnly: true,
      join: { by: 'Organization Id', far: 'Organization', field: 'Name' },
    }),
    { ...ofHolder('Active Login Name', 'Login Name'), lookUp: positionsOfLogin },
    ofHolder('Active First Name', 'First Name'),
    ofHolder('Active Last Name', 'Last Name'),
    ofHolder('Active Job Title', 'Job Title'),
  ],
  children: [],
};

export const organization: Component = {
  name: 'Organization',
  object: null,
  visibility: 'everybody',
  unique: null,
  rules: null,
  fields: [...systemFields, text('Name', 100, { isRequired: true, isIndexed: true })],
  children: [],
};
