import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { openOutlook } from '../support/outlook-page.ts';
import { useWorld } from '../support/world.ts';

describe('the Outlook stand-in', { timeout: 90_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();
  beforeAll(() =>
    world.policy(({ domains }) => {
      Object.assign(domains.appointment, { requireCategory: true });
      Object.assign(domains.task, { requireCategory: true });
    }),
  );

  test('the ribbon button sends an appointment to Siebel, and takes it off again', async () => {
    const actor = await world.person('Ana');
    const outlook = await openOutlook({ world, browser, actor });
    await outlook.create('New appointment', { Subject: 'Plant tour' });
    await outlook.press('Save');
    await outlook.siebel.getByText('nothing of this name').waitFor();
    await outlook.press('Sync to Siebel');
    await outlook.info.getByText('This appointment goes to Siebel.').waitFor();
    await outlook.siebel.getByRole('cell', { name: 'Plant tour' }).waitFor();
    await outlook.press('Sync to Siebel');
    await outlook.info.getByText('No longer synced with Siebel.').waitFor();
    await world.sync();
    expect((await actor.calendar.event('Plant tour')).categories).toEqual([]);
    expect(await outlook.siebel.getByRole('cell', { name: 'Plant tour' }).count()).toBe(1);
    expect(browser.strays()).toEqual([]);
  });

  test('a new appointment is marked without being saved for the person', async () => {
    const actor = await world.person('Bea');
    await world.sync();
    const outlook = await openOutlook({ world, browser, actor });
    await outlook.create('New appointment', { Subject: 'Unsaved yet' });
    await outlook.press('Sync to Siebel');
    await outlook.info.getByText('as soon as you save it').waitFor();
    expect(await actor.calendar.events()).toEqual([]);
    await outlook.press('Save');
    await outlook.siebel.getByRole('cell', { name: 'Unsaved yet' }).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('a contact and a task go to Siebel by their category', async () => {
    const actor = await world.person('Carl');
    await world.sync();
    const outlook = await openOutlook({ world, browser, actor });
    await outlook.folder('People');
    await outlook.create('New contact', {
      'First name': 'Maria',
      'Last name': 'Lopez',
      'E-mail': 'm@lopez.example',
    });
    await outlook.categorise('Siebel Contact');
    await outlook.press('Save');
    await outlook.siebel.getByRole('cell', { name: 'Lopez', exact: true }).waitFor();
    await outlook.folder('Tasks');
    await outlook.create('New task', { Title: 'Send the offer', Due: '2026-12-01' });
    await outlook.categorise('Siebel Task');
    await outlook.press('Save');
    await outlook.page.getByRole('button', { name: 'Send the offer' }).waitFor();
    await world.sync();
    await outlook.siebel.getByRole('cell', { name: 'Send the offer' }).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test.each([
    ['de-DE', 'Mails werden nicht abgeglichen.'],
    ['ar-SA', 'الرسائل لا تُزامَن.'],
  ])('in %s a mail is answered in that language', async (language, said) => {
    const actor = await world.person('Dora');
    const outlook = await openOutlook({ world, browser, actor, language });
    await outlook.folder('Mail');
    await outlook.open('Numbers for Thursday');
    await outlook.press('Sync to Siebel');
    await outlook.info.getByText(said).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('axe finds nothing in the stand-in itself', async () => {
    const actor = await world.person('Emil');
    const outlook = await openOutlook({ world, browser, actor });
    for (const [folder, button] of [
      ['Calendar', 'New appointment'],
      ['People', 'New contact'],
      ['Tasks', 'New task'],
    ] as const) {
      await outlook.folder(folder);
      await outlook.create(button, {});
      await outlook.page.getByRole('form').waitFor();
      const { violations } = await new AxeBuilder({ page: outlook.page }).exclude('iframe').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }
  });
});
