import { describe, expect, test } from 'vitest';
import { inParallel, requestsTo } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const mailboxes = 60;
const reads = { side: 'siebel', method: 'GET', route: /Contact/ };
const writes = { side: 'siebel', method: 'PUT', route: /Contact/ };

describe('one contact on many lists', () => {
  const world = useWorld();

  test(
    'an edit reaches sixty mailboxes, and Siebel is read once for it, not sixty times',
    { timeout: 60_000 },
    async () => {
      const actors = await inParallel(mailboxes, () => world.person('Many'));
      const id = await world.siebel.addContact({ 'First Name': 'Maria', 'Last Name': 'Everywhere' });
      await world.siebel.list(
        id,
        actors.map((actor) => actor.employeeId),
      );
      await world.sync();
      const [first] = actors;
      if (!first) throw new Error('There are actors.');

      await world.siebel.change(id, { 'Job Title': 'Buyer' });
      const before = await requestsTo(world, reads);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: mailboxes });
      const forSiebelEdit = (await requestsTo(world, reads)) - before;
      const titles = await inParallel(
        mailboxes,
        async (n) => (await actors[n]?.outlook.contact('Maria', 'Everywhere'))?.['jobTitle'],
      );
      expect(new Set(titles)).toEqual(new Set(['Buyer']));
      expect(forSiebelEdit).toBeLessThan(mailboxes);

      await first.outlook.change((await first.outlook.contact('Maria', 'Everywhere')).id, {
        jobTitle: 'Seller',
      });
      const [readBefore, wroteBefore] = [await requestsTo(world, reads), await requestsTo(world, writes)];
      expect((await world.sync()).written).toEqual({ siebel: 1, exchange: mailboxes - 1 });
      expect((await requestsTo(world, writes)) - wroteBefore).toBe(1);
      expect((await requestsTo(world, reads)) - readBefore).toBeLessThan(mailboxes);
      await world.isQuiet();
    },
  );
});
