import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { readOutlookCsv } from '../../server/files/csv.ts';
import { ContactFileError } from '../../server/files/read-card.ts';
import { readContactFile } from '../../server/files/read-contacts.ts';
import { readVcards } from '../../server/files/vcard.ts';

const pieces = fc.constantFrom(
  ...`BEGIN:VCARD|END:VCARD|VERSION:2.1|VERSION:3.0|VERSION:4.0|N:Lopez;Ana|FN:Ana|FN:|EMAIL:a@b.example|EMAIL;PREF=x:a
TEL;WORK;FAX:1|TEL;TYPE="work,fax:1|ADR;WORK:;;a|item1.TEL:1|item1.X-ABLabel:_$!<Assistant>!$_|PHOTO;ENCODING=b:AAAA
 AAAA|	fold|NOTE;QUOTED-PRINTABLE:=C3=|=BC|NOTE;ENCODING=BASE64:QUJD|BDAY:19850412|:|;|garbage||LABEL;HOME:x|\\
RELATED;TYPE=spouse:x|CLASS:PRIVATE|CATEGORIES:a,,b\\,c|ORG:;;;|X-ANDROID-CUSTOM:x|N;CHARSET=KLINGON:ü|KIND:group
BEGIN:VCARD |  begin : vcard|end:vcard|BEGIN:VEVENT|END:VEVENT|__proto__:x|CONSTRUCTOR:x|toString:x`.split(
    /[|\n]/,
  ),
  '\uFEFF',
);
const line = fc.oneof(
  { weight: 5, arbitrary: pieces },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const isBegin = (text: string): boolean => /^\s*BEGIN\s*:\s*VCARD\s*$/i.test(text);

describe('whatever a file holds, reading it never throws and never loses count', () => {
  test('every card ends as a contact or as a problem', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const text = lines.map((one) => one.replaceAll(/[\r\n]/g, '')).join(end);
        const { contacts, problems } = readVcards(Buffer.from(text));
        const begun = text.split(end).filter((one) => isBegin(one.replace(/^\uFEFF/, ''))).length;
        expect(contacts.length + problems.length).toBe(begun);
      }),
      { numRuns: 2000 },
    );
  });

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readVcards(bytes);
        readOutlookCsv(bytes);
        try {
          readContactFile({ name: 'x', bytes });
        } catch (error) {
          expect(error).toBeInstanceOf(ContactFileError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('no text of a contact is empty, padded or has control characters', () => {
    const value = fc.string({ unit: 'binary', maxLength: 20 });
    const property = fc.tuple(
      fc.constantFrom('N', 'FN', 'ORG', 'TITLE', 'NOTE', 'ADR;WORK', 'X-SPOUSE', 'CATEGORIES', 'TEL'),
      value,
    );
    fc.assert(
      fc.property(
        fc.array(property, { maxLength: 12 }),
        fc.constantFrom('2.1', '3.0', '4.0'),
        (properties, version) => {
          const lines = properties.map(([name, text]) => `${name}:${text.replaceAll(/[\r\n]/g, '')}`);
          const text = ['BEGIN:VCARD', `VERSION:${version}`, 'EMAIL:a@b.example', ...lines, 'END:VCARD'].join(
            '\n',
          );
          for (const { contact } of readVcards(Buffer.from(text)).contacts)
            for (const text of [...Object.values(contact), ...contact.categories])
              if (typeof text === 'string') {
                expect(text).not.toBe('');
                expect(text).toBe(text.trim());
                expect(text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text)).toBe(true);
              }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('every row of a table ends as a contact or as a problem', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'B', '@', '.', ' ', '1', '/', ';', 'ü', '漢', '\n', '"', ','),
      maxLength: 12,
    });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 20 }), (rows) => {
        const header = 'First Name,Last Name,E-mail Address,Birthday,Notes';
        const text = [header, ...rows.map((row) => row.map(quoted).join(','))].join('\r\n');
        const { contacts, problems } = readOutlookCsv(Buffer.from(text));
        const filled = rows.filter((row) => row.some((text) => text.trim() !== '')).length;
        expect(contacts.length + problems.length).toBe(filled);
      }),
      { numRuns: 1000 },
    );
  });
});
