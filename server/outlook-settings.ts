import type { GraphSettings } from './connectors/graph/index.ts';
import type { SettingReader } from './setting-reader.ts';

export type OutlookSettings = Required<Pick<GraphSettings, 'calendar' | 'todoIfMatch'>>;

/** The farthest a calendar view may reach (facts: more than 1825 days are refused). */
const mostDays = 1_825;

/** How Outlook's calendars and task lists are read, and what is left open by Microsoft's documents. */
export function outlookFrom(read: SettingReader): OutlookSettings {
  return {
    calendar: {
      pastDays: read.integer('CALENDAR_PAST_DAYS', { fallback: 365, least: 1, most: mostDays - 1 }),
      futureDays: read.integer('CALENDAR_FUTURE_DAYS', { fallback: 730, least: 1, most: mostDays - 1 }),
      deletedEvents: read.choice('DELETED_EVENTS', ['translate', 'notFound', 'listed'], 'translate'),
    },
    todoIfMatch: read.choice('TODO_IF_MATCH', ['on', 'off'], 'on') === 'on',
  };
}
