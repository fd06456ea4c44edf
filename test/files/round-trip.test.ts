import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import { headerTables } from '../../server/files/csv-columns.ts';
import { readOutlookCsv } from '../../server/files/csv.ts';
import { readContactFile } from '../../server/files/read-contacts.ts';
import { generateCards } from '../support/cards.ts';
import { writeOutlookCsv, writeVcf } from '../support/card-files.ts';

const contacts = generateCards({ count: 120, seed: 7 });

function contactsIn(name: string, bytes: Uint8Array): Contact[] {
  const read = readContactFile({ name, bytes });
  expect(read.problems).toEqual([]);
  expect(read.remarks).toEqual([]);
  expect(read.contacts.flatMap(({ unread }) => unread)).toEqual([]);
  expect(read.contacts.every(({ isPrivate, contact }) => isPrivate === contact.isPrivate)).toBe(true);
  return read.contacts.map(({ contact }) => contact);
}

describe('what is written is read back the same', () => {
  for (const version of ['2.1', '3.0', '4.0'] as const)
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'])
      for (const addBOM of [true, false])
        test(`vCard ${version} in ${encoding} ${addBOM ? 'with' : 'without'} byte order mark`, () => {
          const bytes = iconv.encode(writeVcf(contacts, version), encoding, { addBOM });
          expect(contactsIn('export.vcf', bytes)).toEqual(contacts);
        });

  for (const { language } of headerTables)
    for (const delimiter of [',', ';', '\t'])
      test(`Outlook's table in ${language} with ${JSON.stringify(delimiter)}`, () => {
        const bytes = Buffer.from(writeOutlookCsv(contacts, language, delimiter));
        expect(readOutlookCsv(bytes).language).toBe(language);
        expect(contactsIn('export.csv', bytes)).toEqual(contacts);
      });

  test('vCards in Windows-1252, where every letter has a place in it', () => {
    const western = contacts.filter(
      (contact) =>
        iconv.decode(iconv.encode(JSON.stringify(contact), 'windows-1252'), 'windows-1252') ===
        JSON.stringify(contact),
    );
    expect(western.length).toBeGreaterThan(20);
    expect(contactsIn('export.vcf', iconv.encode(writeVcf(western, '3.0'), 'windows-1252'))).toEqual(western);
  });

  // Outlook writes its table in the code page of the Windows it runs on.
  test.each([
    ['de', 'windows-1252'],
    ['pl', 'windows-1250'],
    ['cs', 'windows-1250'],
    ['hu', 'windows-1250'],
    ['ru', 'windows-1251'],
    ['tr', 'windows-1254'],
    ['ar', 'windows-1256'],
    ['ja', 'shift_jis'],
    ['zh-CN', 'gb18030'],
  ])('the %s table in %s', (language, codePage) => {
    const decodable = contacts.filter(
      (contact) =>
        iconv.decode(iconv.encode(JSON.stringify(contact), codePage), codePage) === JSON.stringify(contact),
    );
    const bytes = iconv.encode(writeOutlookCsv(decodable, language), codePage);
    expect(readOutlookCsv(bytes).encoding.name).toBe(codePage);
    expect(contactsIn('export.csv', bytes)).toEqual(decodable);
  });
});

describe('5,000 people', () => {
  const many = generateCards({ count: 5000, seed: 1 });
  test.each(['2.1', '3.0', '4.0'] as const)('are read from vCard %s within three seconds', (version) => {
    const bytes = Buffer.from(writeVcf(many, version));
    const start = performance.now();
    const { contacts } = readContactFile({ name: 'export.vcf', bytes });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(contacts).toHaveLength(5000);
  });

  test('are read from a table within three seconds', () => {
    const bytes = Buffer.from(writeOutlookCsv(many, 'de'));
    const start = performance.now();
    const { contacts } = readContactFile({ name: 'export.csv', bytes });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(contacts).toHaveLength(5000);
  });
});
