import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { emptyContact } from '../../shared/contact.ts';
import { readVcards } from '../../server/files/vcard.ts';

const read = (text: string) => readVcards(Buffer.from(text));
const people = (text: string) =>
  read(text).contacts.map(({ line, contact }) => [line, contact.firstName, contact.lastName]);
const card = (name: string, more = '') => `BEGIN:VCARD\nVERSION:3.0\nN:${name};Ana;;;\n${more}END:VCARD\n`;

describe('what is wrong in a file is told by line, and costs no other card', () => {
  test('a card without a name and an e-mail address', () => {
    const { contacts, problems } = read(
      `${card('Lopez')}BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n${card('Vega')}`,
    );
    expect(contacts.map(({ contact }) => contact.lastName)).toEqual(['Lopez', 'Vega']);
    expect(problems).toEqual([{ line: 5, reason: 'The card has neither a name nor an e-mail address.' }]);
  });

  test('an e-mail address alone or a company alone is enough', () => {
    expect(
      read('BEGIN:VCARD\nEMAIL:a@b.example\nEND:VCARD\nBEGIN:VCARD\nORG:Acme\nEND:VCARD').contacts.map(
        ({ contact }) => [contact.email1, contact.company],
      ),
    ).toEqual([
      ['a@b.example', null],
      [null, 'Acme'],
    ]);
  });

  test('a list of contacts is no contact', () => {
    expect(read('BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD').problems).toEqual([
      { line: 1, reason: 'The card is a list of contacts, not a contact.' },
    ]);
  });

  test('a card with stray zero bytes is no UTF-16', () => {
    expect(read('BEGIN:VCARD\n\0').problems).toHaveLength(1);
    expect(people(card('Lopez', 'NOTE:\0\0\0\0\0\0\0\0\n'))).toEqual([[1, 'Ana', 'Lopez']]);
  });

  test('text between cards', () => {
    const { contacts, problems, remarks } = read(
      `hello\nworld\n${card('Lopez')}\n\nmore\n${card('Vega')}bye`,
    );
    expect(contacts).toHaveLength(2);
    expect(problems).toEqual([]);
    expect(remarks.map(({ line }) => line)).toEqual([1, 9, 14]);
  });

  test('a card without END is read, and so are those after it', () => {
    const { contacts, problems, remarks } = read(`BEGIN:VCARD\nN:Lopez;Ana\n${card('Vega')}${card('Ruiz')}`);
    expect(contacts.map(({ line, contact }) => [line, contact.lastName])).toEqual([
      [1, 'Lopez'],
      [3, 'Vega'],
      [7, 'Ruiz'],
    ]);
    expect(problems).toEqual([]);
    expect(remarks).toEqual([{ line: 1, reason: 'The card has no END:VCARD; it was read all the same.' }]);
  });

  test('the last card is cut off', () => {
    expect(people(`${card('Lopez')}BEGIN:VCARD\nN:Vega;Ana\nNOTE:cut o`)).toEqual([
      [1, 'Ana', 'Lopez'],
      [5, 'Ana', 'Vega'],
    ]);
  });

  test('cards within a card are cards of their own', () => {
    expect(people(`BEGIN:VCARD\nN:Outer;Ana\n${card('Inner')}TITLE:Boss\nEND:VCARD`)).toEqual([
      [1, 'Ana', 'Outer'],
      [3, 'Ana', 'Inner'],
    ]);
  });

  test('the card of an agent is none of the file’s contacts', () => {
    const text = `BEGIN:VCARD\nVERSION:2.1\nN:Lopez;Ana\nAGENT:\n${card('Agent')}EMAIL:ana@b.example\nEND:VCARD\n`;
    const { contacts, problems } = read(text);
    expect(contacts.map(({ contact }) => [contact.lastName, contact.email1])).toEqual([
      ['Lopez', 'ana@b.example'],
    ]);
    expect(problems).toEqual([]);
  });

  test('a line without a name or without a colon is named by its number', () => {
    expect(read(card('Lopez', ':no name\nno colon\nä:x\n')).contacts[0]?.unread).toEqual([
      'line 4',
      'line 5',
      'line 6',
    ]);
  });

  test('files put together without a line end between them', () => {
    expect(
      people(`${card('Lopez').trim()}${card('Vega').trim()}\uFEFF${card('Ruiz')}`).map(([, , name]) => name),
    ).toEqual(['Lopez', 'Vega', 'Ruiz']);
  });

  test('a quoted-printable value that ends with a stray = does not swallow the end of its card', () => {
    expect(
      people(`BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:Lopez;Ana=\nEND:VCARD\n${card('Vega')}`),
    ).toEqual([
      [1, 'Ana=', 'Lopez'],
      [5, 'Ana', 'Vega'],
    ]);
  });

  test('names that mean something to the program are only names', () => {
    const more = 'CONSTRUCTOR:1\nTEL;TYPE=constructor:1\nX-ANDROID-CUSTOM:a/relation;x;constructor\n';
    const [found] = read(card('Lopez', more)).contacts;
    expect(Object.keys(found?.contact ?? {}).toSorted()).toEqual(Object.keys(emptyContact).toSorted());
    expect(found?.unread).toEqual(['CONSTRUCTOR', 'X-ANDROID-CUSTOM']);
  });

  test('a head whose quotation mark never closes', () => {
    expect(read(card('Lopez', 'TEL;TYPE="work:123\n')).contacts[0]?.contact.workPhone).toBe('123');
  });
});

describe('what cards may say in several ways', () => {
  const birthday = (value: string, version = '3.0') => {
    const [found] = read(`BEGIN:VCARD\nVERSION:${version}\nN:A;B\nBDAY${value}\nEND:VCARD`).contacts;
    return found?.contact.birthday ?? found?.unread;
  };

  test.each([
    [':1985-04-12', '1985-04-12'],
    [':19850412', '1985-04-12'],
    [';VALUE=date:1985-04-12', '1985-04-12'],
    [':1985-04-12T00:00:00Z', '1985-04-12'],
    [':19850412T230000+0100', '1985-04-12'],
    [':1984-02-29', '1984-02-29'],
    [':--0412', ['BDAY']],
    [':---12', ['BDAY']],
    [':1985', ['BDAY']],
    [':1985-04', ['BDAY']],
    [':1604-04-12', ['BDAY']],
    [':1985-02-29', ['BDAY']],
    [':1985-13-01', ['BDAY']],
    [';VALUE=text:circa 1800', ['BDAY']],
  ])('the birthday %s', (value, expected) => {
    expect(birthday(value)).toEqual(expected);
    expect(birthday(value, '2.1')).toEqual(expected);
  });

  test.each([
    ['Maria Lopez', 'Maria', 'Lopez'],
    ['Lopez, Maria', 'Maria', 'Lopez'],
    ['Maria de la Cruz', 'Maria de la', 'Cruz'],
    ['Madonna', null, 'Madonna'],
    ['山田太郎', null, '山田太郎'],
  ])('only the displayed name %s', (displayed, firstName, lastName) => {
    const [found] = read(
      `BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:${displayed.replace(',', '\\,')}\nEND:VCARD`,
    ).contacts;
    expect([found?.contact.firstName, found?.contact.lastName]).toEqual([firstName, lastName]);
  });

  test('more addresses and phones than a contact holds are named as unread', () => {
    const emails = ['a', 'b', 'c', 'd'].map((name) => `EMAIL:${name}@x.example\n`).join('');
    const phones = [1, 2, 3].map((digit) => `TEL;TYPE=WORK:${digit}\n`).join('');
    const [found] = read(
      card('Lopez', `${emails}EMAIL:A@X.example\n${phones}TEL;TYPE=HOME,FAX:9\n`),
    ).contacts;
    expect(found?.contact.email3).toBe('c@x.example');
    expect(found?.contact.workPhone2).toBe('2');
    expect(found?.contact.fax).toBe(null);
    expect(found?.unread).toEqual(['EMAIL', 'TEL']);
  });

  test('an untyped phone takes a free place, and no place of a typed one', () => {
    const [found] = read(card('Lopez', 'TEL:1\nTEL;TYPE=WORK:2\nTEL;TYPE=OTHER:2\n')).contacts;
    expect([found?.contact.workPhone, found?.contact.workPhone2, found?.unread]).toEqual(['2', '1', []]);
  });

  test('an Exchange-internal address is no e-mail address', () => {
    const [found] = read(
      card('Lopez', 'EMAIL:/o=Org/ou=First/cn=Recipients/cn=ana\nEMAIL:Ana <ana@x.example>\n'),
    ).contacts;
    expect([found?.contact.email1, found?.unread]).toEqual(['ana@x.example', ['EMAIL']]);
  });

  test('a fold in 2.1 keeps the white space it folds at, one in 3.0 loses it', () => {
    const note = (version: string) =>
      read(`BEGIN:VCARD\nVERSION:${version}\nN:A;B\nNOTE:one\n two\nEND:VCARD`).contacts[0]?.contact.notes;
    expect(note('2.1')).toBe('one two');
    expect(note('3.0')).toBe('onetwo');
  });

  test('control characters and halves of characters never get in', () => {
    const [found] = read(card('Lo\u0000p\u0007ez', 'NOTE:a\\nb\\tc\n')).contacts;
    expect(found?.contact.lastName).toBe('Lopez');
  });
});

describe('encodings of vCards', () => {
  const text = card('Müller–Łuczak', 'NOTE:Žluťoučký\n').replace('Łuczak', 'Lu');
  test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])('%s', (encoding) => {
    const plain = text.replace('Žluťoučký', 'Žlute');
    const read = readVcards(iconv.encode(plain, encoding));
    expect(read.encoding.name).toBe(encoding);
    expect(read.contacts[0]?.contact).toMatchObject({ lastName: 'Müller–Lu', notes: 'Žlute' });
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])('%s with a byte order mark', (encoding) => {
    const read = readVcards(iconv.encode(text, encoding, { addBOM: true }));
    expect(read.encoding.name).toBe(encoding);
    expect(read.contacts[0]?.contact.lastName).toBe('Müller–Lu');
  });

  test('each property in the character set it names', () => {
    const bytes = Buffer.concat([
      Buffer.from('BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=SHIFT_JIS:'),
      iconv.encode('表;太郎', 'shift_jis'),
      Buffer.from('\nTITLE;CHARSET=UTF-8:Geschäftsführer\nNOTE;CHARSET=windows-1250:'),
      iconv.encode('Žluťoučký', 'windows-1250'),
      Buffer.from('\nORG;CHARSET=KLINGON;ENCODING=QUOTED-PRINTABLE:B=F6hm\nEND:VCARD\n'),
    ]);
    expect(readVcards(bytes).contacts[0]?.contact).toMatchObject({
      lastName: '表',
      firstName: '太郎',
      jobTitle: 'Geschäftsführer',
      notes: 'Žluťoučký',
      company: 'Böhm',
    });
  });

  test('a file in UTF-8 with a few broken bytes keeps every other letter', () => {
    const [before, after] = [card('Müller'), card('Łuczak')];
    const bytes = Buffer.concat([
      Buffer.from(`\uFEFF${before}N`),
      Buffer.from([0xff]),
      Buffer.from(`\n${after}`),
    ]);
    expect(readVcards(bytes).contacts.map(({ contact }) => contact.lastName)).toEqual(['Müller', 'Łuczak']);
  });

  test('a picture of 50 MB is passed over', () => {
    const lines = ` ${'A'.repeat(74)}\r\n`.repeat(680_000);
    const bytes = Buffer.from(card('Lopez', `PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n${lines}`));
    const { contacts } = readVcards(bytes);
    expect(contacts[0]?.contact.lastName).toBe('Lopez');
    expect(contacts[0]?.unread).toEqual(['PHOTO']);
  });

  test('a picture whose lines are not indented', () => {
    const text = card('Lopez', 'PHOTO;BASE64;JPEG:\nAAAA/9j/\nBBBB+=\n\nTITLE:Boss\n');
    expect(read(text).contacts[0]).toMatchObject({ contact: { jobTitle: 'Boss' }, unread: ['PHOTO'] });
  });
});
