import { unreachable } from '../../../shared/domain.ts';
import type { RemoveRequest, WriteAnswer } from '../connector.ts';
import { outcomeOf } from './outcome.ts';
import { isRowId } from './search-spec.ts';
import { actingUser, rowIdOf, type Siebel } from './siebel.ts';
import type { Listed } from './sightings.ts';
import { dropChild, listNameOf } from './team.ts';

/** Takes people off Sync Lists, or deletes records; what is gone already counts as taken off, and as gone. */
export async function remove(
  siebel: Siebel,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  return Promise.all(requests.map((request) => removeOne(siebel, request)));
}

const done: WriteAnswer = { outcome: 'done', now: null, notes: [] };

async function removeOne(siebel: Siebel, request: RemoveRequest): Promise<WriteAnswer> {
  const component = componentOf(request.ref);
  if (component === null) return { outcome: 'gone' };
  const { how } = request;
  switch (how) {
    case 'unlist':
      return unlist(siebel, component, request);
    case 'delete':
      return deleteRecord(siebel, component, request);
    case 'unmark':
      throw new Error('A Siebel record carries no mark that could be taken off.');
  }
  return unreachable(how);
}

async function unlist(siebel: Siebel, component: Listed, request: RemoveRequest): Promise<WriteAnswer> {
  const { holder } = request;
  const name = listNameOf(siebel, component);
  if (holder === null) throw new Error('Somebody must be named to be taken off a Sync List.');
  if (name === null) return done;
  const call = { component, id: rowIdOf(request), asUser: actingUser(siebel, holder) };
  const trouble = await dropChild(siebel, call, { name, childId: holder.employeeId });
  return trouble === null ? done : outcomeOf(trouble, siebel.map);
}

async function deleteRecord(siebel: Siebel, component: Listed, request: RemoveRequest): Promise<WriteAnswer> {
  if (component === 'Employee') {
    return { outcome: 'refused', reason: 'Employees are deleted in Siebel alone.', field: null };
  }
  const path = [component, component, rowIdOf(request)];
  const asUser = actingUser(siebel, request.holder);
  const written = await siebel.client.write({ method: 'DELETE', path, body: null, asUser });
  return written.answer === 'trouble' ? outcomeOf(written.trouble, siebel.map) : done;
}

function componentOf(ref: RemoveRequest['ref']): Listed | null {
  if (!isRowId(rowIdOf({ ref }))) return null;
  if (ref.startsWith('Contact/')) return 'Contact';
  return ref.startsWith('Employee/') ? 'Employee' : null;
}
