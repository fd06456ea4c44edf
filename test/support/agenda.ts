import { inDays, planned } from './calendar.ts';
import type { Actor, World } from './world.ts';

/** What scenarios of appointments and tasks have in common: what somebody has on each side, and something both sides hold. */
export function agendaOf(world: World) {
  const ownedBy = (actor: Actor) => world.activities.all(`[Primary Owned By]="${actor.login}"`);
  const someone = async (): Promise<Actor> => {
    const ana = await world.person('Ana');
    await world.sync();
    return ana;
  };
  return {
    ownedBy,
    /** The descriptions of somebody's activities, in order. */
    described: async (actor: Actor) =>
      (await ownedBy(actor)).map((row) => row['Description'] ?? '').toSorted(),
    subjects: async (actor: Actor) => (await actor.calendar.events()).map((one) => one.subject).toSorted(),
    titles: async (actor: Actor) => (await actor.calendar.tasks()).map((one) => one.title).toSorted(),
    /** An appointment of Ana's, made in Siebel, that is in step. */
    planOne: async (description: string) => {
      const ana = await someone();
      const id = await ana.activities.plan(description, planned(inDays(3), '09:00', '10:00'));
      await world.sync();
      return { ana, id };
    },
    /** A task of Ana's, made in Outlook, that is in step. */
    agreedTask: async (title: string, more: Record<string, unknown> = {}) => {
      const ana = await someone();
      const { id } = await ana.calendar.addTask({ title, ...more });
      await world.sync();
      const activity = await ana.activities.one(title);
      return { ana, id, activityId: activity.Id, activity };
    },
  };
}
