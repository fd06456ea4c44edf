import { hash } from 'node:crypto';
import type { Appointment, OccurrenceException } from '../../../../shared/appointment.ts';
import { isAppointment } from '../../../../shared/item.ts';
import type { Item, Version } from '../../../core/snapshot.ts';
import type { Failure, Sighting } from '../../connector.ts';
import type { Login } from '../../directory.ts';
import { modIdOf } from '../contact.ts';
import { dateFromSiebel } from '../dates.ts';
import { stampFrom, versionFrom } from '../names.ts';
import type { Siebel } from '../siebel.ts';
import { contactMails } from '../sightings.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames, activityReadFields } from './activity-map.ts';
import {
  appointmentFromSiebel,
  exceptionFromSiebel,
  slotOf,
  taskFromSiebel,
  type View,
} from './appointment.ts';
import { membersOf, ownerOf } from './attendees.ts';
import { appointmentFromFan } from './fan.ts';
import { peopleByLogin, type People } from './people.ts';
import type { ActivityRecord } from './record.ts';
import { occurrenceIdFrom } from './series-key.ts';
import { zoneOr, zonedFrom } from './times.ts';

/** The sightings of records, in their order. The records are kept at hand for writes that follow. */
export async function sightingsOf(
  siebel: Siebel,
  records: readonly ActivityRecord[],
  knownOf: (record: ActivityRecord) => Item | null = () => null,
): Promise<readonly Sighting[] | Failure> {
  const people = await peopleByLogin(
    siebel,
    records.flatMap(({ main }) => ownerOf(main) ?? []),
  );
  if ('kind' in people) return people;
  return records.map((record) => {
    const sighting = sightingFrom(siebel, record, { people, known: knownOf(record) });
    siebel.activity.recent.keep(sighting.ref, sighting.version, record);
    return sighting;
  });
}

/** How the activities of an owner are read and written. */
export function viewOf(siebel: Siebel, owner: Login | null, people: People): View {
  const service = siebel.settings.timeZone;
  const profile = owner === null ? null : (people.get(owner)?.timeZone ?? null);
  return {
    map: siebel.activity.map,
    zones: { service, owner: zoneOr(profile, service) },
    people,
    mails: contactMails(siebel.map),
  };
}

export function todayIn(siebel: Siebel, zone: string): string {
  return siebel.settings.clock.now().toZonedDateTimeISO(zone).toPlainDate().toString();
}

function sightingFrom(
  siebel: Siebel,
  record: ActivityRecord,
  { people, known }: Readonly<{ people: People; known: Item | null }>,
): Sighting {
  const { ref, kind, form, main } = record;
  const view = viewOf(siebel, ownerOf(main), people);
  const series = known !== null && isAppointment(known) ? known : null;
  const today = todayIn(siebel, view.zones.owner);
  const members = isInDomain(siebel, record, view) ? peopleOn(record, view, today) : [];
  return {
    ref,
    version: versionOf(siebel, record),
    item: itemFrom(record, view, { known: series, today }),
    kind,
    isMarked: true,
    members,
    team: members,
    // The activities of a series carry its key in the place of a stamp.
    stamp: form === 'fan' ? null : stampFrom(valueOf(main, activityNames.stamp)),
    uid: null,
  };
}

function itemFrom(
  record: ActivityRecord,
  view: View,
  knowledge: Readonly<{ known: Appointment | null; today: string }>,
): Item {
  const { kind, form, main, others } = record;
  if (kind === 'task') return taskFromSiebel(main, view);
  const single = appointmentFromSiebel(main, view);
  if (form === 'fan') return appointmentFromFan(others, view, knowledge) ?? single;
  return single.recurrence === null ? single : { ...single, exceptions: exceptionsOf(record, view) };
}

/** Of a repeating activity: the occurrences it lacks, and those that stand as activities of their own instead. */
function exceptionsOf({ main, others }: ActivityRecord, view: View): Appointment['exceptions'] {
  const exceptions: [string, OccurrenceException][] = exceptionRows(main, view).flatMap(({ day }) =>
    day === null ? [] : [[day, { isCancelled: true }]],
  );
  for (const row of others) {
    const id = occurrenceIdFrom(valueOf(row, activityNames.stamp));
    const exception = exceptionFromSiebel(row, view);
    if (id !== null && exception !== null) exceptions.push([id.day, exception]);
  }
  const byDay = new Map(exceptions);
  return Object.fromEntries([...byDay].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The exceptions of a repeating activity by their days, in its owner's zone. */
export function exceptionRows(
  main: Row,
  { map, zones }: View,
): readonly Readonly<{ row: Row; day: string | null }>[] {
  const { children, exceptionField } = map.settings;
  const rows = children.exception === null ? [] : (main.children[children.exception] ?? []);
  return rows.map((row) => {
    const text = valueOf(row, exceptionField);
    const at = zonedFrom(text, zones)?.toPlainDate().toString() ?? null;
    return { row, day: at ?? (text === null ? null : dateFromSiebel(text)) };
  });
}

/** A record whose Display says otherwise, or that has lost its times, has left the domain for everybody. */
function isInDomain(siebel: Siebel, { kind, main }: ActivityRecord, { zones }: View): boolean {
  const { displays } = siebel.settings.activity;
  if (valueOf(main, activityNames.display) !== displays[kind]) return false;
  return kind === 'task' || slotOf(main, zones) !== null;
}

/** Of a fanned series only what is still to come says who it is for. */
function peopleOn(
  { kind, form, main, others }: ActivityRecord,
  { map }: View,
  today: string,
): readonly Login[] {
  const owner = ownerOf(main);
  if (kind === 'task') return owner === null ? [] : [owner];
  const isToCome = (row: Row) => (occurrenceIdFrom(valueOf(row, activityNames.stamp))?.day ?? today) >= today;
  const rows = [main, ...(form === 'fan' ? others.filter(isToCome) : others)];
  return [...new Set(rows.flatMap((row) => membersOf(row, map.settings.children)))].toSorted();
}

/**
 * `Mod Id`, `Updated` and a hash of everything, because people, contacts and exceptions change without touching either
 * (facts/siebel-rest.md 7), and other activities belong to a series.
 */
function versionOf(siebel: Siebel, { main, others }: ActivityRecord): Version {
  const names = activityReadFields(siebel.activity.map);
  const prints = [main, ...others.toSorted((one, other) => (one.id < other.id ? -1 : 1))].map((row) =>
    rowPrint(row, names),
  );
  const short = hash('sha256', JSON.stringify(prints), 'base64url').slice(0, 12);
  return versionFrom(`${main.values['Mod Id'] ?? ''}|${main.values['Updated'] ?? ''}|${short}`);
}

/** Everything a row says, in a steady order. */
export function rowPrint(row: Row, names: readonly string[]): unknown {
  const children = Object.keys(row.children)
    .toSorted()
    .map((name) => [name, childPrints(row.children[name] ?? [])]);
  return [row.id, names.map((name) => row.values[name] ?? ''), children];
}

function childPrints(rows: readonly Row[]): readonly string[] {
  return rows
    .map(({ id, values }) =>
      JSON.stringify([
        id,
        Object.keys(values)
          .toSorted()
          .map((name) => [name, values[name]]),
      ]),
    )
    .toSorted();
}

/** The `Mod Id` of a version, for customers whose Siebel compares it. */
export function modIdValues(siebel: Siebel, version: Version): Readonly<Record<string, string>> {
  const modId = siebel.settings.modificationKey ? modIdOf(version) : null;
  return modId === null ? {} : { 'Mod Id': modId };
}
