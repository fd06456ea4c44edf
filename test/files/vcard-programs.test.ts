import { describe, expect, test } from 'vitest';
import { type Contact, emptyContact } from '../../shared/contact.ts';
import { readVcards } from '../../server/files/vcard.ts';

/** The one card of a text, its empty fields left out. */
function only(text: string): { contact: Partial<Contact>; unread: readonly string[] } {
  const read = readVcards(Buffer.from(text.replaceAll('\n', '\r\n')));
  expect(read.problems).toEqual([]);
  expect(read.contacts).toHaveLength(1);
  const [card] = read.contacts;
  const filled = Object.entries(card?.contact ?? {}).filter(
    ([name, value]) =>
      JSON.stringify(value) !==
      JSON.stringify(Object.entries(emptyContact).find(([key]) => key === name)?.[1]),
  );
  return { contact: Object.fromEntries(filled), unread: card?.unread ?? [] };
}

const outlook = `BEGIN:VCARD
VERSION:2.1
X-MS-SIGNATURE:YES
N;LANGUAGE=de;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:M=FCller;J=F6rg;A.;Dr.;Jr.
ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:B=C3=B6hm GmbH;Einkauf
TITLE:Einkaufsleiter
NOTE;ENCODING=QUOTED-PRINTABLE:Ruft vor 9 Uhr an.=0D=0A=
=0D=0A=
Zweite Zeile
TEL;WORK;VOICE:+49 89 1234567
TEL;HOME;VOICE:+49 89 7654321
TEL;CELL;VOICE:+49 171 5555555
TEL;WORK;FAX:+49 89 1234568
TEL;PAGER;VOICE:4711
X-MS-TEL;VOICE;ASSISTANT:+49 89 1234569
ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;Raum 12;K=F6nigsplatz 1=0D=0AHinterhaus;M=FCnchen;BY;80333;Deutschland
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:K=F6nigsplatz 1=0D=0AHinterhaus=0D=0A=
80333 M=FCnchen
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
X-MS-SPOUSE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:K=C3=A4the
X-MS-ASSISTANT:Sabine Klein
X-MS-MANAGER:Ulrike Boss
BDAY:19700203
URL;WORK:http://www.example.de
EMAIL;PREF;INTERNET:joerg@boehm.example.de
EMAIL;INTERNET:joerg@home.example
CATEGORIES:VIP,Kunde
CLASS:PRIVATE
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U
 HRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgN

X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0" layout="left"/>
REV:20240502T101112Z
END:VCARD
`;

describe('a card as Outlook for Windows writes it', () => {
  test('gives every field its place', () => {
    expect(only(outlook).contact).toEqual({
      firstName: 'Jörg',
      middleName: 'A.',
      lastName: 'Müller',
      title: 'Dr.',
      suffix: 'Jr.',
      company: 'Böhm GmbH',
      department: 'Einkauf',
      jobTitle: 'Einkaufsleiter',
      office: 'Raum 12',
      email1: 'joerg@boehm.example.de',
      email2: 'joerg@home.example',
      workPhone: '+49 89 1234567',
      homePhone: '+49 89 7654321',
      mobilePhone: '+49 171 5555555',
      fax: '+49 89 1234568',
      assistantPhone: '+49 89 1234569',
      businessStreet: 'Königsplatz 1\nHinterhaus',
      businessCity: 'München',
      businessState: 'BY',
      businessPostalCode: '80333',
      businessCountry: 'Deutschland',
      birthday: '1970-02-03',
      spouse: 'Käthe',
      assistant: 'Sabine Klein',
      manager: 'Ulrike Boss',
      notes: 'Ruft vor 9 Uhr an.\n\nZweite Zeile',
      categories: ['Kunde', 'VIP'],
      isPrivate: true,
    });
  });

  test('names what has no place, and nothing of the program itself', () => {
    expect(only(outlook).unread).toEqual(['X-MS-SIGNATURE', 'URL', 'PHOTO', 'TEL']);
  });
});

test('a card as Apple Contacts writes it: groups with labels, related people, a birthday without a year', () => {
  const { contact, unread } = only(`BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.4//EN
N:Lopez\\;Vega;Mar\\, ia;;;
FN:Mar\\, ia Lopez\\;Vega
NICKNAME:Mari
ORG:Acme\\, Inc.;R&D;
TITLE:Head of Purchasing
EMAIL;type=INTERNET;type=HOME:maria@home.example
EMAIL;type=INTERNET;type=WORK;type=pref:maria@acme.example
TEL;type=IPHONE;type=CELL;type=VOICE;type=pref:+1 (408) 555-0101
TEL;type=WORK;type=VOICE:(408) 555-0102
item1.TEL:(408) 555-0103
item1.X-ABLabel:_$!<Assistant>!$_
item2.ADR;type=WORK;type=pref:;;1 Infinite Loop\\nBuilding 2;Cupertino;CA;95014;
 United States
item2.X-ABADR:us
item3.X-ABRELATEDNAMES;type=pref:John
item3.X-ABLabel:_$!<Spouse>!$_
item4.X-ABRELATEDNAMES:Tim
item4.X-ABLabel:_$!<Manager>!$_
item5.URL;type=pref:http\\://acme.example
item5.X-ABLabel:_$!<HomePage>!$_
BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-05-01
NOTE:likes\\; semicolons\\, commas\\nand lines
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD
 /2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8U
CATEGORIES:Friends,Work
UID:4f0e
X-ABUID:4F0E\\:ABPerson
END:VCARD
`);
  expect(contact).toEqual({
    firstName: 'Mar, ia',
    lastName: 'Lopez;Vega',
    nickname: 'Mari',
    company: 'Acme, Inc.',
    department: 'R&D',
    jobTitle: 'Head of Purchasing',
    email1: 'maria@acme.example',
    email2: 'maria@home.example',
    mobilePhone: '+1 (408) 555-0101',
    workPhone: '(408) 555-0102',
    assistantPhone: '(408) 555-0103',
    businessStreet: '1 Infinite Loop\nBuilding 2',
    businessCity: 'Cupertino',
    businessState: 'CA',
    businessPostalCode: '95014',
    businessCountry: 'United States',
    spouse: 'John',
    manager: 'Tim',
    notes: 'likes; semicolons, commas\nand lines',
    categories: ['Friends', 'Work'],
  });
  expect(unread).toEqual(['URL', 'BDAY', 'PHOTO']);
});

test('a card as Google Contacts writes it, without its groups for everybody', () => {
  const { contact } = only(`BEGIN:VCARD
VERSION:3.0
FN:Dr. Noémie Le Goff
N:Le Goff;Noémie;;Dr.;
EMAIL;TYPE=INTERNET;TYPE=HOME:noemie@home.example
item1.EMAIL;TYPE=INTERNET:noemie@work.example
item1.X-ABLabel:Büro
TEL;TYPE=CELL:06 12 34 56 78
TEL;TYPE=WORK:01 23 45 67 89
TEL;TYPE=HOMEFAX:01 00 00 00 00
ADR;TYPE=HOME:;;12, rue de l'Église;Paris;;75008;France;FR
item2.ORG:SARL Gâteau;Achats
item2.TITLE:Directrice
BDAY:1985-04-12
item3.X-ABRELATEDNAMES:Théo
item3.X-ABLabel:_$!<Spouse>!$_
NOTE:Appelle\\nle matin
CATEGORIES:myContacts,Clients
END:VCARD
`);
  expect(contact).toEqual({
    firstName: 'Noémie',
    lastName: 'Le Goff',
    title: 'Dr.',
    email1: 'noemie@home.example',
    email2: 'noemie@work.example',
    mobilePhone: '06 12 34 56 78',
    workPhone: '01 23 45 67 89',
    homeStreet: "12, rue de l'Église",
    homeCity: 'Paris',
    homePostalCode: '75008',
    homeCountry: 'France',
    company: 'SARL Gâteau',
    department: 'Achats',
    jobTitle: 'Directrice',
    birthday: '1985-04-12',
    spouse: 'Théo',
    notes: 'Appelle\nle matin',
    categories: ['Clients'],
  });
});

test('a card as an Android phone writes it: 2.1, quoted-printable, properties of its own', () => {
  const { contact, unread } = only(`BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0;=D0=90=D0=BD=D0=BD=D0=B0;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=D0=BD=D0=B0=20=
=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0
TEL;CELL;PREF:+79161234567
TEL;X-Skype:anna
X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Anya;1;;;;;;;;;;;;;
X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Ivan;14;;;;;;;;;;;;;
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2000-01-01;1;;;;;;;;;;;;;
END:VCARD
`);
  expect(contact).toEqual({
    firstName: 'Анна',
    lastName: 'Иванова',
    mobilePhone: '+79161234567',
    nickname: 'Anya',
    spouse: 'Ivan',
  });
  expect(unread).toEqual(['X-ANDROID-CUSTOM', 'TEL']);
});

test('a card of RFC 6350: ranked addresses, telephone URIs, a label as a parameter, a spouse as text', () => {
  const { contact, unread } = only(`BEGIN:VCARD
VERSION:4.0
FN:Simon Perreault
N:Perreault;Simon;Jean,Luc;;ing. jr,M.Sc.
BDAY:--0203
EMAIL;PREF=2:second@example.com
EMAIL;PREF=1;TYPE=work:first@example.com
TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102
TEL;VALUE=uri;TYPE="cell,voice,video,text":tel:+1-418-262-6501
ADR;TYPE=home;LABEL="Lot 1^nQuebec":;;;;;;
ADR;TYPE=work:;Suite D2-630;2875 Laurier;Quebec;QC;G1V 2M2;Canada
RELATED;TYPE=spouse;VALUE=text:Marie
RELATED;TYPE=manager:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
RELATED;TYPE=contact:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf7
END:VCARD
`);
  expect(contact).toEqual({
    firstName: 'Simon',
    middleName: 'Jean Luc',
    lastName: 'Perreault',
    suffix: 'ing. jr M.Sc.',
    email1: 'first@example.com',
    email2: 'second@example.com',
    workPhone: '+1-418-656-9254 ext. 102',
    homeStreet: 'Lot 1\nQuebec',
    businessStreet: 'Suite D2-630\n2875 Laurier',
    businessCity: 'Quebec',
    businessState: 'QC',
    businessPostalCode: 'G1V 2M2',
    businessCountry: 'Canada',
    spouse: 'Marie',
  });
  expect(unread).toEqual(['BDAY', 'RELATED', 'TEL']);
});
