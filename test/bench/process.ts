import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
/** Linux counts CPU time in hundredths of a second towards programs, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

export type Program = Readonly<{ pid: number; stop: () => Promise<void> }>;

/** Starts a program of ours in a process of its own; what it says goes to our standard error. */
export function startProgram(script: string, environment: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [...flagsOf(script), script], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  return { pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** The flags `package.json` starts the program with: what is measured is what people run. */
function flagsOf(script: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const command = Object.values(scripts).find((one) => one.endsWith(script)) ?? '';
  return command.split(' ').filter((word) => word.startsWith('--'));
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  return ended;
}

/** Asks an address until it answers well, for half a minute. */
export async function answering(url: string): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const isWell = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isWell) return;
    if (Date.now() > end) throw new Error(`${url} does not answer.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** User and system seconds of a process so far; NaN where there is no /proc. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid);
  return fields === null ? Number.NaN : (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The same of a PostgreSQL: its postmaster with the backends that live and those that have ended. */
export function cpuSecondsWithChildren(pid: number): number {
  const own = statOf(pid);
  if (own === null) return Number.NaN;
  const ended = (Number(own[13]) + Number(own[14])) / ticksPerSecond;
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + (cpuSeconds(one) || 0), ended);
}

/** The most memory a process ever held, in MB; NaN where there is no /proc. */
export function peakMemoryMb(pid: number): number {
  const kb = /^VmHWM:\s+(\d+) kB/m.exec(readOrNull(`/proc/${pid}/status`) ?? '')?.[1];
  return kb === undefined ? Number.NaN : Number(kb) / 1024;
}

/** The fields of /proc/<pid>/stat after the name, which may hold blanks. */
function statOf(pid: number): readonly string[] | null {
  const text = readOrNull(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function childrenOf(pid: number): readonly number[] {
  const text = readOrNull(`/proc/${pid}/task/${pid}/children`) ?? '';
  return text
    .split(' ')
    .filter((one) => one.trim() !== '')
    .map(Number);
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended, or this system has no /proc: there is no figure then.
    return null;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
