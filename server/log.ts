import { pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent, type Logger } from 'pino';

/**
 * What a log line may hold besides its sentence. Everything else is left out, so that no name, address, subject or token
 * gets into a log because somebody logged one object too many.
 */
const allowed = new Set([
  'personId',
  'recordId',
  'linkId',
  'cue',
  'kind',
  'cause',
  'side',
  'step',
  'state',
  'code',
  'status',
  'method',
  'route',
  'count',
  'counts',
  'ms',
  'port',
  'attempt',
  'afterMs',
  'reach',
  'version',
  'failure',
  'reason',
  'err',
]);

/** Lines of JSON on standard output. The sentences themselves are constants of the program and hold nothing personal. */
export function createLogger(level: LevelWithSilent, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: onlyAllowed },
    serializers: { err: errorWithoutMessage },
  };
  return to ? pino(options, to) : pino(options);
}

function onlyAllowed(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).filter(([key]) => allowed.has(key)));
}

/** Messages of errors quote values (PostgreSQL repeats the row); the kind, the code and the place say enough. */
function errorWithoutMessage(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { type: error.name, code, at: frames.slice(0, 8).map((line) => line.trim()) };
}
