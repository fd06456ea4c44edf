import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build, type Rolldown } from 'vite';
import { finishedManifest, type Deployment } from './manifest.ts';

const addinFolder = import.meta.dirname;
const root = join(addinFolder, '..');
/** What a pane may load before it can be used, as it goes over the wire. */
const mostInitialBytes = 200 * 1024;
/** The sign-in library is larger than the pane and is not needed to paint it. */
const lateLibraries = ['@azure/msal'];
const sources = ['addin', 'shared', 'package-lock.json'];

export type Built = Readonly<{ page: string; initialBytes: number }>;

/**
 * Builds the add-in into `folder`: every page of `addin/`, its scripts under names made from their content, icons, and the
 * manifest for the deployment. Answers how many compressed bytes of script each page loads before it runs; throws when the
 * task pane's are too many, and leaves nothing half-built behind.
 */
export async function buildAddin(folder: string, deployment: Deployment): Promise<readonly Built[]> {
  try {
    const chunks = await bundle(folder);
    const built = chunks.filter(({ isEntry }) => isEntry).map((entry) => measured(entry, chunks));
    refuseWhatIsTooLarge(built, chunks);
    await cp(join(addinFolder, 'assets'), join(folder, 'icons'), {
      recursive: true,
      filter: (file) => !file.endsWith('.svg'),
    });
    await compress(join(folder, 'assets'));
    await writeManifest(folder, deployment);
    return built;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Only the manifest: what changes when the address does. */
export async function writeManifest(folder: string, deployment: Deployment): Promise<void> {
  const template = await readFile(join(root, 'manifest.xml'), 'utf8');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'manifest.xml'), finishedManifest(template, deployment));
}

/** Whether nothing is built in `folder`, or a source is newer than what is. */
export async function isStale(folder: string): Promise<boolean> {
  const page = join(folder, 'pane', 'index.html');
  if (!existsSync(page)) return true;
  const builtAt = (await stat(page)).mtimeMs;
  for (const source of sources.map((name) => join(root, name))) {
    if ((await newest(source)) > builtAt) return true;
  }
  return false;
}

async function newest(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  if (!(await stat(path)).isDirectory()) return mtimeMs;
  const times = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(mtimeMs, ...times);
}

/** Relative addresses, so that the pages work under any PUBLIC_URL, with a path or without. */
async function bundle(folder: string): Promise<readonly Rolldown.OutputChunk[]> {
  const result = await build({
    configFile: false,
    root: addinFolder,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    publicDir: false,
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1024,
      rolldownOptions: { input: await pages() },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  return outputs.filter((one) => one.type === 'chunk');
}

async function pages(): Promise<Record<string, string>> {
  const folders = (await readdir(addinFolder, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  const found = folders.map(({ name }) => [name, join(addinFolder, name, 'index.html')] as const);
  return Object.fromEntries(found.filter(([, page]) => existsSync(page)));
}

function measured(entry: Rolldown.OutputChunk, chunks: readonly Rolldown.OutputChunk[]): Built {
  const initial = initialChunks(entry, chunks);
  return {
    page: entry.name,
    initialBytes: initial.reduce((sum, { code }) => sum + gzipSync(code).length, 0),
  };
}

/** A page's own script and everything it imports before it runs. */
function initialChunks(
  entry: Rolldown.OutputChunk,
  chunks: readonly Rolldown.OutputChunk[],
): readonly Rolldown.OutputChunk[] {
  const found = new Set([entry]);
  for (const chunk of found) {
    for (const imported of chunks.filter(({ fileName }) => chunk.imports.includes(fileName)))
      found.add(imported);
  }
  return [...found];
}

/** Throws when a page loads more than it may, or a library it does not need yet, before it runs. */
export function refuseWhatIsTooLarge(built: readonly Built[], chunks: readonly Rolldown.OutputChunk[]): void {
  const large = built.find(({ initialBytes }) => initialBytes > mostInitialBytes);
  if (large) {
    const [has, may] = [large.initialBytes, mostInitialBytes].map((bytes) => Math.ceil(bytes / 1024));
    throw new Error(
      `The page ${large.page} loads ${has} KB of script before it runs, ${may} KB at most: import() what it needs later.`,
    );
  }
  const entries = chunks.filter(({ isEntry }) => isEntry);
  for (const late of lateLibraries) {
    const early = entries.find((entry) =>
      initialChunks(entry, chunks).some(({ moduleIds }) => moduleIds.some((id) => id.includes(late))),
    );
    if (early)
      throw new Error(`The page ${early.name} loads ${late} before it runs: import() it when it is needed.`);
  }
}

/** Beside every script its compressed forms, so that the server packs nothing while people wait. */
async function compress(folder: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const content = await readFile(file);
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
  }
}
