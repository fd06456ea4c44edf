import type {
  CensusAnswer,
  CensusRequest,
  ChangeAnswer,
  ChangeRequest,
  ChangeRow,
  Failure,
} from '../../connector.ts';
import type { Login } from '../../directory.ts';
import { follow } from '../follow.ts';
import { countedPage } from '../listing.ts';
import { print, type Poll } from '../poll.ts';
import {
  atTime,
  equals,
  every,
  exists,
  fromDay,
  isEmpty,
  isNotEmpty,
  isNotSet,
  some,
  startsOtherwise,
  startsWith,
  type Spec,
} from '../search-spec.ts';
import type { Siebel } from '../siebel.ts';
import { wholeQuery } from '../sightings.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames, activityReadFields } from './activity-map.ts';
import { isTemplate, occurrenceIdOfRow, recordOf, recordsFrom } from './gather.ts';
import { peopleByLogin } from './people.ts';
import { beginningOf } from './series-key.ts';
import { rowPrint, sightingsOf, viewOf } from './sighting.ts';
import { beginningOfDay } from './times.ts';

/**
 * One poll of all activities serves everybody and both domains: its rows are appointments and tasks alike. Siebel tells
 * nothing of people who joined or left an activity, nor of deleted ones; the census and reads find those.
 */
export async function changes(
  siebel: Siebel,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  return Promise.all(requests.map(({ cursor }) => changesSince(siebel, cursor)));
}

/** One page of the activities that are for a person, appointments and tasks in one. */
export async function census(
  siebel: Siebel,
  requests: readonly CensusRequest[],
): Promise<readonly CensusAnswer[]> {
  return Promise.all(requests.map((request) => censusPage(siebel, request)));
}

async function changesSince(siebel: Siebel, cursor: string | null): Promise<ChangeAnswer> {
  const action = { component: 'Action', poll: pollOf(siebel), isCounted: true } as const;
  const followed = await follow(siebel, cursor, [action]);
  if ('kind' in followed) return { answer: 'failed', failure: followed };
  const rows = await changeRows(siebel, followed.rows.flat());
  if ('kind' in rows) return { answer: 'failed', failure: rows };
  return { answer: 'changes', rows, next: followed.next, isWhole: false };
}

function pollOf(siebel: Siebel): Poll {
  const names = activityReadFields(siebel.activity.map);
  const prints = (row: Row) => print(JSON.stringify(rowPrint(row, names)));
  return { query: wholeQuery(siebel, 'Action', null), filter: null, prints };
}

async function changeRows(siebel: Siebel, rows: readonly Row[]): Promise<readonly ChangeRow[] | Failure> {
  const records = await recordsFrom(siebel, rows);
  if ('kind' in records) return records;
  const left = rows.flatMap((row) => departures(siebel, row));
  const sightings = await sightingsOf(siebel, [...records, ...left]);
  if ('kind' in sightings) return sightings;
  return sightings.map((sighting) => {
    const { ref, version } = sighting;
    // What stands for itself says nothing of its series' rule: only a read with what is known of it does.
    const isPartial = ref.startsWith('Series/');
    return { change: 'seen', ref, version, isMarked: true, sighting: isPartial ? null : sighting };
  });
}

/** A changed activity may have been in the other domain, or in one at all, until now: there it is for nobody any more. */
function departures(siebel: Siebel, row: Row) {
  if (isTemplate(row) || row.values['Mod Id'] === '0' || occurrenceIdOfRow(row) !== null) return [];
  const { displays } = siebel.settings.activity;
  const display = valueOf(row, activityNames.display);
  return (['appointment', 'task'] as const)
    .filter((kind) => displays[kind] !== display)
    .map((kind) => recordOf(row, kind));
}

async function censusPage(siebel: Siebel, request: CensusRequest): Promise<CensusAnswer> {
  const zone = await zoneOf(siebel, request.login);
  if (typeof zone !== 'string') return { answer: 'failed', failure: zone };
  const spec = some([
    ...(request.kinds.includes('appointment') ? [every(meetings(siebel, request, zone))] : []),
    ...(request.kinds.includes('task') ? [every(tasks(siebel, request, zone))] : []),
  ]);
  const page = await countedPage(siebel, { ...wholeQuery(siebel, 'Action', spec), offset: request.offset });
  if ('kind' in page) return { answer: 'failed', failure: page };
  const records = await recordsFrom(siebel, page.rows);
  const sightings = 'kind' in records ? records : await sightingsOf(siebel, records);
  if ('kind' in sightings) return { answer: 'failed', failure: sightings };
  return { answer: 'page', total: page.total, sightings };
}

async function zoneOf(siebel: Siebel, login: Login | null): Promise<string | Failure> {
  const people = await peopleByLogin(siebel, login === null ? [] : [login]);
  return 'kind' in people ? people : viewOf(siebel, login, people).zones.owner;
}

/** Of a fanned series its anchor stands for all; changed occurrences come with their series. */
function meetings(siebel: Siebel, { login, from: since }: CensusRequest, zone: string): readonly Spec[] {
  const from = since.appointment;
  const field = (name: keyof typeof activityNames) => siebel.field(activityNames[name]);
  const { displays } = siebel.settings.activity;
  const specs = [
    equals(field('display'), displays.appointment),
    isNotSet(field('template')),
    isNotEmpty(field('start')),
    isNotEmpty(field('end')),
    startsOtherwise(field('stamp'), beginningOf('fan')),
    startsOtherwise(field('stamp'), beginningOf('changed')),
    ...(login === null ? [] : [exists(equals(siebel.field('Owned By'), login))]),
  ];
  if (from === undefined) return specs;
  const time = { instant: beginningOfDay(from, zone), zone: siebel.settings.timeZone };
  const expires = field('repeatingExpires');
  const goesOn = every([equals(field('repeating'), 'Y'), some([isEmpty(expires), fromDay(expires, from)])]);
  const isSeries = startsWith(field('stamp'), beginningOf('anchor'));
  return [...specs, some([atTime(field('end'), '>', time), goesOn, isSeries])];
}

function tasks(siebel: Siebel, { login, from: since }: CensusRequest, zone: string): readonly Spec[] {
  const from = since.task;
  const field = (name: keyof typeof activityNames) => siebel.field(activityNames[name]);
  const { displays } = siebel.settings.activity;
  const specs = [
    equals(field('display'), displays.task),
    isNotSet(field('template')),
    ...(login === null ? [] : [equals(field('owner'), login)]),
  ];
  if (from === undefined) return specs;
  const time = { instant: beginningOfDay(from, zone), zone: siebel.settings.timeZone };
  const isDue = siebel.settings.activity.dueIsDateTime
    ? atTime(field('due'), '>=', time)
    : fromDay(field('due'), from);
  return [...specs, some([isDue, isNotSet(field('doneFlag'))])];
}
