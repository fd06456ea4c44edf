import { dayFrom } from './times.ts';

/**
 * What stands in the Integration Id of an activity that is one occurrence of a series: a sign, the series' key, and the day
 * on which the occurrence would begin by the rule. `anchor` and `fan`: separate activities that make up a series, the first
 * of them its anchor. `changed`: an occurrence of a repeating activity with its own time and words; its key is the row id
 * of that activity.
 */
export type OccurrenceId = Readonly<{ role: 'anchor' | 'fan' | 'changed'; key: string; day: string }>;

const signs = { anchor: 'SA', fan: 'SF', changed: 'SX' } as const;
export type OccurrenceRole = keyof typeof signs;

/** Integration Ids have 30 characters: two for the sign and eight for the day. */
const longestKey = 20;

export function occurrenceIdOf({ role, key, day }: OccurrenceId): string {
  return `${signs[role]}${key}${day.replaceAll('-', '')}`;
}

/** `null` for an Integration Id of any other making. */
export function occurrenceIdFrom(text: string | null): OccurrenceId | null {
  const [, sign, key, digits] = /^(SA|SF|SX)(.{1,20})(\d{8})$/.exec(text ?? '') ?? [];
  const role = (['anchor', 'fan', 'changed'] as const).find((one) => signs[one] === sign);
  const day = dayFrom(digits ?? '');
  return role === undefined || key === undefined || day === null ? null : { role, key, day };
}

/** How all Integration Ids of a role, or of one series, begin. */
export function beginningOf(role: OccurrenceRole, key = ''): string {
  return `${signs[role]}${key}`;
}

/** The key of a series by the stamp of its record. */
export function keyOfStamp(stamp: string): string {
  return stamp.slice(-longestKey);
}
