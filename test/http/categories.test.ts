import { expect, test } from 'vitest';
import { outageOfExchange } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();

test('my categories have the colours Outlook gives them', async () => {
  await api().map('ANA');
  const { json, status, text } = await api().as('ANA')('GET', '/api/categories');
  expect(status, text).toBe(200);
  expect(json['items']).toEqual([
    { name: 'Siebel Contact', preset: 7 },
    { name: 'Plain', preset: null },
  ]);
});

test('colours cannot be told while Outlook is out of reach, nor to strangers', async () => {
  api().sides.outage.failure = outageOfExchange;
  const answer = await api().as('ANA')('GET', '/api/categories');
  api().sides.outage.failure = null;
  expectProblem(answer, 503, 'side-unreachable');
  expectProblem(await api().as('STRANGER')('GET', '/api/categories'), 403, 'person-unmapped');
});
