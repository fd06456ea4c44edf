import { describe, expect, test } from 'vitest';
import { readOutlookCsv } from '../../server/files/csv.ts';

const read = (text: string) => readOutlookCsv(Buffer.from(text));

describe('dates of a table', () => {
  const birthdays = (header: string, ...dates: string[]) =>
    read(`${header}\n${dates.map((date) => `Ana,"${date}"`).join('\n')}`).contacts.map(
      ({ contact }) => contact.birthday,
    );

  test('follow the language where they can be read both ways', () => {
    expect(birthdays('First Name,Birthday', '3/2/1970')).toEqual(['1970-03-02']);
    expect(birthdays('Prénom,Anniversaire', '03/02/1970')).toEqual(['1970-02-03']);
    expect(birthdays('Vorname,Geburtstag', '3.2.1970')).toEqual(['1970-02-03']);
    expect(birthdays('Voornaam,Verjaardag', '3-2-1970')).toEqual(['1970-02-03']);
    expect(birthdays('名,誕生日', '1970/03/02')).toEqual(['1970-03-02']);
    expect(birthdays('Utónév,Születésnap', '1970. 03. 02.')).toEqual(['1970-03-02']);
  });

  test('one row that leaves no doubt settles it for all: English people write the day first', () => {
    expect(birthdays('First Name,Birthday', '3/2/1970', '25/12/1970')).toEqual(['1970-02-03', '1970-12-25']);
    expect(birthdays('First Name,Birthday', '3.2.1970')).toEqual(['1970-02-03']);
    expect(birthdays('Vorname,Geburtstag', '2/25/1970', '2/3/1970')).toEqual(['1970-02-25', '1970-02-03']);
  });

  test('may have a time, two digits for the year, or digits of another script', () => {
    expect(birthdays('First Name,Birthday', '3/2/1970 12:00:00 AM')).toEqual(['1970-03-02']);
    expect(birthdays('Vorname,Geburtstag', '14.05.80', '01.02.05')).toEqual(['1980-05-14', '2005-02-01']);
    expect(birthdays('الاسم الأول,تاريخ الميلاد', '٠٣/٠٢/١٩٧٠')).toEqual(['1970-02-03']);
  });

  test('empty and impossible ones', () => {
    const { contacts } = read('First Name,Birthday\nAna,0/0/00\nBo,2/30/1970\nCy,soon\n');
    expect(contacts.map(({ contact, unread }) => [contact.birthday, unread])).toEqual([
      [null, []],
      [null, ['Birthday']],
      [null, ['Birthday']],
    ]);
  });
});
