/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import { saveSubscription } from '../../server/store/subscriptions.ts';
import { operations } from '../../server/http/operations.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();

describe('the service', () => {
  test('says that it lives and is ready, without a sign-in', async () => {
    expect((await api().call('GET', '/health/live')).json).toEqual({ status: 'ok' });
    expect((await api().call('GET', '/health/ready')).status).toBe(200);
  });

  test('shows a person who opens it in a browser what it is', async () => {
    const page = await api().call('GET', '/');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('<h1>Siebel Sync for Outlook</h1>');
  });

  test('keeps browsers from guessing, framing and leaking', async () => {
    const { headers } = await api().call('GET', '/');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await api().admin('GET', '/api/me')).headers['cache-control']).toBe('no-store');
  });

  test('describes its API as OpenAPI 3.1', async () => {
    const { json } = await api().call('GET', '/api/openapi.json');
    expect(json['openapi']).toBe('3.1.0');
    const paths = Object.keys(json['paths'] as object);
    for (const path of [
      '/api/me',
      '/api/items',
      '/api/marks/{domain}/{itemId}',
      '/api/admin/policy',
      '/api/admin/sync',
    ]) {
      expect(paths).toContain(path);
    }
  });

  test('describes every call with a name of its own, a sentence, and problems as problems', async () => {
    const { json } = await api().call('GET', '/api/openapi.json');
    type Operation = {
      operationId?: string;
      summary?: string;
      responses: Record<string, { content?: object }>;
    };
    const calls = Object.entries(json['paths'] as Record<string, Record<string, Operation>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, one]) => ({ name: `${method} ${path}`, ...one })),
    );
    expect(calls.filter(({ summary, operationId }) => !summary || !operationId)).toEqual([]);
    expect(new Set(calls.map(({ operationId }) => operationId)).size).toBe(calls.length);
    expect(calls.length).toBe(Object.keys(operations).length);
    const failing = calls.flatMap(({ responses }) => responses['default'] ?? []);
    expect(failing.length).toBeGreaterThan(20);
    for (const { content } of failing)
      expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
  });

  test('answers wrong addresses, methods and bodies with problems', async () => {
    expectProblem(await api().call('GET', '/nowhere'), 404, 'not-found');
    const wrongMethod = await api().call('DELETE', '/health/live');
    expectProblem(wrongMethod, 405, 'method-not-allowed');
    expect(wrongMethod.headers['allow']).toContain('GET');
    expectProblem(
      await api().call('PATCH', '/api/items/contact/abc', { token: api().authority.token() }),
      405,
      'method-not-allowed',
    );
    const token = api().authority.token({ roles: ['Siebel.Admin'] });
    const post = (body: string, type: string) =>
      api().call('POST', '/api/admin/people', { token, body, headers: { 'content-type': type } });
    expectProblem(await post('{"mailbox":', 'application/json'), 400, 'invalid-request');
    expectProblem(await post('{"__proto__":{"x":1}}', 'application/json'), 400, 'invalid-request');
    expectProblem(await post('mailbox=x', 'application/x-www-form-urlencoded'), 415, 'media-type');
    expectProblem(
      await post(JSON.stringify({ mailbox: 'x'.repeat(2_000_000) }), 'application/json'),
      413,
      'body-too-large',
    );
  });

  test('measures without naming anybody', async () => {
    await api().map('ANA');
    await api().as('ANA')('GET', '/api/items?search=Lopez');
    const { text, headers } = await api().call('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain('siebel_sync_cues{label="mailbox:due"} 1');
    expect(text).toContain('siebel_sync_people{label="new"} 1');
    expect(text).toContain('siebel_sync_http_requests_total{method="GET",route="/api/items",status="200"} 1');
    expect(text).not.toMatch(/ana@example|Lopez|user-ana/i);
    expect(api().logged.join('')).not.toMatch(/ana@example|Lopez|user-ana/i);
  });
});

describe('change notifications', () => {
  const url = '/webhooks/graph';
  const notify = (value: unknown[]) => api().call('POST', url, { body: { value } });

  test('are proven to be wanted by echoing Graph’s word as plain text', async () => {
    const answer = await api().call(
      'POST',
      `${url}?validationToken=${encodeURIComponent('<b>Validation: 1</b>')}`,
      {
        headers: { 'content-type': 'text/plain' },
      },
    );
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('<b>Validation: 1</b>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  test('lead to a look at the mailbox when they carry the secret of their subscription, else to nothing', async () => {
    const person = await api().db.selectFrom('person').select('id').executeTakeFirstOrThrow();
    const at = api().context.clock.now().add({ hours: 48 }).toString();
    await saveSubscription(api().db, {
      personId: person.id,
      domain: 'appointment',
      subscriptionId: 'sub-1',
      clientState: 'the secret',
      expiresAt: at,
      renewAt: at,
    });
    await api().db.deleteFrom('cue').execute();
    const forged = [
      { subscriptionId: 'sub-1', clientState: 'the secreT' },
      { subscriptionId: 'sub-1' },
      { subscriptionId: 'sub-2', clientState: 'the secret' },
      { subscriptionId: 7 },
      null,
    ];
    expect((await notify(forged)).status).toBe(202);
    expect((await api().call('POST', url, { body: [] })).status).toBe(202);
    expect(await api().cues()).toEqual([]);
    expect(
      (await notify([{ subscriptionId: 'sub-1', clientState: 'the secret', changeType: 'updated' }])).status,
    ).toBe(202);
    expect(await api().cues()).toEqual([{ key: `mailbox:${person.id}`, cause: 'notification' }]);
  });

  test('of a subscription’s life make the next look renew or remake it', async () => {
    const lifecycle = (lifecycleEvent: string) =>
      notify([{ subscriptionId: 'sub-1', clientState: 'the secret', lifecycleEvent }]);
    await lifecycle('reauthorizationRequired');
    const row = await api().db.selectFrom('subscription').selectAll().executeTakeFirstOrThrow();
    expect(
      Temporal.Instant.compare(Temporal.Instant.from(row.renew_at), api().context.clock.now()),
    ).toBeLessThanOrEqual(0);
    await lifecycle('subscriptionRemoved');
    expect(await api().db.selectFrom('subscription').selectAll().execute()).toEqual([]);
  });
});
