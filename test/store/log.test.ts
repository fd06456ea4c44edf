import { expect, test } from 'vitest';
import { createLogger } from '../../server/log.ts';

test('the log holds ids, counts and codes, and nothing that names somebody', () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  log.info({ personId: 'p-1', mailbox: 'ana@example.com', item: { lastName: 'Lopez' }, count: 3 }, 'swept');
  log.error(
    { err: Object.assign(new Error('duplicate key (ana@example.com)'), { code: '23505' }) },
    'failed',
  );
  const all = lines.join('');
  expect(all).toContain('"personId":"p-1"');
  expect(all).toContain('"count":3');
  expect(all).toContain('"code":"23505"');
  expect(all).not.toMatch(/ana@example|Lopez/);
});
