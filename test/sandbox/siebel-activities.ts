import { listOf, sandboxForTests, type Answer, type Json, type SiebelUser } from './siebel-client.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A sandbox with three employees, and the steps tests of activities are made of. */
export async function activitiesWorld() {
  const sandbox = await sandboxForTests();
  const siebel = sandbox.siebel();
  const employees = { ANA: '', BRUNO: '', CHEN: '' };
  const wide = { ViewMode: 'All', uniformresponse: 'Y', PageSize: '100', childlinks: 'None' };
  const made = async (fields: Fields, by: SiebelUser = siebel) => {
    const answer = await by.post('Action/Action', fields);
    if (answer.status !== 200) throw new Error(answer.text);
    return String(answer.json['items']?.['Id']);
  };
  return {
    sandbox,
    siebel,
    employees,
    /** Ana works in New York, Bruno and Chen in UTC. */
    fresh: async () => {
      await sandbox.desk('POST', '/reset', { seed: 'empty' });
      const people = await sandbox.desk('POST', '/users', [
        user('ANA', 'America/New_York'),
        user('BRUNO', 'UTC'),
        user('CHEN', 'UTC'),
      ]);
      const [ana, bruno, chen] = listOf(people.json).map((person) => String(person['employeeId']));
      Object.assign(employees, { ANA: ana, BRUNO: bruno, CHEN: chen });
    },
    switches: (on: Fields) => sandbox.desk('POST', '/behaviour', on),
    made,
    /** An appointment of SADMIN's with start and end. */
    appointment: (fields: Fields = {}, by: SiebelUser = siebel) => made({ ...meeting, ...fields }, by),
    task: (fields: Fields = {}, by: SiebelUser = siebel) =>
      made({ Display: 'To Do and Activities', Type: 'To Do', Description: 'Call back', ...fields }, by),
    read: async (id: string, by: SiebelUser = siebel) =>
      (await by.get(`Action/Action/${id}`, { ViewMode: 'All', childlinks: 'None' })).json,
    write: (id: string, fields: Fields, by: SiebelUser = siebel) => by.put(`Action/Action/${id}`, fields),
    /** Descriptions found by a search, in order. */
    found: async (
      searchspec: string,
      query: Readonly<Record<string, string>> = {},
      by: SiebelUser = siebel,
    ) =>
      descriptionsIn(
        await by.get('Action/Action', { ...wide, sortspec: 'Description', searchspec, ...query }),
      ),
    children: async (id: string, child: string, by: SiebelUser = siebel) =>
      listOf((await by.get(`Action/Action/${id}/${child}`, wide)).json['items']),
    logins: async (id: string) =>
      listOf((await siebel.get(`Action/Action/${id}/Employee`, wide)).json['items']).map(
        (row) => `${row['Login Name']}${row['IsPrimaryMVG'] === 'Y' ? ' owns' : ''}`,
      ),
  };
}

const meeting = {
  Display: 'Calendar and Activities',
  Type: 'Appointment',
  Description: 'Kick-off',
  Planned: '06/01/2026 09:00:00',
  'Planned Completion': '06/01/2026 10:00:00',
};

function user(login: string, timeZone: string) {
  return { login, firstName: login, lastName: 'Test', mailbox: `${login.toLowerCase()}@x.example`, timeZone };
}

function descriptionsIn(answer: Answer): readonly string[] {
  if (answer.status === 404) return [];
  if (answer.status !== 200) throw new Error(answer.text);
  return listOf(answer.json['items']).map((row: Json) => String(row['Description']));
}

/** Status and code of an answer, as `500 SBL-DAT-00225`; `200` where it went well. */
export function verdictOf(answer: Answer): string {
  const code = /SBL-[A-Z]+-\d+/.exec(answer.text)?.[0];
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
}
