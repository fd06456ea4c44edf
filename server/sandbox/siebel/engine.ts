import type { World } from '../world.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** What every operation needs: the database, the world's clock and switches, and who asks. */
export type Engine = Readonly<{ world: World; store: Store; session: Session }>;

/** The zone date-times are written in: the session user's, or UTC for everybody while the switch says so. */
export function zoneOf({ world, session }: Engine): string {
  return world.switches.isOn('siebel.alwaysUtc') ? 'UTC' : session.zone;
}
