import { describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { openPane, type Pane } from '../support/pane.ts';
import { useWorld, type Actor } from '../support/world.ts';

const at = (day: string, hour: string) => ({ dateTime: `${day}T${hour}:00:00`, timeZone: 'Europe/Berlin' });

/** What the pane says of a weekly meeting that Siebel cannot repeat, and of a contact without its category. */
const said = {
  'de-DE': {
    repeats: 'jede Woche am Dienstag und Donnerstag',
    note: /Siebel führt einzelne Aktivitäten bis \d+\. \p{L}+ \d{4}; nach dieser Regel kann es nicht wiederholen\./u,
    history: 'Von Siebel nach Outlook übernommen: Position.',
    fields: ['Betreff', 'Ort', 'Zeit', 'Wiederholung', 'Teilnehmer'],
    time: '2. März 2027, 09:00–10:00 Uhr',
    whyNot: 'Ihm fehlt die Kategorie „Siebel Contact“.',
  },
  'ar-SA': {
    repeats: 'كل أسبوع يوم الثلاثاء ويوم الخميس',
    note: /يحتفظ Siebel بأنشطة منفصلة حتى .+؛ إذ لا يمكنه التكرار وفق هذه القاعدة\./u,
    history: 'نُقل من Siebel إلى Outlook: المسمى الوظيفي.',
    fields: ['الموضوع', 'المكان', 'الوقت', 'التكرار', 'الحضور'],
    time: '2 مارس 2027، 9:00–10:00 ص',
    whyNot: 'تنقصه الفئة «Siebel Contact».',
  },
} as const;

/** Names of products and what people wrote themselves. */
const notWords = [
  'Siebel',
  'Outlook',
  'Contact',
  'Calendar',
  'Sales',
  'Oslo',
  'Europe/Berlin',
  'Guest',
  'Ola',
  'Ohm',
  'Otto',
  'Ida',
  'Abel',
  'CTO',
  'Tester',
];

describe('the task pane in other languages', { timeout: 60_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();

  async function someone(): Promise<Actor> {
    const actor = await world.person('Ola');
    await world.sync();
    await actor.outlook.add({ givenName: 'Otto', surname: 'Ohm' });
    await actor.outlook.add({ givenName: 'Ida', surname: 'Abel', categories: ['Siebel Contact'] });
    await actor.calendar.add({
      subject: 'Sales',
      location: { displayName: 'Oslo' },
      start: at('2027-03-02', '09'),
      end: at('2027-03-02', '10'),
      attendees: [{ type: 'required', emailAddress: { address: 'guest@elsewhere.example', name: 'Guest' } }],
      recurrence: {
        pattern: {
          type: 'weekly',
          interval: 1,
          daysOfWeek: ['tuesday', 'thursday'],
          firstDayOfWeek: 'monday',
        },
        range: { type: 'noEnd', startDate: '2027-03-02' },
      },
    });
    await world.sync();
    const [row] = await actor.siebel.contacts("[Last Name]='Abel'");
    await actor.siebel.change(row?.Id ?? '', { 'Job Title': 'CTO' });
    await world.sync();
    return actor;
  }

  /** All that is said of an item of a list, without the marks that keep directions apart. */
  async function opened({ frame }: Pane, { tab, row }: { tab: number; row: number }): Promise<string> {
    await frame.getByRole('tab').nth(tab).click();
    await frame.locator('.row-open').nth(row).click();
    await frame.locator('.standing').waitFor();
    for (const summary of await frame.locator('summary').all()) await summary.click();
    expect(await frame.locator('[lang="en"]').count()).toBe(0);
    const text = await frame.locator('article.item').innerText();
    await frame.locator('.back').click();
    return text.replaceAll(/[\u2066-\u2069]/g, '');
  }

  test('tells why, the history, notes, fields and series in German and in Arabic', async () => {
    const actor = await someone();
    for (const [language, words] of Object.entries(said)) {
      const pane = await openPane({ world, browser, actor, language });
      const meeting = await opened(pane, { tab: 2, row: 0 });
      for (const one of [words.repeats, ...words.fields, words.time]) expect(meeting).toContain(one);
      expect(meeting).toMatch(words.note);
      const inStep = await opened(pane, { tab: 1, row: 0 });
      expect(inStep).toContain(words.history);
      const out = await opened(pane, { tab: 1, row: 1 });
      expect(out).toContain(words.whyNot);
      if (language === 'ar-SA') expect(latinWords(`${meeting} ${inStep} ${out}`, actor)).toEqual([]);
    }
    expect(browser.strays()).toEqual([]);
  });

  function latinWords(text: string, { mailbox }: Actor): readonly string[] {
    const rest = [...notWords, mailbox, 'guest@elsewhere.example'].reduce(
      (left, word) => left.replaceAll(word, ''),
      text,
    );
    return rest.match(/[a-z]{3,}/gi) ?? [];
  }
});
