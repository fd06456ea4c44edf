import { attendees, guestRow, mailboxesOf, meeting, singles } from '../calendar-data.ts';
import { activitiesOf, calendarVerdict, mailsSent } from '../calendar-oracle.ts';
import { measure } from '../measure.ts';
import { oneMoreInvited } from '../minimum.ts';
import type { Postgres } from '../postgres.ts';
import type { Result } from '../report.ts';
import { mapAll, passWindow, putEvents } from '../seed.ts';
import { openStage, type Stage } from '../stage.ts';

/** Colleagues, contacts of Siebel's, and people it does not know. */
export type Guests = Readonly<{ colleagues: number; contacts: number; others: number }>;

const mostRoundTrips = 6;
/** People of one sort that Siebel shows with their activity; the next ones cost a request more each time it is read. */
const childPage = 100;

/** The organizer of a large meeting invites one more colleague; Exchange mails that one, and nobody else hears of it. */
export async function largeMeeting(postgres: Postgres, guests: Guests): Promise<Result> {
  const stage = await openStage(postgres);
  try {
    const people = await stage.desk.users(2 + guests.colleagues);
    const [person, late, ...colleagues] = people;
    if (!person || !late) throw new Error('The sandbox made nobody.');
    const known = Array.from({ length: guests.contacts }, (_, n) => `guest.${n}@customer.example`);
    const unknown = Array.from({ length: guests.others }, (_, n) => `stranger.${n}@nobody.example`);
    await stage.desk.siebelWrite('POST', 'Contact', known.map(guestRow));
    const invited = [...mailboxesOf(colleagues), ...known, ...unknown];
    const [id] = await putEvents(
      stage,
      singles(1, 2).map((event) => meeting(event, invited)),
      person,
    );
    await stage.serve([person]);
    await passWindow(stage);
    await mapAll(stage, [person]);
    const mails = await mailsSent(stage);
    await stage.latency(80, 120);
    const figures = await measure(stage, { withRows: true }, async () => {
      await stage.desk.graphBatch(person, [
        {
          method: 'PATCH',
          url: `/users/${person.userId}/events/${String(id)}`,
          body: { attendees: attendees([...invited, late.mailbox]) },
        },
      ]);
      return stage.quiet();
    });
    const mailed = (await mailsSent(stage)) - mails;
    const wrong = await calendarVerdict(stage, person, { singles: 1, series: 0 });
    const linked = await linkedTo(stage, person);
    const expected = { Employee: colleagues.length + 2, Contact: known.length };
    const morePages = Math.ceil((1 + colleagues.length) / childPage) - 1;
    return {
      scenario: `an event with ${invited.length} attendees, ${colleagues.length} of them colleagues, one more invited`,
      changes: 1,
      figures,
      minimum: oneMoreInvited(morePages),
      bars: [
        {
          name: 'round trips in all',
          measured: figures.graph + figures.siebel,
          most: mostRoundTrips + morePages,
        },
        { name: "mails besides the organizer's own", measured: mailed - 1, most: 0 },
      ],
      wrong: [
        ...wrong,
        ...(JSON.stringify(linked) === JSON.stringify(expected)
          ? []
          : [`Siebel has ${JSON.stringify(linked)} on it instead of ${JSON.stringify(expected)}`]),
      ],
    };
  } finally {
    await stage.close();
  }
}

async function linkedTo(
  stage: Stage,
  person: Parameters<typeof activitiesOf>[1],
): Promise<Readonly<Record<'Employee' | 'Contact', number>>> {
  const [activity] = await activitiesOf(stage, person);
  const id = String(activity?.['Id']);
  const employees = await stage.desk.siebelChildren(id, 'Employee');
  const contacts = await stage.desk.siebelChildren(id, 'Contact');
  return { Employee: employees.length, Contact: contacts.length };
}
