import { describe, expect, test } from 'vitest';
import { columnsFromHeaders } from '../../server/files/csv-columns.ts';
import { readOutlookCsv } from '../../server/files/csv.ts';

const read = (text: string) => readOutlookCsv(Buffer.from(text));
const first = (text: string) => read(text).contacts[0]?.contact;

/** Header rows as these programs write them, seen in files people published. */
const germanHeader =
  '"Anrede","Vorname","Weitere Vornamen","Nachname","Suffix","Firma","Abteilung","Position","Straße geschäftlich","Straße geschäftlich 2","Straße geschäftlich 3","Ort geschäftlich","Region geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich","Straße privat","Straße privat 2","Straße privat 3","Ort privat","Bundesland/Kanton privat","Postleitzahl privat","Land/Region privat","Weitere Straße","Telefon Assistent","Fax geschäftlich","Telefon geschäftlich","Telefon geschäftlich 2","Telefon (privat)","Telefon (privat 2)","Mobiltelefon","Pager","E-Mail-Adresse","E-Mail-Typ","E-Mail: Angezeigter Name","E-Mail 2: Adresse","Geburtstag","Geschlecht","Jahrestag","Kategorien","Name Assistent","Name des/der Vorgesetzten","Notizen","Ort","Partner","Priorität","Privat","Vertraulichkeit","Büro"';
const frenchHeader =
  '"Titre","Prénom","Deuxième prénom","Nom","Suffixe","Société","Service","Titre","Rue (bureau)","Rue (bureau) 2","Ville (bureau)","Dép/Région (bureau)","Code postal (bureau)","Pays/Région (bureau)","Téléphone (bureau)","Téléphone 2 (bureau)","Tél. mobile","Adresse de messagerie","Type de messagerie","Anniversaire","Conjoint(e)","Critère de diffusion","Responsable","Privé"';

describe('tables as Outlook writes them', () => {
  test('German, with an address that runs over three columns and empty dates', () => {
    const row =
      '"Dr.","Jörg","A.","Müller","Jr.","Böhm GmbH","Einkauf","Leiter","Königsplatz 1","Hinterhaus","3. Stock","München","BY","80333","Deutschland","Weg 2",,,"Ulm",,"89073","Deutschland",,"089/3","089/2","089/1","089/11","0731/1","0731/2","0171/1","4711","j@boehm.example","SMTP","Jörg Müller (j@boehm.example)","j@home.example","3.2.1970","Keine Angabe","0.0.00","VIP;Kunde","Klein","Boss","Zeile 1\r\nZeile 2",,"Käthe","Normal","Falsch","Privat","Raum 12"';
    const { contacts, remarks } = read(`${germanHeader}\r\n${row}\r\n`);
    expect(remarks).toEqual([]);
    expect(contacts).toEqual([
      {
        line: 2,
        isPrivate: true,
        unread: ['Pager'],
        contact: {
          firstName: 'Jörg',
          middleName: 'A.',
          lastName: 'Müller',
          title: 'Dr.',
          suffix: 'Jr.',
          nickname: null,
          jobTitle: 'Leiter',
          department: 'Einkauf',
          company: 'Böhm GmbH',
          office: 'Raum 12',
          email1: 'j@boehm.example',
          email2: 'j@home.example',
          email3: null,
          workPhone: '089/1',
          workPhone2: '089/11',
          mobilePhone: '0171/1',
          homePhone: '0731/1',
          homePhone2: '0731/2',
          fax: '089/2',
          assistantPhone: '089/3',
          businessStreet: 'Königsplatz 1\nHinterhaus\n3. Stock',
          businessCity: 'München',
          businessState: 'BY',
          businessPostalCode: '80333',
          businessCountry: 'Deutschland',
          homeStreet: 'Weg 2',
          homeCity: 'Ulm',
          homeState: null,
          homePostalCode: '89073',
          homeCountry: 'Deutschland',
          birthday: '1970-02-03',
          spouse: 'Käthe',
          assistant: 'Klein',
          manager: 'Boss',
          notes: 'Zeile 1\nZeile 2',
          isPrivate: true,
          categories: ['Kunde', 'VIP'],
          custom: {},
        },
      },
    ]);
  });

  test('French: of two columns "Titre" the first is the salutation, the second the job', () => {
    expect(
      first(
        `${frenchHeader}\r\n"Mme","Noémie",,"Le Goff",,"Gâteau","Achats","Directrice",,,,,,,,,,,,"12/04/1985",,,,"Vrai"`,
      ),
    ).toMatchObject({ title: 'Mme', jobTitle: 'Directrice', birthday: '1985-04-12', isPrivate: true });
  });

  test('Spanish, which leaves some headers in English', () => {
    const header =
      'Title,Nombre,Segundo nombre,Apellidos,Organización,Puesto,Calle del trabajo 2,Business Phone 2,E-mail Address,Dirección de correo electrónico 2,Home City,Mobile Phone';
    const read = readOutlookCsv(
      Buffer.from(`${header}\nSr.,Íñigo,J.,Núñez,ACME,Jefe,2.º B,91 2,i@x.example,i2@x.example,Vigo,6 1`),
    );
    expect(read.language).toBe('es');
    expect(read.contacts[0]?.contact).toMatchObject({
      title: 'Sr.',
      firstName: 'Íñigo',
      middleName: 'J.',
      lastName: 'Núñez',
      company: 'ACME',
      jobTitle: 'Jefe',
      businessStreet: '2.º B',
      workPhone2: '91 2',
      email1: 'i@x.example',
      email2: 'i2@x.example',
      homeCity: 'Vigo',
      mobilePhone: '6 1',
    });
  });

  test('Dutch, Italian, Russian, Japanese and Chinese headers', () => {
    expect(
      first('Voornaam,Achternaam,"Werkadres, straat","Land/regio (werk)"\nJan,de Vries,Dam 1,NL'),
    ).toMatchObject({
      firstName: 'Jan',
      lastName: 'de Vries',
      businessStreet: 'Dam 1',
      businessCountry: 'NL',
    });
    expect(
      first(
        'Titolo,Nome,Cognome,Ufficio,Cellulare,Via (uff.),CAP (ab.)\nDott.,Ada,Rossi,06 1,333,Via X,00100',
      ),
    ).toMatchObject({
      title: 'Dott.',
      workPhone: '06 1',
      mobilePhone: '333',
      businessStreet: 'Via X',
      homePostalCode: '00100',
    });
    expect(
      first(
        'Имя,Отчество,Фамилия,Улица (раб. адрес),Почтовый код (дом.)\nАнна,Петровна,Иванова,Ленина 1,101',
      ),
    ).toMatchObject({
      middleName: 'Петровна',
      lastName: 'Иванова',
      businessStreet: 'Ленина 1',
      homePostalCode: '101',
    });
    expect(
      first(
        '肩書き,名,姓,会社名,番地 (会社),電子メール アドレス,誕生日\n様,太郎,佐藤,例社,丸の内1,t@x.example,1980/1/2',
      ),
    ).toMatchObject({
      firstName: '太郎',
      lastName: '佐藤',
      businessStreet: '丸の内1',
      birthday: '1980-01-02',
    });
    expect(
      first('名,姓,单位,商务地址 街道,电子邮件地址,生日\n伟,王,公司,南京路1号,w@x.example,1980年1月2日'),
    ).toMatchObject({
      firstName: '伟',
      lastName: '王',
      company: '公司',
      birthday: '1980-01-02',
    });
  });

  test('Google Contacts, old and new headers', () => {
    const old =
      'Name,Given Name,Additional Name,Family Name,Name Prefix,Nickname,Birthday,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Organization 1 - Name,Organization 1 - Title,Organization 1 - Department,Relation 1 - Type,Relation 1 - Value,Website 1 - Value\n' +
      'Ana Lopez,Ana,M.,Lopez,Dr.,Ani,1985-04-12,hi,* myContacts ::: VIP,* Work,a@x.example ::: b@x.example,Mobile,1 ::: 11,Work Fax,2,Home,"X\nY",Street 1,Town,ST,123,Spain,Acme,Boss,R&D,Spouse,Tom,https://x.example';
    const read = readOutlookCsv(Buffer.from(old));
    expect(read.format).toBe('google-csv');
    expect(read.contacts[0]).toMatchObject({
      unread: ['Website 1 - Value'],
      contact: {
        firstName: 'Ana',
        middleName: 'M.',
        lastName: 'Lopez',
        title: 'Dr.',
        nickname: 'Ani',
        birthday: '1985-04-12',
        notes: 'hi',
        categories: ['VIP'],
        email1: 'a@x.example',
        email2: 'b@x.example',
        mobilePhone: '1',
        workPhone2: '11',
        fax: '2',
        homeStreet: 'Street 1',
        homeCity: 'Town',
        company: 'Acme',
        jobTitle: 'Boss',
        department: 'R&D',
        spouse: 'Tom',
      },
    });
    expect(
      first(
        'First Name,Middle Name,Last Name,Name Prefix,Organization Name,Organization Title,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\nAna,,Lopez,,Acme,Boss,* myContacts,,a@x.example,Mobile,1',
      ),
    ).toMatchObject({
      firstName: 'Ana',
      company: 'Acme',
      jobTitle: 'Boss',
      email1: 'a@x.example',
      mobilePhone: '1',
      categories: [],
    });
  });
});

test('a table in UTF-8 with a few broken bytes keeps every other letter', () => {
  const rows = 'Prénom,Nom,Société\nÉlodie,Lefèvre,Gâteau\nBo,Ek,';
  const { contacts, encoding } = readOutlookCsv(
    Buffer.concat([Buffer.from(rows), Buffer.from([0xe9, 0x78])]),
  );
  expect(encoding.name).toBe('utf-8');
  expect(contacts.map(({ contact }) => contact.company)).toEqual(['Gâteau', '\uFFFDx']);
});

test('headers are found whatever their case, accents, punctuation and order of words', () => {
  const headers = ['PRENOM', 'nom', 'Rue 2 (bureau)', 'téléphone – bureau', 'CODE POSTAL DOMICILE'];
  expect(columnsFromHeaders(headers).columns).toEqual([
    'firstName',
    'lastName',
    'businessStreet2',
    'workPhone',
    'homePostalCode',
  ]);
});
