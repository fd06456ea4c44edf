import { emptyAppointment } from '../../../../shared/appointment.ts';
import { isAppointment, isTask } from '../../../../shared/item.ts';
import type { Ref } from '../../../core/snapshot.ts';
import type { UpdateRequest, WriteAnswer } from '../../connector.ts';
import type { Login } from '../../directory.ts';
import { notReached } from '../outcome.ts';
import { actingUser, type Siebel } from '../siebel.ts';
import { ownerOf } from './attendees.ts';
import { carryOutEach } from './carry-out.ts';
import { knownFor, type Known } from './owner.ts';
import { recordsByRef, type RecordsFound } from './read.ts';
import type { ActivityRecord } from './record.ts';
import { modIdValues, viewOf } from './sighting.ts';
import { appointmentPlan } from './update-plan.ts';
import { plainValues } from './values.ts';
import { nothingAfter, type Plan } from './write-plan.ts';

/**
 * Changed fields, people, exceptions and rules of many activities: a hundred to a request, then one read of all of them.
 * Siebel keeps no version it would compare (unless a customer gave the component a Modification Key): the engine reads
 * right before, only what differs is sent, and what stands afterwards is read back.
 */
export async function update(
  siebel: Siebel,
  requests: readonly UpdateRequest[],
): Promise<readonly WriteAnswer[]> {
  if (requests.length === 0) return [];
  const records = await recordsFor(siebel, requests);
  const known = await knownFor(
    siebel,
    requests.map((request) => wantedOf(request, records.get(request.ref))),
  );
  if ('kind' in known) return requests.map(() => notReached(known));
  const { answers } = await carryOutEach(siebel, requests, (request) =>
    planOf(siebel, request, { record: records.get(request.ref), known }),
  );
  return requests.map((request) => answers.get(request) ?? { outcome: 'gone' });
}

/** At hand from the engine's own read, else read now, all at once. */
async function recordsFor(siebel: Siebel, requests: readonly UpdateRequest[]): Promise<RecordsFound> {
  const { recent } = siebel.activity;
  const known = requests.flatMap(({ ref, version }): [Ref, ActivityRecord][] => {
    const record = recent.recordOf(ref, version);
    return record === null ? [] : [[ref, record]];
  });
  const here = new Set(known.map(([ref]) => ref));
  const unknown = requests.map(({ ref }) => ref).filter((ref) => !here.has(ref));
  return new Map([...known, ...(await recordsByRef(siebel, [...new Set(unknown)]))]);
}

type Found = RecordsFound extends ReadonlyMap<Ref, infer One> ? One | undefined : never;

function wantedOf({ holder, item, before, fields }: UpdateRequest, record: Found) {
  const logins: readonly Login[] =
    record !== undefined && 'form' in record ? [ownerOf(record.main)].filter((one) => one !== null) : [];
  const isWritten = isAppointment(item) && isAppointment(before) && fields.includes('attendees');
  return {
    holder,
    item: isAppointment(item) ? { ...item, attendees: isWritten ? item.attendees : [] } : emptyAppointment,
    before: isWritten ? before : null,
    isOwned: isAppointment(item) && fields.includes('organizer'),
    logins,
  };
}

function planOf(
  siebel: Siebel,
  request: UpdateRequest,
  { record, known }: Readonly<{ record: Found; known: Known }>,
): Plan | WriteAnswer {
  if (record === undefined) return { outcome: 'gone' };
  if ('look' in record) return record.look === 'failed' ? notReached(record.failure) : { outcome: 'gone' };
  const { item, before } = request;
  if (isTask(item)) return taskPlan(siebel, { ...request, item }, { record, known });
  if (isAppointment(item) && isAppointment(before)) {
    return appointmentPlan(siebel, { ...request, item, before }, { record, known });
  }
  throw new Error('A request about an activity carries a contact.');
}

function taskPlan(
  siebel: Siebel,
  request: UpdateRequest,
  { record, known }: Readonly<{ record: ActivityRecord; known: Known }>,
): Plan {
  const { fields, item, version, holder } = request;
  const { main } = record;
  const { map, zones } = viewOf(siebel, ownerOf(main), known.people);
  const own = plainValues(fields, { item, row: main }, { map, kind: 'task', zones });
  const isChanged = Object.keys(own.values).length > 0;
  const values = { ...own.values, ...(isChanged ? modIdValues(siebel, version) : {}) };
  return {
    asUser: actingUser(siebel, holder),
    writes: [{ id: main.id, values, children: [], drops: [] }],
    after: nothingAfter,
    deletes: [],
    notes: own.notes,
    shape: { kind: 'task', form: 'one', key: null },
    item,
    record,
  };
}
