import type { Siebel } from '../siebel.ts';
import type { View } from './appointment.ts';
import type { SeriesWays } from './series-plan.ts';
import { todayIn } from './sighting.ts';

/** What decides how Siebel holds a series, for the activities of one owner. */
export function waysOf(siebel: Siebel, { map, zones }: View): SeriesWays {
  return {
    policy: siebel.policy.activity.appointment,
    ownerZone: zones.owner,
    today: todayIn(siebel, zones.owner),
    keepsExceptions: map.settings.children.exception !== null,
  };
}
