import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import product from '../package.json' with { type: 'json' };
import { finishedManifest } from '../addin/manifest.ts';
import type { Settings } from './config.ts';
import type { Addin } from './http/addin-pages.ts';

const root = join(import.meta.dirname, '..');

/** The add-in as this server gives it away: what is in `dist`, and a manifest that leads to the address it has now. */
export function addinFor({ publicUrl, addin, entra }: Settings): Addin {
  const template = readFileSync(join(root, 'manifest.xml'), 'utf8');
  const manifest = finishedManifest(template, { publicUrl, addinId: addin.id, authority: entra.authority });
  return { folder: join(root, 'dist'), manifest, version: product.version };
}
