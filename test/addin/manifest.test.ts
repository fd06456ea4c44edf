import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { devId, finishedManifest } from '../../addin/manifest.ts';
import { surroundings, validateManifest, type Surroundings } from '../../addin/validate-manifest.ts';

const ours = readFileSync('manifest.xml', 'utf8');
const here = surroundings();
const worldwide = 'https://login.microsoftonline.com';
const messagesOf = (manifest: string, around: Surroundings = here): string =>
  validateManifest(manifest, around)
    .map(({ message }) => message)
    .join('\n');

/** Our manifest with one thing changed; a change that finds nothing to change is a mistake in the test. */
function changed(from: string | RegExp, to: string): string {
  const broken = ours.replace(from, to);
  if (broken === ours) throw new Error(`The manifest has no ${String(from)}.`);
  return broken;
}

describe('the manifest', () => {
  test('of this folder is fine', () => {
    expect(messagesOf(ours)).toBe('');
  });

  test.each([
    ['https://sync.example.com', 'https://sync.example.com/pane/index.html'],
    ['https://apps.example.com/siebel & co', 'https://apps.example.com/siebel &amp; co/pane/index.html'],
    ['http://localhost:3005', 'https://localhost:3005/pane/index.html'],
  ])('is fine as it is built for %s', (publicUrl, pane) => {
    const built = finishedManifest(ours, { publicUrl, addinId: null, authority: worldwide });
    expect(messagesOf(built)).toBe('');
    expect(built).toContain(`"${pane}"`);
    expect(built).not.toContain('localhost:3000');
  });

  test('has the name and identity of the product everywhere but on this machine', () => {
    const built = (publicUrl: string, addinId: string | null = null) =>
      finishedManifest(ours, { publicUrl, addinId, authority: worldwide });
    expect(built('http://localhost:3000')).toContain(devId);
    expect(built('http://localhost:3000')).toContain('Siebel Sync (dev)');
    expect(built('https://sync.example.com')).not.toContain(devId);
    expect(built('https://sync.example.com')).not.toContain('(dev)');
    const own = '11111111-2222-4333-8444-555555555555';
    expect(built('https://sync.example.com', own)).toContain(`<Id>${own}</Id>`);
  });

  test('lets the dialog go to the sign-in of a national cloud', () => {
    const authority = 'https://login.microsoftonline.us';
    const built = finishedManifest(ours, { publicUrl: 'https://sync.example.com', addinId: null, authority });
    expect(built).toContain(`<AppDomain>${authority}</AppDomain>`);
    expect(built).not.toContain(worldwide);
  });
});

const label = '<Label resid="Sync.Label"/>';

describe('a manifest is refused', () => {
  test.each<[why: string, broken: string, says: string]>([
    ['that is cut off', ours.slice(0, 2000), 'is never closed'],
    ['that is no XML', changed('<Hosts>', '<Hosts'), 'not well-formed'],
    ['of something else', '<Other/>', '<Other> is no manifest'],
    [
      'whose elements stand in another order',
      changed(/( *<Version>.*\n)( *<ProviderName>.*\n)/, '$2$1'),
      '<Version> must stand before <ProviderName>',
    ],
    ['that lacks an element', changed(/ *<SupportUrl.*\n/, ''), '<OfficeApp> lacks <SupportUrl>'],
    [
      'with an element Outlook does not know there',
      changed(label, `${label}<Color/>`),
      '<Color> does not belong',
    ],
    ['with an element twice', changed(label, label + label), 'has <Label> 2 times'],
    ['whose Id is no GUID', changed(devId, 'siebel-sync'), 'is no GUID'],
    ['whose version is not the package’s', changed('<Version>1.', '<Version>7.'), "the package's is"],
    ['whose version is below 1', changed(/<Version>.*</, '<Version>0.9.0<'), 'is none Outlook takes'],
    [
      'that asks for a newer Outlook',
      changed('MinVersion="1.8"', 'MinVersion="1.13"'),
      'asks for Mailbox 1.13',
    ],
    [
      'with a label too long',
      changed('DefaultValue="Sync to Siebel"', `DefaultValue="${'S'.repeat(126)}"`),
      '126 characters',
    ],
    [
      'with an empty tip',
      changed(/DefaultValue="Syncs the open[^"]*"/, 'DefaultValue=""'),
      'Sync.Tip is empty',
    ],
    ['with half a translation', changed(/ *<bt:Override Locale="fr-FR".*\n/, ''), 'has no text in fr-FR'],
    ['with a language and no country', changed(/"de-DE"/g, '"de"'), 'is no full tag'],
    [
      'with a language twice',
      changed(/(<bt:Override Locale="de-DE" Value="Mit.*\n)/, '$1$1'),
      'has de-DE twice',
    ],
    ['with an id too long', changed(/Sync\.Label/g, `Sync.${'Label'.repeat(6)}`), 'has 35 characters'],
    ['with an id given twice', changed('String id="Pane.Label"', 'String id="Sync.Label"'), 'is given twice'],
    ['that points to nothing', changed(label, '<Label resid="Nowhere"/>'), 'Nowhere, which does not exist'],
    [
      'that points to the wrong kind of resource',
      changed('<Label resid="Group.Label"/>', '<Label resid="Sync.Tip"/>'),
      'which lies in <bt:LongStrings>',
    ],
    [
      'with a resource nobody uses',
      changed('<bt:Urls>', '<bt:Urls><bt:Url id="Url.Old" DefaultValue="https://localhost:3000/old"/>'),
      'Nothing uses the resource Url.Old',
    ],
    [
      'with an address that is not https',
      changed('"https://localhost:3000/pane', '"http://localhost:3000/pane'),
      'SourceLocation is "http:',
    ],
    [
      'with an address elsewhere',
      changed('"https://localhost:3000/command', '"https://cdn.example.com/command'),
      'Url.Command lies at https://cdn.example.com',
    ],
    [
      'whose own address is no AppDomain',
      changed(/ *<AppDomain>https:\/\/localhost.*\n/, ''),
      'not among the AppDomains',
    ],
    [
      'of this machine with the product’s identity',
      changed(devId, '3ce290fb-cc82-4802-95a4-8974d814ec62'),
      "The product's Id goes with",
    ],
    [
      'of the product with the identity for development',
      changed(/localhost:3000/g, 'sync.example.com'),
      'The Id for development',
    ],
    ['whose icon does not exist', changed('icon-64.png', 'icon-63.png'), 'icon-63.png does not exist'],
    [
      'whose icon has another size',
      changed('icon-128.png', 'icon-64.png'),
      'is 64 × 64, declared as 128 × 128',
    ],
    ['whose icon is a drawing', changed('icons/icon-64.png', 'icons/icon.svg'), 'is none of ours'],
    [
      'without an icon size Outlook demands',
      changed(/ *<bt:Image size="80" resid="Icon.80".*\n/, ''),
      'has no size 80',
    ],
    [
      'that pins a pane on an appointment',
      ours.replace(
        /(<SourceLocation resid="Url.Pane"\/>)(?![\s\S]*Url.Pane"\/>[\s\S]*<Resources)/,
        '$1<SupportsPinning>true</SupportsPinning>',
      ),
      'SupportsPinning does not exist on AppointmentAttendeeCommandSurface',
    ],
    [
      'without a surface',
      changed('"MessageComposeCommandSurface"', '"Module"'),
      'no button on MessageComposeCommandSurface',
    ],
    ['with a tab of its own', changed('"TabDefault"', '"TabSiebel"'), 'The tab is TabSiebel'],
    [
      'whose button calls what no code registers',
      changed(/>syncToSiebel</g, '>sync<'),
      'registers the function sync',
    ],
    ['whose permission does not exist', changed('>ReadWriteItem<', '>Everything<'), 'does not exist'],
    [
      'that asks for more than the code needs',
      changed('>ReadWriteItem<', '>ReadWriteMailbox<'),
      'more than any call',
    ],
  ])('%s', (_why, broken, says) => {
    expect(messagesOf(broken)).toContain(says);
  });

  test('that asks for less than the code calls', () => {
    const text = 'const all = await mailbox.masterCategories.getAsync();';
    const around = { ...here, sources: [...here.sources, { name: 'addin/office/new.ts', text }] };
    expect(messagesOf(ours, around)).toContain(
      'masterCategories in addin/office/new.ts needs ReadWriteMailbox',
    );
  });

  test('whose icon is a PNG by name only', () => {
    const around = { ...here, readIcon: () => new TextEncoder().encode('<svg/>'.padEnd(40)) };
    expect(messagesOf(ours, around)).toContain('icon-64.png is no PNG');
  });

  test('that is larger than Outlook takes', () => {
    expect(messagesOf(ours.replace('<Hosts>', `<!-- ${'x'.repeat(256 * 1024)} --><Hosts>`))).toContain(
      'bytes',
    );
  });
});

test('a complaint says where, what and what to do', () => {
  const [complaint] = validateManifest(changed('icon-64.png', 'icon-63.png'), here);
  expect(complaint).toMatchObject({ advice: expect.stringContaining('addin/assets') });
  expect(ours.split('\n')[(complaint?.line ?? 0) - 1]).toContain('<IconUrl');
});

test('what needs the whole mailbox is what Microsoft’s types say', () => {
  const types = readFileSync('node_modules/@types/office-js/index.d.ts', 'utf8');
  const documented =
    /permission level}\*\*: \*\*read\/write mailbox\*\*(?:(?!\*\/)[\s\S])*\*\/\s+(\w+Async)\(/g;
  const names = new Set([...types.matchAll(documented)].map(([, name = '']) => name));
  // On the master list alone these need more; the list itself is looked for.
  for (const name of ['addAsync', 'removeAsync', 'getAsync']) names.delete(name);
  expect(names.size).toBeGreaterThan(2);
  for (const name of names) {
    const sources = [...here.sources, { name: 'addin/office/new.ts', text: `await thing.${name}(one);` }];
    expect(messagesOf(ours, { ...here, sources })).toContain(
      `${name} in addin/office/new.ts needs ReadWriteMailbox`,
    );
  }
});
