import type { Contact } from '../../../shared/contact.ts';

/**
 * The fields of an employee that people get in Outlook. Employees are only ever exported, so no lengths and types are
 * needed; a field this Siebel's employees do not have stays empty (facts/siebel-rest.md 6.2).
 */
type EmployeeField = Extract<
  keyof Contact,
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'title'
  | 'jobTitle'
  | 'email1'
  | 'workPhone'
  | 'mobilePhone'
  | 'homePhone'
  | 'fax'
>;
export type EmployeeMap = Readonly<Record<EmployeeField, string>>;

const shipped: EmployeeMap = {
  firstName: 'First Name',
  middleName: 'Middle Name',
  lastName: 'Last Name',
  title: 'M/M',
  jobTitle: 'Job Title',
  email1: 'EMail Addr',
  workPhone: 'Work Phone #',
  mobilePhone: 'Cellular Phone #',
  homePhone: 'Home Phone #',
  fax: 'Fax Phone #',
};

export function employeeMapOf(names: Readonly<Record<string, string>>): EmployeeMap {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of every field of the shipped map
  return Object.fromEntries(
    Object.entries(shipped).map(([field, name]) => [field, names[field] ?? name]),
  ) as EmployeeMap;
}

export function employeeFields(map: EmployeeMap): readonly string[] {
  return Object.values(map);
}
