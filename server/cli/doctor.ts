import type { SettingsReading } from '../config.ts';
import type { Finding } from '../connectors/connector.ts';
import type { Http } from '../connectors/http.ts';
import type { Context } from '../context.ts';
import { databaseFacts } from '../store/gauges.ts';
import { checkClock, checkDatabase, checkKeys, checkWebhook } from './doctor-checks.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export type DoctorTools = Readonly<{
  reading: SettingsReading;
  /** Opens what the settings name; throws what went wrong. */
  open: () => Promise<Context & Readonly<{ close: () => Promise<void> }>>;
  http: Http;
  terminal: Terminal;
}>;

/**
 * `doctor`: looks at every setting, the database, both connections and their permissions, the field map, the zones, the
 * clocks and the way notifications take, and says what to do about each. Writes nothing anywhere.
 */
export async function doctor({ reading, open, http, terminal }: DoctorTools): Promise<ExitCode> {
  const findings: Finding[] = [];
  const tell = (finding: Finding) => {
    findings.push(finding);
    terminal.line(lineFor(finding));
  };
  if ('problems' in reading) {
    for (const problem of reading.problems)
      tell({
        check: 'settings',
        status: 'failed',
        message: problem,
        advice: 'Put it into the environment or .env, then run doctor again.',
      });
    return finish(terminal, findings);
  }
  const { settings } = reading;
  tell({ check: 'settings', status: 'ok', message: summaryOf(reading.settings), advice: null });
  if (settings.databaseUrl === null) {
    tell({
      check: 'database',
      status: 'failed',
      message: 'No database is named and no sandbox runs in this folder.',
      advice: 'Start `npm start`, or set DATABASE_URL.',
    });
    return finish(terminal, findings);
  }
  const context = await open().catch((error: unknown) => {
    tell({
      check: 'database',
      status: 'failed',
      message: `PostgreSQL does not take us: ${error instanceof Error ? error.message : String(error)}`,
      advice:
        'See that DATABASE_URL names a running PostgreSQL 15 or newer and a user who may create tables there.',
    });
    return null;
  });
  if (context === null) return finish(terminal, findings);
  try {
    const checks = [
      async () => [checkDatabase(await databaseFacts(context.db), context.clock.now())],
      () => context.siebel.probe(),
      () => context.exchange.probe(),
      () => checkKeys(context, http),
      () => checkClock(context, http),
      () => checkWebhook(context, http),
    ];
    for (const check of checks) {
      if (terminal.signal.aborted) break;
      for (const finding of await check()) tell(finding);
    }
  } finally {
    await context.close();
  }
  return finish(terminal, findings);
}

const signs = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

function lineFor({ check, status, message, advice }: Finding): string {
  return `${signs[status]} ${check}: ${message}${advice === null ? '' : `\n        What to do: ${advice}`}`;
}

function finish(terminal: Terminal, findings: readonly Finding[]): ExitCode {
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  terminal.json({ healthy: failed === 0, findings });
  terminal.line(
    failed === 0
      ? `All is well, with ${warnings} warnings.`
      : `${failed} checks failed, ${warnings} warnings.`,
  );
  return failed === 0 ? 0 : 1;
}

/** What is set, without a secret among it. */
function summaryOf(settings: Extract<SettingsReading, { settings: unknown }>['settings']): string {
  const { siebel, graph, entra, webhookUrl, publicUrl, syncIntervalMs, isSandbox } = settings;
  return [
    isSandbox ? 'sandbox' : 'real systems',
    `Siebel ${siebel.url} by ${siebel.auth.scheme} in ${siebel.timeZone}`,
    `Graph ${graph.url}`,
    `tenant ${entra.tenantId}, application ${entra.clientId} by ${entra.certificatePath === null ? 'secret' : 'certificate'}`,
    `reached at ${publicUrl}`,
    webhookUrl === null ? 'no change notifications' : `change notifications to ${webhookUrl}`,
    `a poll every ${syncIntervalMs / 1000} s`,
  ].join('; ');
}
