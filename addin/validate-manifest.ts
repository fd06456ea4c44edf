import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OfficeAddinManifest } from 'office-addin-manifest';
import product from '../package.json' with { type: 'json' };
import { checkAddresses } from './manifest/addresses.ts';
import type { Complaint } from './manifest/complaint.ts';
import { checkIcons, type ReadIcon } from './manifest/icons.ts';
import { checkOrder } from './manifest/order.ts';
import { checkPermission, type Source } from './manifest/permission.ts';
import { checkResources } from './manifest/resources.ts';
import { checkSurfaces } from './manifest/surfaces.ts';
import { checkTexts } from './manifest/texts.ts';
import { parseXml, type Element } from './manifest/xml.ts';

const root = join(import.meta.dirname, '..');
const mostBytes = 256 * 1024;

/** What a manifest is held against: the rest of the add-in. */
export type Surroundings = Readonly<{ version: string; readIcon: ReadIcon; sources: readonly Source[] }>;

/**
 * Everything that would make Outlook or an administrator refuse the manifest, found without a network; empty means that it is
 * fine. Microsoft's own check (`npx office-addin-manifest validate`) is a service on the Internet and sends the file there.
 */
export function validateManifest(
  source: string,
  { version, readIcon, sources }: Surroundings,
): readonly Complaint[] {
  const bytes = new TextEncoder().encode(source).length;
  if (bytes > mostBytes)
    return [{ line: 1, message: `The file has ${bytes} bytes.`, advice: `Use at most ${mostBytes}.` }];
  const manifest = rootOf(source);
  if ('message' in manifest) return [manifest];
  const misplaced = checkOrder(manifest);
  // What stands in the wrong place would make every other check complain of what it did not find.
  if (misplaced.length > 0) return misplaced;
  return [
    ...checkTexts(manifest, version),
    ...checkResources(manifest),
    ...checkAddresses(manifest),
    ...checkIcons(manifest, readIcon),
    ...checkSurfaces(manifest, sources),
    ...checkPermission(manifest, sources),
  ];
}

/** The add-in in this folder. */
export function surroundings(): Surroundings {
  const files = readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    // The validator names the calls it looks for.
    .filter((name) => !name.startsWith('addin/manifest'));
  return {
    version: product.version,
    readIcon: (name) => {
      const file = join(import.meta.dirname, 'assets', name);
      return existsSync(file) ? readFileSync(file) : null;
    },
    sources: files.map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') })),
  };
}

function rootOf(source: string): Element | Complaint {
  try {
    return parseXml(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/^line (\d+)/.exec(message)?.[1] ?? 1);
    return { line, message, advice: 'Close every element and quote every value.' };
  }
}

/** `node addin/validate-manifest.ts [file]`: part of `npm run check`; code 1 when the manifest is not fine. */
if (import.meta.main) {
  const file = process.argv[2] ?? join(root, 'manifest.xml');
  const complaints = validateManifest(readFileSync(file, 'utf8'), surroundings());
  for (const { line, message, advice } of complaints) {
    console.error(`${relative(process.cwd(), file)}:${line}: ${message}\n        What to do: ${advice}`);
  }
  // Microsoft's reader is the only part of their tool that works offline; it must at least understand the file.
  const read = await OfficeAddinManifest.readManifestFile(file);
  console.log(
    complaints.length === 0
      ? `${relative(process.cwd(), file)} is fine: ${read.displayName} ${read.version}, ${read.permissions}.`
      : `${complaints.length} things are wrong with ${relative(process.cwd(), file)}.`,
  );
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
