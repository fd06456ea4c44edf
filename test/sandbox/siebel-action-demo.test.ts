import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, sandboxForTests, type Json, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await sandboxForTests();
});
afterAll(() => sandbox.close());

async function activities(): Promise<readonly Json[]> {
  await sandbox.desk('POST', '/reset', { seed: 'demo' });
  const pattern = { Action: { Employee: { fields: 'Login Name' }, Contact: { fields: 'Last Name' } } };
  const page = async (start: number) => {
    const answer = await sandbox.siebel().get('Action/Action', {
      ViewMode: 'All',
      uniformresponse: 'Y',
      PageSize: '100',
      StartRowNum: String(start),
      QueryHierarchy: JSON.stringify(pattern),
    });
    return answer.status === 404 ? [] : listOf(answer.json['items']);
  };
  return [...(await page(0)), ...(await page(100))];
}

const shape = (rows: readonly Json[]) =>
  rows.map((row) => [
    row['Description'],
    row['Planned'],
    row['Due'],
    listOf(row['Employee']).map((one) => one['Login Name']),
    listOf(row['Contact']).map((one) => one['Last Name']),
  ]);

test('the demo company has calendars, meetings, series and tasks, the same every time', async () => {
  const rows = await activities();
  const having = (name: string, value: string) => rows.filter((row) => row[name] === value);
  const calendar = having('Display', 'Calendar and Activities');
  const tasks = having('Display', 'To Do and Activities');
  expect(calendar.length).toBeGreaterThanOrEqual(58);
  expect(calendar.filter((row) => listOf(row['Employee']).length > 1).length).toBeGreaterThanOrEqual(12);
  expect(new Set(having('Repeating', 'Y').map((row) => row['Repeating Type']))).toEqual(
    new Set(['Daily', 'Weekly', 'Monthly', 'Quarterly', 'Yearly']),
  );
  expect(new Set(tasks.map((row) => `${row['Status']} ${row['Priority']}`)).size).toBe(36);
  expect(having('Private', 'Y').length).toBeGreaterThanOrEqual(2);
  expect(having('Template Flag', 'Y')).toHaveLength(1);
  expect(having('Display', 'Activities Only').length).toBeGreaterThanOrEqual(1);
  expect(shape(await activities())).toEqual(shape(rows));
});
