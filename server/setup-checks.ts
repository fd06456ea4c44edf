import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkKeys, checkWebhook } from './cli/doctor-checks.ts';
import type { Finding } from './connectors/connector.ts';
import type { Http } from './connectors/http.ts';
import type { Context } from './context.ts';

/** Nobody can make us ask Microsoft more often than this, however often the page is opened. */
const keepMs = 30_000;

/**
 * What an administrator sees on `/setup` and can mend there: the address, the sign-in, the application's consent, the
 * notifications and the add-in's files. `doctor` looks at more, with the operator's eyes. Answers are kept for half a minute.
 */
export function createSetupChecks(
  context: Context,
  { http, folder }: Readonly<{ http: Http; folder: string }>,
): () => Promise<readonly Finding[]> {
  let kept: Readonly<{ until: number; findings: Promise<readonly Finding[]> }> | null = null;
  return () => {
    const now = context.clock.now().epochMilliseconds;
    if (kept === null || kept.until < now)
      kept = { until: now + keepMs, findings: look(context, http, folder) };
    return kept.findings;
  };
}

async function look(context: Context, http: Http, folder: string): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    checkAddress(context, http),
    checkKeys(context, http),
    context.exchange.probe(),
    checkWebhook(context, http),
  ]);
  return [checkFiles(folder), ...findings.flat()];
}

function checkFiles(folder: string): Finding {
  const check = 'add-in';
  if (existsSync(join(folder, 'pane', 'index.html')))
    return { check, status: 'ok', message: 'The task pane is built.', advice: null };
  return { check, status: 'failed', message: 'The task pane is not built.', advice: 'Run npm run build.' };
}

/** Whether PUBLIC_URL leads here, with a certificate that holds, asked from this machine. */
async function checkAddress({ settings }: Context, http: Http): Promise<readonly Finding[]> {
  const check = 'address';
  const { publicUrl } = settings;
  const answer = await http.request({
    method: 'GET',
    url: `${publicUrl}/health/live`,
    headers: {},
    body: null,
  });
  if (answer.answer === 'failed' || answer.status !== 200) {
    const what = answer.answer === 'failed' ? answer.failure.reason : `It answered ${answer.status}.`;
    const advice =
      'Let PUBLIC_URL lead to this service, with a certificate browsers trust; then build the add-in again.';
    return [
      { check, status: 'failed', message: `${publicUrl} does not lead to this service. ${what}`, advice },
    ];
  }
  if (!publicUrl.startsWith('https://')) {
    const advice = 'Put a certificate in front of the service and set PUBLIC_URL to the https address.';
    const message = `${publicUrl} leads here, but Outlook loads add-ins over https only.`;
    return [{ check, status: 'warning', message, advice }];
  }
  const message = `${publicUrl} leads here and its certificate holds. People's machines must reach it too.`;
  return [{ check, status: 'ok', message, advice: null }];
}
