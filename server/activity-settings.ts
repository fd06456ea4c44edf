import { taskStatuses, type TaskStatus } from '../shared/task.ts';
import type { Importance } from '../shared/appointment.ts';
import { siebelDefaults, type ActivitySettings } from './connectors/siebel/settings.ts';
import type { SettingReader } from './setting-reader.ts';

const shipped = siebelDefaults.activity;

/** The customer's ways with Siebel's activities, where they are not Oracle's. */
export function activityFrom(read: SettingReader): ActivitySettings {
  return {
    displays: read.texts<ActivitySettings['displays']>('SIEBEL_ACTIVITY_DISPLAYS', shipped.displays),
    types: read.texts<ActivitySettings['types']>('SIEBEL_ACTIVITY_TYPES', shipped.types),
    children: read.texts<ActivitySettings['children']>('SIEBEL_ACTIVITY_CHILDREN', shipped.children, [
      'exception',
    ]),
    exceptionField: read.text('SIEBEL_EXCEPTION_FIELD') ?? shipped.exceptionField,
    dueIsDateTime: read.choice('SIEBEL_DUE_IS', ['date-time', 'date'], 'date-time') === 'date-time',
    repeats: read.texts<ActivitySettings['repeats']>('SIEBEL_REPEATING_TYPES', shipped.repeats),
    statuses: meaningsFrom(read, 'SIEBEL_TASK_STATUSES', {
      choices: taskStatuses,
      shipped: shipped.statuses,
    }),
    priorities: meaningsFrom(read, 'SIEBEL_PRIORITIES', {
      choices: importances,
      shipped: shipped.priorities,
    }),
  };
}

const importances = ['low', 'normal', 'high'] as const satisfies readonly Importance[];

type Meanings<Ours extends TaskStatus | Importance> = readonly (readonly [siebel: string, ours: Ours])[];

/** A JSON object from Siebel's values to ours, e.g. `{"Not Started":"notStarted"}`; of several that mean the same the first is written. */
function meaningsFrom<Ours extends TaskStatus | Importance>(
  read: SettingReader,
  name: string,
  { choices, shipped: usual }: Readonly<{ choices: readonly Ours[]; shipped: Meanings<Ours> }>,
): Meanings<Ours> {
  if (!read.has(name)) return usual;
  return Object.entries(read.texts<Readonly<Record<string, string>>>(name, {})).flatMap(([siebel, value]) => {
    const ours = choices.find((choice) => choice === value);
    if (ours !== undefined) return [[siebel, ours] as const];
    read.complain(`${name} gives ${siebel} the meaning ${value}: expected one of ${choices.join(', ')}.`);
    return [];
  });
}
