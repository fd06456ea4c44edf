import { singles } from '../calendar-data.ts';
import { differencesIn } from '../calendar-oracle.ts';
import type { Person } from '../desk.ts';
import { restVerdict } from '../oracle.ts';
import { measure, operationsOf } from '../measure.ts';
import { eventsChangedInMailboxes } from '../minimum.ts';
import type { Postgres } from '../postgres.ts';
import type { Result } from '../report.ts';
import { mapAll, passWindow, putEvents } from '../seed.ts';
import { openStage } from '../stage.ts';

const atOnce = 10;

/** In one mailbox of ten an event is moved by its owner. The others are not asked for anything. */
export async function company(postgres: Postgres, mailboxes: number): Promise<Result> {
  const stage = await openStage(postgres);
  try {
    const people = await stage.desk.users(mailboxes);
    const ids = new Map<Person, string>();
    for (const [index, person] of people.entries()) {
      const [id] = await putEvents(stage, singles(1, index), person);
      ids.set(person, String(id));
    }
    await stage.serve(people);
    await passWindow(stage);
    await mapAll(stage, people);
    await passWindow(stage);
    const movers = people.filter((_, index) => index % 10 === 0);
    await stage.latency(80, 120);
    const figures = await measure(stage, { withRows: true }, async () => {
      for (let at = 0; at < movers.length; at += atOnce) {
        await Promise.all(
          movers.slice(at, at + atOnce).map((person) =>
            stage.desk.graphBatch(person, [
              {
                method: 'PATCH',
                url: `/users/${person.userId}/events/${ids.get(person) ?? ''}`,
                body: { location: { displayName: 'Somewhere else' }, subject: 'Moved' },
              },
            ]),
          ),
        );
      }
      return stage.quiet();
    });
    await stage.latency(0, 0);
    const wrong: string[] = [];
    for (const person of movers)
      wrong.push(...(await differencesIn(stage, person, { singles: 1, series: 0 })));
    await passWindow(stage);
    wrong.push(...(await restVerdict(stage)));
    const moved = await stage.desk.siebelFind('Action', '[Description]="Moved"', ['Id']);
    if (moved.length !== movers.length)
      wrong.push(`${moved.length} of ${movers.length} changes are in Siebel`);
    return {
      scenario: `${movers.length} events changed in ${movers.length} mailboxes of a ${mailboxes}-mailbox company`,
      changes: movers.length,
      figures,
      minimum: eventsChangedInMailboxes(movers.length),
      bars: [
        { name: 'round trips in all', measured: figures.graph + figures.siebel, most: 2.5 * movers.length },
        {
          name: 'calendars looked at',
          measured: operationsOf(figures, 'GET', 'calendarView/delta'),
          most: movers.length,
        },
      ],
      wrong,
    };
  } finally {
    await stage.close();
  }
}
