import type { Finding } from '../connectors/connector.ts';
import type { Http } from '../connectors/http.ts';
import type { Context } from '../context.ts';

const oldestPostgres = 150_000;
const skewWarningMs = 30_000;
const skewFailureMs = 300_000;

/** PostgreSQL's version, and its clock against ours. */
export function checkDatabase(
  facts: { version: number; now: Temporal.Instant },
  now: Temporal.Instant,
): Finding {
  const version = `PostgreSQL ${Math.floor(facts.version / 10_000)}.${facts.version % 10_000}`;
  if (facts.version < oldestPostgres) {
    return {
      check: 'database',
      status: 'failed',
      message: `${version} is too old.`,
      advice: 'Use PostgreSQL 15 or newer.',
    };
  }
  const skew = skewFinding('database', { name: version, theirs: facts.now, ours: now });
  return (
    skew ?? {
      check: 'database',
      status: 'ok',
      message: `${version} answers and its schema is up to date.`,
      advice: null,
    }
  );
}

/** The sign-in service publishes the keys by which tokens of our users are checked. */
export async function checkKeys({ settings }: Context, http: Http): Promise<readonly Finding[]> {
  const { authority, tenantId } = settings.entra;
  const url = `${authority}/${encodeURIComponent(tenantId)}/v2.0/.well-known/openid-configuration`;
  const answer = await http.request({ method: 'GET', url, headers: {}, body: null });
  const isThere =
    answer.answer === 'response' &&
    answer.status === 200 &&
    typeof answer.json === 'object' &&
    answer.json !== null &&
    'jwks_uri' in answer.json;
  if (isThere)
    return [{ check: 'sign-in', status: 'ok', message: `${authority} knows the tenant.`, advice: null }];
  const what = answer.answer === 'failed' ? answer.failure.reason : `It answered ${answer.status}.`;
  return [
    {
      check: 'sign-in',
      status: 'failed',
      message: `${authority} does not describe the tenant ${tenantId}. ${what}`,
      advice: 'Check ENTRA_AUTHORITY and ENTRA_TENANT_ID; the id is on the overview page of Microsoft Entra.',
    },
  ];
}

/** The sign-in service's clock, as the `Date` of its answers says, against ours; both sides' probes look at their own. */
export async function checkClock({ settings, clock }: Context, http: Http): Promise<readonly Finding[]> {
  const url = settings.entra.authority;
  const answer = await http.request({ method: 'GET', url, headers: {}, body: null });
  const date = answer.answer === 'response' ? Date.parse(answer.headers['date'] ?? '') : Number.NaN;
  if (Number.isNaN(date)) return [];
  const theirs = Temporal.Instant.fromEpochMilliseconds(date);
  const finding = skewFinding('clock', { name: 'the sign-in service', theirs, ours: clock.now() });
  const message = 'The clock of the sign-in service agrees with ours.';
  return [finding ?? { check: 'clock', status: 'ok', message, advice: null }];
}

function skewFinding(
  check: string,
  clocks: { name: string; theirs: Temporal.Instant; ours: Temporal.Instant },
): Finding | null {
  const skewMs = clocks.theirs.epochMilliseconds - clocks.ours.epochMilliseconds;
  if (Math.abs(skewMs) < skewWarningMs) return null;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return {
    check,
    status: Math.abs(skewMs) < skewFailureMs ? 'warning' : 'failed',
    message: `The clock of ${clocks.name} is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours.`,
    advice: 'Let both machines follow a time server: tokens and the search for changes rely on it.',
  };
}

/** Whether Graph's validation call would reach us, asked the way Graph asks. */
export async function checkWebhook({ settings, newId }: Context, http: Http): Promise<readonly Finding[]> {
  const check = 'notifications';
  const { webhookUrl } = settings;
  if (webhookUrl === null) {
    const every = settings.syncIntervalMs / 1000;
    return [{ check, status: 'ok', message: `Off: both sides are polled every ${every} s.`, advice: null }];
  }
  const token = newId();
  const url = `${webhookUrl}?validationToken=${token}`;
  const answer = await http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'text/plain' },
    body: '',
  });
  if (answer.answer === 'failed' || answer.status !== 200 || answer.text !== token) {
    const what = answer.answer === 'failed' ? answer.failure.reason : `It answered ${answer.status}.`;
    return [
      {
        check,
        status: 'failed',
        message: `${webhookUrl} does not lead to this service. ${what}`,
        advice: 'Start the server, let the address lead to it, or set WEBHOOK_URL=off to poll only.',
      },
    ];
  }
  if (!settings.isSandbox && !webhookUrl.startsWith('https://')) {
    return [
      {
        check,
        status: 'warning',
        message: `${webhookUrl} answers, but Microsoft Graph takes https addresses only.`,
        advice:
          'Put a certificate in front of the service and set WEBHOOK_URL or PUBLIC_URL to the https address.',
      },
    ];
  }
  return [
    {
      check,
      status: 'ok',
      message: `${webhookUrl} leads here. From outside it must do so too.`,
      advice: null,
    },
  ];
}
