import { describe, expect, test } from 'vitest';
import { mappingFromOptions } from '../../server/files/csv-columns.ts';
import { readOutlookCsv } from '../../server/files/csv.ts';

const read = (text: string, options: readonly string[] = []) =>
  readOutlookCsv(Buffer.from(text), { mapping: mappingFromOptions(options) });
const first = (text: string, options: readonly string[] = []) => read(text, options).contacts[0]?.contact;

describe('columns nobody knows', () => {
  const text = 'First Name,Last Name,Lieblingsfarbe,Durchwahl\nAna,Lopez,red,12\nBo,Ek,,13\n';
  test('are named with a hint, if they hold something', () => {
    expect(read(text).remarks).toEqual([
      {
        line: 1,
        reason:
          'The column "Lieblingsfarbe" is not known; it was left out in 1 row(s). To read it, say what it is, for example --map "Lieblingsfarbe=workPhone".',
      },
      {
        line: 1,
        reason:
          'The column "Durchwahl" is not known; it was left out in 2 row(s). To read it, say what it is, for example --map "Durchwahl=workPhone".',
      },
    ]);
    expect(read(text).contacts[0]?.unread).toEqual(['Lieblingsfarbe', 'Durchwahl']);
  });

  test('are read as the mapping says, ignoring case and accents', () => {
    const options = ['durchwahl=workPhone', 'LIEBLINGSFARBE=silent'];
    expect(first(text, options)).toMatchObject({ workPhone: '12' });
    expect(read(text, options).remarks).toEqual([]);
    expect(read(text, options).contacts[0]?.unread).toEqual([]);
  });

  test('a mapping may also overrule a header that is known', () => {
    expect(
      first('First Name,Last Name\nLopez,Ana', ['First Name=lastName', 'Last Name=firstName']),
    ).toMatchObject({
      firstName: 'Ana',
      lastName: 'Lopez',
    });
  });

  test('a wrong mapping is refused with the fields there are', () => {
    expect(() => mappingFromOptions(['Durchwahl=extension'])).toThrow(/Fields: title, firstName/);
    expect(() => mappingFromOptions(['Durchwahl'])).toThrow(/--map takes "Header=field", not "Durchwahl"/);
  });

  test('a table without a single known name is refused as a whole, row by row', () => {
    const { contacts, problems } = read('foo,bar\n1,2\n3,4\n');
    expect(contacts).toEqual([]);
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(problems[0]?.reason).toContain('None of the columns is known');
  });
});

describe('rows that are broken', () => {
  test('are told by the line on which they begin, although cells before them run over several', () => {
    const text = 'First Name,Last Name,Notes\nAna,Lopez,"a\nb\n\nc"\n,,only notes\n\n\nBo,Ek,x\n';
    const { contacts, problems } = read(text);
    expect(contacts.map(({ line, contact }) => [line, contact.lastName])).toEqual([
      [2, 'Lopez'],
      [9, 'Ek'],
    ]);
    expect(problems).toEqual([{ line: 6, reason: 'The row has neither a name nor an e-mail address.' }]);
  });

  test('a quotation mark that never closes costs its row and no other', () => {
    const { contacts, problems } = read(
      'First Name,Last Name\r\nAna,Lopez\r\nEva,"Ruiz\r\nBo,Ek\r\nCy,Roe\r\n',
    );
    expect(contacts.map(({ line, contact }) => [line, contact.lastName])).toEqual([
      [2, 'Lopez'],
      [4, 'Ek'],
      [5, 'Roe'],
    ]);
    expect(problems).toEqual([
      { line: 3, reason: 'A quotation mark is opened in this row and never closed.' },
    ]);
  });

  test('thousands of them do not take for ever', () => {
    const { contacts, problems } = read(`First Name,Last Name\n${'"a"b,"c\n'.repeat(5001)}`);
    expect(contacts.length + problems.length).toBeGreaterThan(2000);
  });

  test('too few or too many cells', () => {
    expect(read('First Name,Last Name,Company\nAna\nBo,Ek,Acme,more,and more\n').contacts).toHaveLength(2);
  });

  test('the separator Excel announces, semicolons, tabs, and a quoted header with commas', () => {
    expect(first('sep=;\nFirst Name;Last Name\nAna;Lopez')).toMatchObject({ lastName: 'Lopez' });
    expect(first('First Name\tLast Name\nAna\tLopez, Jr')).toMatchObject({ lastName: 'Lopez, Jr' });
    expect(first('"Werkadres, straat";Voornaam\n"Dam 1, 2";Jan')).toMatchObject({
      businessStreet: 'Dam 1, 2',
    });
    expect(read('sep=;\nFirst Name;Last Name\n;\nAna;Lopez').contacts[0]?.line).toBe(4);
  });
});
