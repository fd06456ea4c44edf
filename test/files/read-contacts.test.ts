import { expect, test } from 'vitest';
import { ContactFileError } from '../../server/files/read-card.ts';
import { readContactFile } from '../../server/files/read-contacts.ts';
import { emptyContact } from '../../shared/contact.ts';
import { outlookFromContact } from '../../server/files/outlook-contact.ts';

const read = (name: string, text: string | Uint8Array) =>
  readContactFile({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text });

test('the content decides, not the ending of the name', () => {
  expect(read('people.csv', '\n\nBEGIN:VCARD\nFN:Ana Lopez\nEND:VCARD').format).toBe('vcard');
  expect(read('people.vcf', 'First Name,Last Name\nAna,Lopez').format).toBe('outlook-csv');
  expect(read('people.txt', 'Name,Given Name,E-mail 1 - Value\nAna,Ana,a@x.example').format).toBe(
    'google-csv',
  );
});

test('a table with a card in its notes is a table', () => {
  const text = 'First Name,Last Name,Notes\nAna,Lopez,"\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n"\n';
  expect(read('people.csv', text).contacts.map(({ contact }) => contact.firstName)).toEqual(['Ana']);
});

test('it tells what the bytes were taken for', () => {
  expect(read('a.csv', 'First Name,Last Name\nAna,Lopez').encoding.assumed).toBe(
    'The file was read as UTF-8; every byte fits.',
  );
  expect(read('a.csv', Buffer.from('Vorname,Nachname\nJörg,Müller', 'latin1')).encoding).toEqual({
    name: 'windows-1252',
    assumed: 'The file is not UTF-8; it was read as Windows-1252 (western European).',
  });
});

test('a file that is neither is refused with what to do', () => {
  expect(() =>
    read('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x2c, 0x01, 0xe9])),
  ).toThrow(ContactFileError);
  expect(() => read('empty.vcf', '')).toThrow(/empty.vcf holds neither vCards/);
  expect(() => read('letter.txt', 'Dear Ana\nhow are you')).toThrow(/Export the contacts from Outlook/);
  expect(() => read('prices.csv', 'article,price\n1,2')).toThrow(/None of the columns is known.*--map/);
});

test('a contact becomes what its owner would put into Outlook', () => {
  const contact = {
    ...emptyContact,
    firstName: 'Ana',
    lastName: 'Lopez',
    email1: 'ana@x.example',
    email2: 'ana@home.example',
    workPhone: '1',
    workPhone2: '2',
    fax: '3',
    assistantPhone: '4',
    businessStreet: 'Street 1\nFloor 2',
    businessCountry: 'Spain',
    birthday: '1985-04-12',
    notes: 'Hi',
    isPrivate: true,
    categories: ['VIP'],
  };
  expect(outlookFromContact(contact)).toEqual({
    displayName: 'Ana Lopez',
    givenName: 'Ana',
    surname: 'Lopez',
    personalNotes: 'Hi',
    birthday: '1985-04-12T11:59:00Z',
    emailAddresses: [
      { address: 'ana@x.example', name: 'Ana Lopez' },
      { address: 'ana@home.example', name: 'Ana Lopez' },
    ],
    businessPhones: ['1', '2'],
    homePhones: [],
    businessAddress: { street: 'Street 1\nFloor 2', countryOrRegion: 'Spain' },
    homeAddress: {},
    categories: ['VIP'],
    singleValueExtendedProperties: [
      { id: 'Integer 0x36', value: '2' },
      { id: 'Boolean {00062008-0000-0000-C000-000000000046} Id 0x8506', value: 'true' },
      { id: 'String 0x3A24', value: '3' },
      { id: 'String 0x3A2E', value: '4' },
    ],
  });
  expect(outlookFromContact({ ...emptyContact, company: 'Acme' })).toEqual({
    displayName: 'Acme',
    companyName: 'Acme',
    emailAddresses: [],
    businessPhones: [],
    homePhones: [],
    businessAddress: {},
    homeAddress: {},
    categories: [],
  });
});
