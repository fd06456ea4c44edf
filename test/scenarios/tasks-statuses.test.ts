import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { watchPost } from '../support/mails.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('the statuses and priorities of a task', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const { agreedTask: agreed } = agendaOf(world);

  test.each([
    ['notStarted', 'Not Started'],
    ['inProgress', 'In Progress'],
    ['waitingOnOthers', 'On Hold'],
    ['deferred', 'Cancelled'],
    ['completed', 'Done'],
  ])('the status %s of Outlook is %s in Siebel, and back', async (ours, siebels) => {
    const { ana, id, activityId } = await agreed(`Status ${ours}`, {
      status: ours === 'notStarted' ? 'inProgress' : ours,
    });
    if (ours === 'notStarted') {
      await ana.calendar.changeTask(id, { status: ours });
      await world.sync();
    }
    expect(await ana.activities.read(activityId)).toMatchObject({ Status: siebels });
    await world.isQuiet();

    const other = await ana.activities.todo(`Siebel ${ours}`, { Status: siebels });
    await world.sync();
    expect((await ana.calendar.task(`Siebel ${ours}`))['status']).toBe(ours);
    expect(await ana.activities.read(other)).toMatchObject({ Status: siebels });
    await world.isQuiet();
  });

  test.each(['Acknowledged', 'Scheduled', 'Planned'])(
    'the finer status %s of Siebel is kept while Outlook changes other things',
    async (status) => {
      const ana = await world.person('Ana');
      await world.sync();
      const id = await ana.activities.todo(`Finer ${status}`, { Status: status, Priority: '1-ASAP' });
      await world.sync();
      const task = await ana.calendar.task(`Finer ${status}`);
      expect(task).toMatchObject({ status: 'notStarted', importance: 'high' });
      await ana.calendar.changeTask(task.id, { title: `Finer still ${status}` });
      await world.sync();
      expect(await ana.activities.read(id)).toMatchObject({
        Description: `Finer still ${status}`,
        Status: status,
        Priority: '1-ASAP',
      });
      await world.isQuiet();
    },
  );

  test('completed in Outlook it is done in Siebel; opened again in Siebel it is open in Outlook', async () => {
    const { ana, id, activityId } = await agreed('Finish');
    await ana.calendar.changeTask(id, { status: 'completed' });
    await world.sync();
    const done = await ana.activities.read(activityId);
    expect(done).toMatchObject({ Status: 'Done', 'Done Flag': 'Y' });
    expect(done?.['Done']).not.toBe('');
    await world.isQuiet();

    await ana.activities.change(activityId, { Status: 'In Progress', 'Done Flag': 'N', Done: '' });
    await world.sync();
    expect(await ana.calendar.task('Finish')).toMatchObject({
      status: 'inProgress',
    });
    await world.isQuiet();
    await ana.activities.change(activityId, { Status: 'Done' });
    await world.sync();
    expect(await ana.calendar.task('Finish')).toMatchObject({ status: 'completed' });
    await world.isQuiet();
  });
});
