import { execFile } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'server', 'build-addin.ts');
const lock = join(root, 'node_modules', '.building-addin');
/** A build takes seconds; a lock older than this was left by a run that was killed. */
const longestBuildMs = 60_000;

/** The add-in's pages as they are shipped, made anew when a source has changed; files of tests wait for each other. */
export async function builtAddin(): Promise<void> {
  while (!(await isTaken())) await delay(50);
  try {
    // A process of its own: under vitest React would be built with everything it says to developers.
    await promisify(execFile)(process.execPath, [program, '--if-stale'], {
      env: { PATH: process.env['PATH'] },
    });
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** Making a folder is one step: only one of two that try succeeds. */
async function isTaken(): Promise<boolean> {
  const isMine = await mkdir(lock).then(
    () => true,
    () => false,
  );
  if (isMine) return true;
  const since = await stat(lock).catch(() => null);
  if (since !== null && Date.now() - since.mtimeMs > longestBuildMs)
    await rm(lock, { recursive: true, force: true });
  return false;
}
