import Fastify from 'fastify';
import { expect, test } from 'vitest';
import type { Context } from '../../server/context.ts';
import { outlookRedirect } from '../../server/http/outlook-redirect.ts';

async function asked(isSandbox: boolean) {
  const app = Fastify();
  const settings = { isSandbox, graph: { url: 'http://localhost:4000/graph/v1.0' } };
  await app.register(outlookRedirect({ settings } as Context));
  const { statusCode, headers } = await app.inject('/outlook');
  return [statusCode, headers.location ?? null];
}

test('the stand-in for Outlook is found where a sandbox runs, and nowhere else', async () => {
  expect(await asked(true)).toEqual([302, 'http://localhost:4000/outlook']);
  expect(await asked(false)).toEqual([404, null]);
});
