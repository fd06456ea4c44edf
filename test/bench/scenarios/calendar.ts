import { activitiesOf, calendarVerdict, mailsSent } from '../calendar-oracle.ts';
import { guestRow, mailboxesOf, meeting, series, singles } from '../calendar-data.ts';
import type { Person } from '../desk.ts';
import { measure } from '../measure.ts';
import { firstSyncOfCalendar, noEventChanged } from '../minimum.ts';
import type { Postgres } from '../postgres.ts';
import { rowsBesidesCursors, type Result } from '../report.ts';
import { passWindow, putEvents } from '../seed.ts';
import { openStage, type Stage } from '../stage.ts';

type Sizes = Readonly<{ singles: number; series: number; meetings: number }>;

const colleagues = 40;
const contacts = 60;
const guestsEach = { colleagues: 4, contacts: 3, others: 3 } as const;

/**
 * A person joins with a whole calendar that Siebel knows nothing of: single events, series, and marked meetings whose
 * guests are colleagues, contacts and people nobody knows. Then nothing changes. Nobody is mailed.
 */
export async function calendar(postgres: Postgres, sizes: Sizes): Promise<readonly Result[]> {
  const stage = await openStage(postgres);
  try {
    const [person, ...others] = await stage.desk.users(colleagues + 1);
    if (!person) throw new Error('The sandbox made nobody.');
    const guests = await putCalendar(stage, person, { ...sizes, others });
    await stage.serve([person]);
    await passWindow(stage);
    const mails = await mailsSent(stage);
    await stage.latency(80, 120);
    const figures = await measure(stage, { withRows: true }, async () => {
      await stage.map(person);
      return stage.quiet();
    });
    const wrong = await calendarVerdict(stage, person, sizes);
    const mailed = (await mailsSent(stage)) - mails;
    const activities = (await activitiesOf(stage, person)).length;
    const events = sizes.singles + sizes.series;
    const first: Result = {
      scenario: `first sync of a calendar of ${sizes.singles} events and ${sizes.series} series, ${sizes.meetings} of them meetings with 10 guests`,
      changes: events,
      figures,
      minimum: firstSyncOfCalendar({ events, series: sizes.series, activities, ...guests }),
      bars: [
        { name: 'Graph round trips', measured: figures.graph, most: 130 },
        { name: 'Siebel round trips', measured: figures.siebel, most: 90 },
        { name: 'mails', measured: mailed, most: 0 },
      ],
      wrong,
      notes: [`Siebel holds them as ${activities} activities.`],
    };
    await passWindow(stage);
    return [first, await nothing(stage, person, events)];
  } finally {
    await stage.close();
  }
}

/** Puts the calendar into the mailbox and those contacts that are guests into Siebel. Answers how many guests there are, of what sort. */
async function putCalendar(
  stage: Stage,
  person: Person,
  { others, ...sizes }: Sizes & Readonly<{ others: readonly Person[] }>,
): Promise<Readonly<{ guests: number; strangers: number }>> {
  const known = Array.from({ length: contacts }, (_, index) => `guest.${index}@customer.example`);
  await stage.desk.siebelWrite('POST', 'Contact', known.map(guestRow));
  const unknown = Array.from({ length: contacts }, (_, index) => `stranger.${index}@nobody.example`);
  const mailboxes = mailboxesOf(others);
  const everybody = new Set<string>();
  const events = singles(sizes.singles, 1).map((event, index) => {
    if (index >= sizes.meetings) return event;
    const guests = [
      ...circle(mailboxes, index * 3, guestsEach.colleagues),
      ...circle(known, index * 2, guestsEach.contacts),
      ...circle(unknown, index * 2, guestsEach.others),
    ];
    for (const guest of guests) everybody.add(guest);
    return meeting(event, guests);
  });
  await putEvents(stage, [...events, ...series(sizes.series, 1)], person);
  const strangers = [...everybody].filter((address) => !mailboxes.includes(address)).length;
  return { guests: everybody.size, strangers };
}

/** Some of a list from a place on, going on at its beginning after its end. */
function circle(list: readonly string[], from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => list[(from + index) % list.length] ?? '');
}

async function nothing(stage: Stage, person: Person, events: number): Promise<Result> {
  await stage.latency(80, 120);
  const figures = await measure(stage, { withRows: true }, async () => {
    await stage.api('POST', '/api/admin/sync?wait=300', { mailbox: person.mailbox });
    return stage.quiet();
  });
  return {
    scenario: `nothing changed, a calendar of ${events} events`,
    changes: 0,
    figures,
    minimum: noEventChanged(),
    bars: [
      { name: 'Graph round trips, contacts and all', measured: figures.graph, most: 3 },
      { name: 'rows besides cursors and cues', measured: rowsBesidesCursors(figures), most: 0 },
    ],
    wrong: [],
    notes: ['The Siebel round trips are those of one poll, which serves all mailboxes.'],
  };
}
