import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house rules: who may import whom, and where the world may be touched. Each rule says why it is there. */
const root = resolve(import.meta.dirname, '..');
const folders = ['shared', 'server', 'addin', 'test'].filter((folder) => existsSync(join(root, folder)));
const files = folders.flatMap((folder) => sourcesIn(join(root, folder)));
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

type Room = Readonly<{ in: RegExp; may: readonly RegExp[]; because: string }>;
/** Names of packages; a path in this repository begins with one of its folders. */
const library = /^(?!(server|shared|addin|test)\/)[@a-z]/;

const rooms: readonly Room[] = [
  {
    in: /^shared\//,
    may: [/^shared\//, /^(typebox|rrule-temporal)/],
    because: 'both programs share it, so it may need nothing but TypeBox and the arithmetic of series',
  },
  {
    in: /^server\/core\//,
    may: [/^server\/core\//, /^shared\//, /^libphonenumber-js/],
    because: 'the core is pure: it can be tried with any history, anywhere',
  },
  {
    in: /^server\/connectors\/graph\//,
    may: [
      /^server\/connectors\/(graph\/|connector\.ts|directory\.ts|http\.ts)/,
      /^server\/core\//,
      /^shared\//,
      library,
    ],
    because: 'a connector knows its own side only',
  },
  {
    in: /^server\/connectors\/siebel\//,
    may: [
      /^server\/connectors\/(siebel\/|connector\.ts|directory\.ts|http\.ts)/,
      /^server\/core\//,
      /^shared\//,
      library,
    ],
    because: 'a connector knows its own side only',
  },
  {
    in: /^server\/store\//,
    may: [/^server\/store\//, /^server\/core\//, /^shared\//, /^(kysely|pg|node:crypto)/],
    because: 'the store keeps what others decide',
  },
  {
    in: /^server\/engine\//,
    may: [
      /^server\/engine\//,
      /^server\/core\//,
      /^server\/store\//,
      /^server\/connectors\/(connector|directory)\.ts/,
      /^server\/(context|holder)\.ts/,
      /^shared\//,
    ],
    because: 'the engine works with any two sides',
  },
  {
    in: /^server\/http\//,
    may: [
      /^server\/http\//,
      /^server\/store\//,
      /^server\/(context|config|look-now|holder|map-people|why-off)\.ts/,
      /^server\/connectors\/(connector|directory|http)\.ts/,
      /^shared\//,
      library,
    ],
    because: 'routes cue, they never sync',
  },
  {
    in: /^server\/files\//,
    may: [/^server\/files\//, /^shared\//, library],
    because: 'reading a file needs neither side',
  },
  {
    in: /^server\/sandbox\//,
    may: [/^server\/sandbox\//, library],
    because: 'a stand-in that shares code with the product would share its mistakes',
  },
  {
    in: /^addin\//,
    may: [/^(?!server\/|test\/)/],
    because: 'it knows Outlook and our API, nothing of Siebel, Graph or the server',
  },
  { in: /^(?!test\/)/, may: [/^(?!test\/)/], because: 'nobody needs the tests to run' },
  {
    in: /^server\/(?!sandbox\/|start\.ts|demo)/,
    may: [/^(?!server\/sandbox\/)/],
    because: 'the product must not know the stand-ins',
  },
];

const words: readonly Readonly<{ word: RegExp; only: RegExp; because: string }>[] = [
  {
    word: /\bprocess\.env\b/,
    only: /^server\/(config|sandbox\/settings)\.ts$|^test\//,
    because: 'settings are read in one place and named when they are wrong',
  },
  {
    word: /\b(Math\.random|randomUUID\w*|randomBytes)\(/,
    only: /^server\/(context\.ts|sandbox\/|http\/)|^test\//,
    because: 'chance is an argument',
  },
  {
    word: /\bTemporal\.Now\b|\bDate\.now\(|new Date\(\)/,
    only: /^server\/(context\.ts|sandbox\/control\/)|^test\//,
    because: 'time is an argument',
  },
  {
    word: /(?<![.\w])fetch\(|from 'undici'/,
    only: /^server\/connectors\/http\.ts$|^addin\/.*api\.ts$|^server\/sandbox\/outlook\/(page|guest)\/|^test\//,
    because: 'requests leave from one place, which sorts what can go wrong',
  },
  {
    word: /(?<![\w'"`.])Office\.[a-z]/i,
    only: /^addin\/(office|manifest)\/|^server\/sandbox\/outlook\/|^test\//,
    because: 'one adapter knows the quirks of Office.js',
  },
  {
    word: /(?<![.\w'"])Office\.\w/,
    only: /^addin\/(office|manifest)\/|^test\//,
    because: 'Outlook is spoken to in one place, which knows its traps',
  },
  { word: /\bsql`|from 'kysely'/, only: /^server\/store\/|^test\//, because: 'SQL lives in the store' },
  { word: /export \* from|export \{[^}]*\} from/, only: /^$/, because: 'a name has one home' },
  {
    word: /\basync\b|\bawait\b|\bPromise\b/,
    only: /^(?!server\/core\/|shared\/)/,
    because: 'the core is synchronous',
  },
];

describe('the house', () => {
  for (const room of rooms) {
    test(`${String(room.in)} imports only what it may, because ${room.because}`, () => {
      const wrong = files
        .filter((file) => room.in.test(file))
        .flatMap((file) =>
          importsOf(file)
            .filter((to) => !room.may.some((may) => may.test(to)))
            .map((to) => `${file} → ${to}`),
        );
      expect(wrong).toEqual([]);
    });
  }
  for (const { word, only, because } of words) {
    test(`${String(word)} stays where it belongs, because ${because}`, () => {
      expect(
        files.filter((file) => !only.test(file) && word.test(withoutComments(sources.get(file) ?? ''))),
      ).toEqual([]);
    });
  }
  test('files stay under 300 lines, because each holds one idea', () => {
    expect(files.filter((file) => !file.startsWith('test/') && lines(file) > 300)).toEqual([]);
  });
  test('file names are in kebab case', () => {
    expect(
      files.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(file.split('/').at(-1) ?? '')),
    ).toEqual([]);
  });
  test('nothing imports in a circle', () => {
    expect(circles()).toEqual([]);
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function importsOf(file: string): string[] {
  const found = (sources.get(file) ?? '').matchAll(
    /^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'/gm,
  );
  return [...found]
    .map(([, from, bare]) => from ?? bare ?? '')
    .map((to) =>
      to.startsWith('.') ? relative(root, resolve(root, dirname(file), to)).replaceAll('\\', '/') : to,
    );
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function lines(file: string): number {
  return (sources.get(file) ?? '').split('\n').length;
}

function circles(): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const to of importsOf(file).filter((one) => sources.has(one))) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}
