import { describe, expect, test } from 'vitest';
import { languages, type Language } from '../../addin/text/language.ts';
import { fieldTexts, reasonTexts, repeatTexts, valueTexts } from '../../addin/text/words.ts';
import { wordsIn } from '../../addin/pane/words/words.ts';
import { labelOfField } from '../../shared/describe-item.ts';
import { reasonFacts, type Reason, type ReasonCode } from '../../shared/reason.ts';
import { englishReasons, type ReasonTexts } from '../../shared/reason-texts.ts';
import type { Recurrence } from '../../shared/recurrence.ts';
import { sentenceOf } from '../../shared/telling.ts';
import { aMeeting, allDay, attendeesOf, guest, slotAt } from '../support/appointments.ts';

const codes = Object.keys(reasonFacts) as ReasonCode[];
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).map((place) => place.slice(1, -1));
const translated = ['de', 'fr', 'ar'] as const satisfies readonly Language[];
/** Facts a language may say without: the English sentence holds nothing else, or names what others need not. */
const mayBeLeftOut = new Set(['text', 'domain']);

const facts = {
  field: 'lastName',
  fields: ['lastName', 'dueDate'],
  labels: ['location', 'attendees'],
  side: 'siebel',
  from: 'exchange',
  to: 'siebel',
  winner: 'siebel',
  domain: 'task',
  category: 'Siebel Task',
  count: 3,
  day: '2026-12-31',
  rule: 'weekly',
  text: 'Said by Siebel.',
};
const example = (code: ReasonCode) => ({ code, ...facts }) as unknown as Reason;
const saidIn = (language: Language, ...reasons: Reason[]) =>
  (wordsIn(language).reasons(reasons) ?? [])
    .map((pieces) => pieces.map(({ text }) => text).join(''))
    .join(' ');

describe('reasons', () => {
  test.each(languages)('have a sentence each in %s, with places only for what they tell', (language) => {
    const texts: ReasonTexts = reasonTexts[language];
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(englishReasons).toSorted());
    for (const code of codes) {
      const told: readonly string[] = reasonFacts[code];
      expect(texts[code].trim(), code).not.toBe('');
      expect(told, code).toEqual(expect.arrayContaining(places(texts[code])));
      const needed = places(englishReasons[code]).filter((place) => !mayBeLeftOut.has(place));
      expect(places(texts[code]), code).toEqual(expect.arrayContaining(needed));
    }
  });

  test.each(translated)('are translated into %s, and none of them leaves a place open', (language) => {
    for (const [key, text] of Object.entries(reasonTexts[language])) {
      expect(Object.values(englishReasons), key).not.toContain(text);
    }
    for (const code of codes) expect(saidIn(language, example(code)), code).not.toMatch(/[{}]|undefined/);
  });

  test('are one English sentence for logs, with fields by their own names', () => {
    const delivered: Reason = { code: 'delivered', from: 'exchange', to: 'siebel', fields: ['dueDate'] };
    expect(sentenceOf([delivered, { code: 'bothWrote', field: 'lastName', winner: 'siebel' }])).toBe(
      'Outlook’s dueDate goes to Siebel. Both sides wrote lastName; Siebel wins.',
    );
    expect(sentenceOf([{ code: 'leftSiebelEdited' }, { code: 'thenOutlookItemStays' }])).toBe(
      'It left Siebel and was edited in Outlook meanwhile; the Outlook item stays with its owner, without the category.',
    );
    expect(sentenceOf([{ code: 'waitsInSiebel', labels: ['location', 'attendees'] }])).toBe(
      'What changed in Siebel waits (place, attendees).',
    );
  });

  test('name fields, days and kinds of items as the reader does', () => {
    const delivered: Reason = {
      code: 'delivered',
      from: 'exchange',
      to: 'siebel',
      fields: ['lastName', 'dueDate'],
    };
    expect(saidIn('de', delivered)).toBe('Von Outlook nach Siebel übernommen: Nachname und Fällig am.');
    expect(saidIn('fr', delivered)).toBe('Repris dans Siebel depuis Outlook : Nom et Échéance.');
    expect(saidIn('ar', delivered)).toBe('نُقل من Outlook إلى Siebel: اسم العائلة وتاريخ الاستحقاق.');
    const series: Reason = { code: 'separateActivities', day: '2026-12-31' };
    expect(saidIn('de', series)).toContain('bis 31. Dezember 2026');
    expect(saidIn('de', { code: 'policyNone', domain: 'task' })).toContain('Ihre Aufgaben');
  });

  test('a pane of another day does not know are left to the English sentence', () => {
    const future = { code: 'madeUpTomorrow' } as unknown as Reason;
    expect(wordsIn('de').reasons([{ code: 'unmarked' }, future])).toBe(null);
  });
});

describe('fields', () => {
  test('are called in English as the server calls them', () => {
    for (const [field, text] of Object.entries(fieldTexts.en)) {
      if (field !== 'occurrence') expect(text, field).toBe(labelOfField(field));
    }
  });

  test.each(languages)('have a name each in %s', (language) => {
    const texts = fieldTexts[language];
    expect(Object.keys(texts).toSorted()).toEqual(Object.keys(fieldTexts.en).toSorted());
    expect(new Set(Object.values(texts)).size).toBe(Object.keys(texts).length);
    expect(wordsIn(language).label('custom.hobby')).toBe('hobby');
    expect(wordsIn(language).label('occurrence.2026-06-10')).toMatch(/10/);
  });
});

describe('values and series', () => {
  const rule = (pattern: Recurrence['pattern'], range: Recurrence['range'] = { type: 'noEnd' }) => ({
    pattern,
    range,
  });
  const weekly = rule(
    {
      type: 'weekly',
      interval: 1,
      daysOfWeek: ['tuesday', 'thursday'],
      firstDayOfWeek: 'monday',
    },
    { type: 'numbered', numberOfOccurrences: 20 },
  );

  test.each([
    ['de', 'jede Woche am Dienstag und Donnerstag, 20 Mal'],
    ['fr', 'chaque semaine le mardi et le jeudi, 20 fois'],
    ['ar', 'كل أسبوع يوم الثلاثاء ويوم الخميس، 20 مرة'],
    ['en', 'as the server says'],
  ] as const)('are told in %s', (language, said) => {
    expect(wordsIn(language).repeats(weekly, 'as the server says')).toBe(said);
  });

  test('have every form a number asks for', () => {
    for (const language of translated) {
      const { days, weeks, months, years, count } = repeatTexts[language];
      const plural = new Intl.PluralRules(language);
      for (const forms of [days, weeks, months, years, count]) {
        for (let number = 1; number <= 120; number += 1) {
          const form = plural.select(number);
          expect(forms[form] ?? forms.other, `${language} ${number}`).toMatch(
            form === 'one' || form === 'two' ? /^[^{}]+$/ : /\{count\}/,
          );
        }
      }
    }
  });

  test('say times, answers and choices in words', () => {
    const { value } = wordsIn('de');
    expect(value('timeSlot', slotAt('2026-06-10T09:00:00'), 'x')).toBe(
      '10. Juni 2026, 09:00–10:00 Uhr (\u2068Europe/Berlin\u2069)',
    );
    expect(value('timeSlot', allDay('2026-06-01', 3), 'x')).toBe('1.–3. Juni 2026, ganztägig');
    expect(value('timeSlot', allDay('2026-12-31'), 'x')).toBe('31. Dezember 2026, ganztägig');
    expect(value('status', 'notStarted', 'x')).toBe('nicht begonnen');
    expect(value('dueDate', '2026-06-12', 'x')).toBe('12. Juni 2026');
    expect(value('subject', 'completed', 'x')).toBe('completed');
    expect(value('attendees', attendeesOf([guest('a@x.example')]), 'x')).toBe(
      '\u2068a@x.example\u2069 (noch keine Antwort)',
    );
    expect(value('organizer', aMeeting().organizer, 'x')).toBe('Ana');
    expect(value('occurrence.2026-06-10', { isCancelled: true }, 'x')).toBe('abgesagt');
    expect(value('isPrivate', true, 'x')).toBe('ja');
    expect(value('isPrivate', false, null)).toBe(null);
    expect(wordsIn('en').value('status', 'notStarted', 'not started')).toBe('not started');
  });

  test.each(translated)('have a word each in %s', (language) => {
    expect(Object.keys(valueTexts[language]).toSorted()).toEqual(Object.keys(valueTexts.de).toSorted());
    for (const text of Object.values(valueTexts[language])) expect(text.trim()).not.toBe('');
  });
});
