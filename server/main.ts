import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import { createContext } from './assemble.ts';
import { settingsOrExit } from './config.ts';
import { serve } from './serve.ts';

/**
 * `npm run server`: API, pages and a worker in one process, from settings only. With `--worker`, `npm run worker`: one more
 * worker for the same database.
 */
const settings = settingsOrExit({ joinSandbox: isWorkerOrExit() });
if (settings.databaseUrl === null) {
  console.error(
    'DATABASE_URL is missing: expected the address of a PostgreSQL 15 or newer. `npm start` brings its own.',
  );
  process.exit(2);
}
try {
  const context = await createContext(settings);
  const serving = await serve(context, { app: isWorkerOrExit() ? null : await createApp(context) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void serving.stop().then(() => context.close()));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function isWorkerOrExit(): boolean {
  try {
    return parseArgs({ options: { worker: { type: 'boolean', default: false } } }).values.worker;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: npm run server`);
    return process.exit(2);
  }
}
