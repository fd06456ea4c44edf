import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { WireAnswer } from '../wire.ts';

/** Pages of the stand-in come from this machine and talk to it alone. */
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** A file of the stand-in's own page; null if there is none such. TypeScript goes out as the JavaScript it is without its types. */
export async function pageFile(path: string): Promise<WireAnswer | null> {
  if (path === '/') return file('page/index.html', 'text/html');
  if (path === '/page.css') return file('page/page.css', 'text/css');
  if (!/^\/(page|guest)\/([a-z-]+\/)?[a-z-]+\.ts$/.test(path)) return null;
  return file(path.slice(1), 'text/javascript');
}

async function file(name: string, type: string): Promise<WireAnswer | null> {
  const text = await readFile(join(import.meta.dirname, name), 'utf8').catch(() => null);
  if (text === null) return null;
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-cache',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    },
    body: name.endsWith('.ts') ? stripTypeScriptTypes(text) : text,
  };
}
