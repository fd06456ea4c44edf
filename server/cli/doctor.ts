import type { Settings, SettingsReading } from '../config.ts';
import type { Finding } from '../connectors/connector.ts';
import type { Http } from '../connectors/http.ts';
import type { Context } from '../context.ts';
import { databaseFacts } from '../store/gauges.ts';
import { checkClock, checkDatabase, checkKeys, checkWebhook } from './doctor-checks.ts';
import type { ExitCode, Terminal } from './terminal.ts';

type Opened = Context & Readonly<{ close: () => Promise<void> }>;

export type DoctorTools = Readonly<{
  reading: SettingsReading;
  /** Opens what the settings name; throws what went wrong. */
  open: () => Promise<Opened>;
  http: Http;
  terminal: Terminal;
}>;

/**
 * `doctor`: looks at every setting, the database, both connections and their permissions, the field map, the zones, the
 * clocks and the way notifications take, and says what to do about each. Writes nothing anywhere.
 */
export async function doctor(tools: DoctorTools): Promise<ExitCode> {
  const { terminal } = tools;
  const findings: Finding[] = [];
  await examine(tools, (finding) => {
    findings.push(finding);
    terminal.line(lineFor(finding));
  });
  if (terminal.signal.aborted) return stopped(terminal, findings);
  return finish(terminal, findings);
}

type Tell = (finding: Finding) => void;

/** Settings first, then the database, then everything that lies behind them; what comes after a failure is left out. */
async function examine({ reading, open, http, terminal }: DoctorTools, tell: Tell): Promise<void> {
  const advice = 'Put it into the environment or .env, then run doctor again.';
  if ('problems' in reading) {
    for (const message of reading.problems) tell({ check: 'settings', status: 'failed', message, advice });
    return;
  }
  tell({ check: 'settings', status: 'ok', message: summaryOf(reading.settings), advice: null });
  const context = await openDatabase(reading.settings, open, tell);
  if (context === null) return;
  const checks = [
    async () => [checkDatabase(await databaseFacts(context.db), context.clock.now())],
    () => context.siebel.probe(),
    () => context.exchange.probe(),
    () => checkKeys(context, http),
    () => checkClock(context, http),
    () => checkWebhook(context, http),
  ];
  try {
    for (const check of checks) {
      if (terminal.signal.aborted) break;
      for (const finding of await check()) tell(finding);
    }
  } finally {
    await context.close();
  }
}

async function openDatabase(
  { databaseUrl }: Settings,
  open: DoctorTools['open'],
  tell: Tell,
): Promise<Opened | null> {
  const failed = (message: string, advice: string) =>
    tell({ check: 'database', status: 'failed', message, advice });
  if (databaseUrl === null) {
    failed(
      'No database is named and no sandbox runs in this folder.',
      'Start `npm start`, or set DATABASE_URL.',
    );
    return null;
  }
  return open().catch((error: unknown) => {
    failed(
      error instanceof Error ? error.message : String(error),
      'DATABASE_URL must name a running PostgreSQL 15 or newer and a user who may create tables there.',
    );
    return null;
  });
}

const signs = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

function lineFor({ check, status, message, advice }: Finding): string {
  return `${signs[status]} ${check}: ${message}${advice === null ? '' : `\n        What to do: ${advice}`}`;
}

function stopped(terminal: Terminal, findings: readonly Finding[]): ExitCode {
  terminal.json({ stopped: true, findings });
  terminal.line('Stopped; not everything was looked at.');
  return 1;
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
function summaryOf(settings: Settings): string {
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
