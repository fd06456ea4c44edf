import { expect, test } from 'vitest';
import { peopleFromCsv } from '../../server/cli/people-file.ts';

test('a file of people is read with commas, semicolons or tabs, and with a byte order mark', () => {
  const expected = [
    {
      line: 2,
      mapping: {
        mailbox: 'ana@example.com',
        siebelLogin: 'ANA',
        enabled: true,
        language: 'de',
        extractFrom: '2030-01-31',
        levels: {},
      },
    },
  ];
  for (const sign of [',', ';', '\t']) {
    const head = ['Mailbox', 'siebelLogin', 'enabled', 'language', 'extractFrom'].join(sign);
    const row = ['Ana@Example.com', 'ANA', 'Y', 'DE', '2030-01-31'].join(sign);
    expect(peopleFromCsv(`\uFEFF${head}\r\n${row}\r\n\r\n`)).toEqual(expected);
  }
});

test('an export of SSSE’s user map is understood', () => {
  const [line] = peopleFromCsv(
    'Siebel User Login,PIM User Identifier,PIM Server Type,Sync Enabled\nANA,ana@example.com,Exchange 2000/2003,N\n',
  );
  expect(line).toMatchObject({
    mapping: { siebelLogin: 'ANA', mailbox: 'ana@example.com', enabled: false, language: 'en' },
  });
});

test('a bad line costs only itself and says what is wrong', () => {
  const lines = peopleFromCsv(
    'mailbox,login,enabled,extractFrom\nana,ANA,Y,\nb@example.com,,Y,\nc@example.com,C,maybe,\nd@example.com,D,Y,2030-02-30\ne@example.com,E,,\n',
  );
  expect(lines).toMatchObject([
    { line: 2, wrong: '"ana" is no mail address.' },
    { line: 3, wrong: 'It lacks a mailbox or a login.' },
    { line: 4, wrong: '"maybe" is neither yes nor no.' },
    { line: 5, wrong: '"2030-02-30" is no date like 2030-01-31.' },
    { line: 6, mapping: { mailbox: 'e@example.com', enabled: true } },
  ]);
});

test('a file that is none says so', () => {
  expect(peopleFromCsv('')).toContain('empty');
  expect(peopleFromCsv('name,phone\nAna,1\n')).toContain('"mailbox"');
  expect(peopleFromCsv('mailbox,login\n"open quote,ANA\n')).toContain('no CSV');
});
