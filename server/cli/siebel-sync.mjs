#!/usr/bin/env node
// The command `siebel-sync`: starts the pinned Node.js of this package with the commands, whatever `node` the machine has.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('node/package.json'));
const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const main = join(import.meta.dirname, 'main.ts');
const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; it ends in its own time, and so do we.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
