import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const secret = {
  body: { contentType: 'text', content: 'the results' },
  location: { displayName: 'Clinic' },
  sensitivity: 'private',
};

describe('private appointments', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const rules = rulesFor(world, 'appointment');
  const { ownedBy } = agendaOf(world);

  test('by default what is private in Outlook stays there, marked or not', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const own = await ana.calendar.add({ subject: 'Doctor', ...at(inDays(3), '09:00', '10:00'), ...secret });
    await world.sync();
    expect(await ownedBy(ana)).toEqual([]);
    await world.apiAs(ana, 'PUT', `/api/marks/appointment/${own.id}`);
    await world.sync();
    expect(await ownedBy(ana)).toEqual([]);
    expect(await ana.calendar.event('Doctor')).toMatchObject({ sensitivity: 'private' });
    await world.isQuiet();
  });

  test('masked, it is busy time without content in Siebel; Siebel may move it, and its words stay in Outlook', async () => {
    await rules({ privateItems: 'mask' });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({
      subject: 'Doctor Meier',
      ...at(inDays(3), '09:00', '10:00'),
      ...secret,
      ...inviting('meier@clinic.example'),
    });
    expect((await post.sinceThen()).length).toBe(1);
    await world.sync();
    const [row] = await ownedBy(ana);
    expect(row).toMatchObject({
      Description: 'Private appointment',
      Comment: '',
      MeetingLocation: '',
      Private: 'Y',
    });
    const id = row?.Id ?? '';
    expect(await ana.activities.read(id)).toMatchObject(planned(inDays(3), '09:00', '10:00'));
    expect(await world.activities.contacts(id)).toEqual([]);

    const event = await ana.calendar.event('Doctor Meier');
    await ana.calendar.change(event.id, { body: { contentType: 'text', content: 'bring the papers' } });
    expect((await post.sinceThen()).length).toBe(1);
    await world.sync();
    expect(await world.activities.read(id)).toMatchObject({ Comment: '' });
    expect(await ana.calendar.event('Doctor Meier')).toMatchObject({ location: { displayName: 'Clinic' } });
    await world.isQuiet();
  });

  test('carried, it is a private activity of its owner with everything in it', async () => {
    await rules({ privateItems: 'carry' });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Doctor', ...at(inDays(3), '09:00', '10:00'), ...secret });
    await world.sync();
    const [row] = await ownedBy(ana);
    expect(row).toMatchObject({
      Description: 'Doctor',
      Comment: 'the results',
      MeetingLocation: 'Clinic',
      Private: 'Y',
    });
    await ana.activities.change(row?.Id ?? '', { MeetingLocation: 'Clinic, upstairs' });
    await world.sync();
    expect(await ana.calendar.event('Doctor')).toMatchObject({
      location: { displayName: 'Clinic, upstairs' },
      sensitivity: 'private',
    });
    await world.isQuiet();
  });

  test.each(['skip', 'mask'])(
    'an appointment made private later is masked in Siebel by the next look (%s), and shown again when it is not private any more',
    async (privateItems) => {
      await rules({ privateItems });
      const ana = await world.person('Ana');
      await world.sync();
      const { sensitivity: _, ...open } = secret;
      const { id } = await ana.calendar.add({
        subject: 'Interview',
        ...at(inDays(3), '09:00', '10:00'),
        ...open,
      });
      await world.sync();
      const activity = await ana.activities.one('Interview');
      await ana.calendar.change(id, { sensitivity: 'private' });
      await world.sync();
      expect(await world.activities.read(activity.Id)).toMatchObject({
        Description: 'Private appointment',
        Comment: '',
        MeetingLocation: '',
        Private: 'Y',
      });
      expect(await ana.calendar.event('Interview')).toMatchObject({
        location: { displayName: 'Clinic' },
        sensitivity: 'private',
      });
      await world.isQuiet();

      await ana.calendar.change(id, { sensitivity: 'normal' });
      await world.sync();
      expect(await world.activities.read(activity.Id)).toMatchObject({
        Description: 'Interview',
        Comment: 'the results',
        MeetingLocation: 'Clinic',
        Private: 'N',
      });
      await world.isQuiet();
    },
  );

  test('a masked series tells nothing by its single occurrences either', async () => {
    await rules({ privateItems: 'mask' });
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({
      subject: 'Therapy',
      ...at(inDays(2), '18:00', '19:00'),
      sensitivity: 'private',
      recurrence: {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'numbered', startDate: inDays(2), numberOfOccurrences: 5 },
      },
    });
    const [, second] = await ana.calendar.instances(id, inDays(1), inDays(10));
    await ana.calendar.change(second?.id ?? '', {
      subject: 'Therapy with Tom',
      location: { displayName: 'At home' },
    });
    await world.sync();
    const rows = await ownedBy(ana);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ Description: 'Private appointment', MeetingLocation: '', Private: 'Y' });
    }
    await world.isQuiet();
  });

  test('a private appointment of Siebel reaches its owner only, marked private', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const id = await ana.activities.plan('Appraisal', {
      ...planned(inDays(4), '09:00', '10:00'),
      Private: 'Y',
    });
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    expect(await ana.calendar.event('Appraisal')).toMatchObject({ sensitivity: 'private' });
    expect(await bruno.calendar.events()).toEqual([]);
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Appraisal', Private: 'Y' });
    expect((await world.activities.employees(id)).length).toBe(2);
    await world.isQuiet();

    await ana.activities.change(id, { Private: 'N' });
    await world.sync();
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    expect((await bruno.calendar.events()).length).toBe(1);
    await world.isQuiet();
  });

  test('an appointment that becomes private in Siebel becomes private in Outlook, content and all', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Salary', planned(inDays(4), '09:00', '10:00'));
    await world.sync();
    await ana.activities.change(id, { Private: 'Y', Comment: 'only for me' });
    await world.sync();
    const event = await ana.calendar.event('Salary');
    expect(event).toMatchObject({ sensitivity: 'private' });
    expect(event.body.content).toContain('only for me');
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Salary', Private: 'Y' });
    await world.isQuiet();

    await ana.calendar.change(event.id, { location: { displayName: 'HR' } });
    await world.sync();
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Salary', MeetingLocation: 'HR' });
    await ana.calendar.change(event.id, { sensitivity: 'normal' });
    await world.sync();
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Salary', Private: 'N' });
    await world.isQuiet();
  });

  test('masked, it stays masked whatever Siebel writes over the mask', async () => {
    await rules({ privateItems: 'mask' });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Doctor', ...at(inDays(3), '09:00', '10:00'), ...secret });
    await world.sync();
    const [row] = await ownedBy(ana);
    await ana.activities.change(row?.Id ?? '', {
      Description: 'Busy',
      Comment: 'away',
      ...planned(inDays(3), '11:00', '12:00'),
    });
    await world.sync();
    const event = await ana.calendar.event('Doctor');
    expect(event.start.dateTime).toContain(inDays(3));
    expect(event.body.content).toContain('the results');
    await ana.calendar.change(event.id, { location: { displayName: 'Hospital' } });
    await world.sync();
    const after = await world.activities.read(row?.Id ?? '');
    expect(JSON.stringify(after)).not.toMatch(/Doctor|results|Hospital/);
    await world.isQuiet();
  });
});
