import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAddin, isStale, writeManifest } from '../addin/build.ts';
import { deploymentOrExit } from './config.ts';

/**
 * `npm run build`: the add-in and its manifest into `dist`, for PUBLIC_URL. `npm start` runs it with `--if-stale`, which builds
 * only what is not there or older than its sources, and says nothing otherwise.
 */
const folder = join(import.meta.dirname, '..', 'dist');
const { values: options } = parseArgs({ options: { 'if-stale': { type: 'boolean', default: false } } });
const deployment = deploymentOrExit();

try {
  if (options['if-stale'] && !(await isStale(folder))) await writeManifest(folder, deployment);
  else {
    for (const { page, initialBytes } of await buildAddin(folder, deployment)) {
      console.log(`${page}: ${Math.ceil(initialBytes / 1024)} KB of script before it runs, compressed`);
    }
    console.log(`dist/manifest.xml leads to ${deployment.publicUrl.replace(/^http:/, 'https:')}`);
  }
  if (!options['if-stale'] && deployment.publicUrl.startsWith('http:')) {
    console.log(
      'Outlook loads https addresses only: set PUBLIC_URL to the one people reach, then build again.',
    );
  }
} catch (error) {
  console.error(`The add-in was not built. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
