import type { Task } from '../../shared/task.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import { taskIn, taskInOutlook, taskInSiebel, titleOf } from '../support/memory-items.ts';
import type { CalendarOffice } from './calendar-people.ts';

/** Somebody makes, writes, completes or deletes a task, on either side. */
export function doTaskDeed(office: CalendarOffice): void {
  office.chance.pick([make, make, write, write, write, complete, remove])(office);
}

function make(office: CalendarOffice): void {
  const { world, chance, logins } = office;
  const subject = `T${(office.made += 1)}.`;
  const dueDate = chance.pick([null, '2026-01-31', '2026-10-24']);
  const login = chance.pick(logins);
  if (chance.is(0.5)) taskInOutlook(world, login, { subject, dueDate });
  else taskInSiebel(world, login, { subject, dueDate });
}

type Anywhere = Readonly<{ side: 'siebel' | 'exchange'; record: MemoryRecord }>;

function anyTask({ world, chance }: CalendarOffice): Anywhere | null {
  const side = chance.pick(['siebel', 'exchange'] as const);
  const all = world.sides.rows[side].all().filter(({ kind }) => kind === 'task');
  return all.length === 0 ? null : { side, record: chance.pick(all) };
}

function put({ world }: CalendarOffice, { side, record }: Anywhere, fields: Partial<Task>): void {
  world.sides.rows[side].put(record.ref, { item: { ...taskIn(record), ...fields } });
}

function write(office: CalendarOffice): void {
  const one = anyTask(office);
  if (one === null) return;
  const key = `${titleOf(one.record)} body`;
  const lone = office.lone.get(key);
  if (lone && lone.by !== one.side) return;
  const token = `token-${(office.made += 1)}.`;
  office.lone.set(key, { by: one.side, token });
  put(office, one, { body: token });
}

function complete(office: CalendarOffice): void {
  const one = anyTask(office);
  if (one !== null) put(office, one, { status: 'completed', completedDate: '2026-01-05' });
}

function remove(office: CalendarOffice): void {
  const one = anyTask(office);
  if (one === null) return;
  office.moved.add(titleOf(one.record));
  office.world.sides.rows[one.side].delete(one.record.ref);
}
