import { unreachable } from '../../../../shared/domain.ts';
import { refusalOf } from '../../../core/note.ts';
import type { RemoveRequest, WriteAnswer } from '../../connector.ts';
import type { Trouble } from '../errors.ts';
import { notReached, outcomeNaming } from '../outcome.ts';
import { actingUser, type Siebel } from '../siebel.ts';
import { dropChild } from '../team.ts';
import { activityFieldNamed } from './activity-map.ts';
import { deleteActivity } from './attempt.ts';
import { ownerOf } from './attendees.ts';
import { recordsByRef, type RecordsFound } from './read.ts';
import type { ActivityRecord } from './record.ts';

/** Deletes activities, a series with all of its own, or takes people off them. */
export async function remove(
  siebel: Siebel,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const { recent } = siebel.activity;
  const known = new Map(requests.map(({ ref, version }) => [ref, recent.recordOf(ref, version)]));
  const unknown = requests.map(({ ref }) => ref).filter((ref) => known.get(ref) === null);
  const read: RecordsFound = await recordsByRef(siebel, [...new Set(unknown)]);
  return Promise.all(
    requests.map(async (request): Promise<WriteAnswer> => {
      const record = known.get(request.ref) ?? read.get(request.ref);
      if (record === undefined) return { outcome: 'gone' };
      if ('form' in record) return removeOne(siebel, request, record);
      return record.look === 'failed' ? notReached(record.failure) : { outcome: 'gone' };
    }),
  );
}

const done: WriteAnswer = { outcome: 'done', now: null, notes: [] };

async function removeOne(
  siebel: Siebel,
  request: RemoveRequest,
  record: ActivityRecord,
): Promise<WriteAnswer> {
  const { how } = request;
  switch (how) {
    case 'delete':
      return deleteAll(siebel, request, record);
    case 'unlist':
      return unlist(siebel, request, record);
    case 'unmark':
      throw new Error('A Siebel record carries no mark that could be taken off.');
  }
  return unreachable(how);
}

/** The record's own activity goes last, so that a deletion cut short can be tried again. */
async function deleteAll(
  siebel: Siebel,
  { holder }: RemoveRequest,
  { main, others }: ActivityRecord,
): Promise<WriteAnswer> {
  const asUser = actingUser(siebel, holder);
  const rest = others.map(({ id }) => id).filter((id) => id !== main.id);
  const troubles = await Promise.all(rest.map((id) => deleteActivity(siebel, { id, asUser })));
  const first = troubles.find((trouble) => trouble !== null);
  if (first !== undefined && first !== null) return outcomeOf(siebel, first);
  const path = ['Action', 'Action', main.id];
  const written = await siebel.client.write({ method: 'DELETE', path, body: null, asUser });
  return written.answer === 'trouble' ? outcomeOf(siebel, written.trouble) : done;
}

async function unlist(
  siebel: Siebel,
  { holder }: RemoveRequest,
  { kind, main, others }: ActivityRecord,
): Promise<WriteAnswer> {
  if (holder === null) throw new Error('Somebody must be named to be taken off an activity.');
  if (ownerOf(main) === holder.login) return refusalOf(ownersOwn[kind], null);
  const { employee } = siebel.settings.activity.children;
  const ids = [...new Set([main, ...others].map(({ id }) => id))];
  const troubles = await Promise.all(
    ids.map((id) =>
      dropChild(
        siebel,
        { component: 'Action', id, asUser: actingUser(siebel, holder) },
        { name: employee, childId: holder.employeeId },
      ),
    ),
  );
  const first = troubles.find((trouble) => trouble !== null);
  return first === undefined || first === null ? done : outcomeOf(siebel, first);
}

const ownersOwn = {
  appointment: { code: 'ownersAppointment' },
  task: { code: 'ownersTask' },
} as const;

function outcomeOf(siebel: Siebel, trouble: Trouble): WriteAnswer {
  return outcomeNaming(trouble, (name) => activityFieldNamed(siebel.activity.map, name));
}
