import type { Component } from './components.ts';
import { propertyOf, wordOf } from './component-values.ts';
import { durationFrom } from './slot.ts';
import { instantOf, timesIn } from './times.ts';
import type { FileZones } from './zones.ts';

/** When an alarm rings: an instant, or seconds before (negative) or after what it belongs to begins or ends. */
export type Alarm =
  | Readonly<{ is: 'instant'; instant: Temporal.Instant }>
  | Readonly<{ is: 'offset'; seconds: number; from: 'start' | 'end' }>;

/** The first alarm that a person sees or hears: not an e-mail, and not Apple's place holder, which has the action NONE. */
export function alarmOf(component: Component, zones: FileZones): Alarm | null {
  const alarms = component.children
    .filter(({ name }) => name === 'VALARM')
    .filter((alarm) => !['EMAIL', 'NONE', 'PROCEDURE'].includes(wordOf(alarm, 'action')));
  for (const alarm of alarms) {
    const trigger = propertyOf(alarm, 'trigger');
    if (trigger === null) continue;
    const [value = ''] = trigger.values;
    if (trigger.type === 'duration') {
      const from = trigger.params['related']?.toUpperCase() === 'END' ? 'end' : 'start';
      return { is: 'offset', seconds: durationFrom(value).total('seconds'), from };
    }
    const [time] = timesIn(trigger, zones).times;
    if (time !== undefined && !time.isDate) return { is: 'instant', instant: instantOf(time) };
  }
  return null;
}
