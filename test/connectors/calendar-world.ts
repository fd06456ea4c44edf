/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import type { Appointment } from '../../shared/appointment.ts';
import type { ChangeRow, Holder, Sighting, WriteAnswer } from '../../server/connectors/connector.ts';
import { calendarFeed } from '../../server/connectors/graph/calendar/changes.ts';
import { listFrom, objectFrom } from '../../server/connectors/graph/wire.ts';
import type { Ref } from '../../server/core/snapshot.ts';
import { change } from './change.ts';
import { creation, type GraphWorld } from './graph-world.ts';

/** The calendar of the world, as its tests go about it. */
export function calendarOf(world: GraphWorld) {
  let made = 0;
  let mailsSeen = 0;
  const create = async (item: Appointment, holder: Holder = world.ana): Promise<WriteAnswer | undefined> => {
    made += 1;
    const [answer] = await world.exchange.create([creation(holder, item, `stamp-${made}`)]);
    return answer;
  };
  const look = async (ref: string, holder: Holder = world.ana) => {
    const [found] = await world.exchange.read([{ domain: 'appointment', holder, ref: ref as Ref }]);
    return found;
  };
  return {
    create,
    created: async (item: Appointment, holder: Holder = world.ana) => nowIn(await create(item, holder)),
    look,
    seen: async (ref: string, holder: Holder = world.ana): Promise<Sighting> => {
      const found = await look(ref, holder);
      if (found?.look !== 'found') throw new Error(JSON.stringify(found));
      return found.sighting;
    },
    /** Writes the parts given; `occurrence.<day>` are named with the exceptions of `more`. */
    write: async (seen: Sighting, more: Partial<Appointment>, holder: Holder = world.ana) => {
      const { exceptions, ...rest } = more;
      const request = change(holder, seen, rest);
      const before = (seen.item as Appointment).exceptions;
      const days = Object.keys({ ...before, ...exceptions }).filter(
        (day) => exceptions !== undefined && before[day] !== exceptions[day],
      );
      const fields = [...request.fields, ...days.map((day) => `occurrence.${day}` as const)];
      const item = { ...seen.item, ...more } as Appointment;
      const [answer] = await world.exchange.update([{ ...request, fields, item }]);
      return answer;
    },
    changes: async (cursor: string | null, holder: Holder = world.ana) => {
      const [answer] = await world.exchange.changes([
        { domain: 'appointment', holder, feed: calendarFeed, cursor },
      ]);
      if (answer?.answer !== 'changes') throw new Error(JSON.stringify(answer));
      return answer;
    },
    /** The mails since the last look, as `kind to, to`. */
    mails: async (): Promise<readonly string[]> => {
      const all = listFrom(await world.desk('GET', '/outbox')).slice(mailsSeen);
      mailsSeen += all.length;
      return all.map((mail) => {
        const { kind, to } = objectFrom(mail) ?? {};
        return `${String(kind)} ${listFrom(to).join(', ')}`;
      });
    },
    reset: () => {
      made = 0;
      mailsSeen = 0;
    },
  };
}

/** What a write that must have worked says is there now. */
export function nowIn(answer: WriteAnswer | undefined): Sighting {
  if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
  return answer.now;
}

export function appointmentIn(sighting: Sighting): Appointment {
  return sighting.item as Appointment;
}

export const refsIn = (rows: readonly ChangeRow[]) =>
  rows.map(({ change: what, ref }) => `${what} ${ref}`).sort();
