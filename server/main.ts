import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import { createContext } from './assemble.ts';
import { settingsOrExit } from './config.ts';
import { serve } from './serve.ts';

/**
 * `npm run server`: API, pages and a worker in one process, from settings only. With `--worker`, `npm run worker`: one more
 * worker for the same database.
 */
const { values } = parseArgs({ options: { worker: { type: 'boolean', default: false } } });
const settings = settingsOrExit({ joinSandbox: values.worker });
const context = await createContext(settings);
const serving = await serve(context, { app: values.worker ? null : await createApp(context) });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void serving.stop().then(() => context.close()));
}
