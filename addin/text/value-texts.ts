import type { Importance, ShowAs } from '../../shared/appointment.ts';
import type { WeekIndex } from '../../shared/recurrence.ts';
import type { TaskStatus } from '../../shared/task.ts';

/** The words for values of fields; the pane of English readers shows what the server says of them. */
export type ValueTexts = Readonly<
  Record<
    | TaskStatus
    | ShowAs
    | Importance
    | 'yes'
    | 'no'
    | 'cancelled'
    /** Of guests. */
    | 'optional'
    | 'resource'
    /** Of whole days: `{days}`. Of times: `{time}` and `{zone}`. */
    | 'allDay'
    | 'zoned',
    string
  >
>;

/** A text for each form a number asks for; what a language has no form of its own for is `other`. */
export type Counted = Readonly<{ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>>;

/** How series are told. What stands in braces is told by one of the other texts, or by the browser. */
export type RepeatTexts = Readonly<{
  /** "Every day", "every {count} days" and so on. */
  days: Counted;
  weeks: Counted;
  months: Counted;
  years: Counted;
  /** `{weeks}`, `{days}`: the days of the week, each as `onWeekday` has it. */
  weekly: string;
  onWeekday: string;
  weeklyOnAll: string;
  weeklyOnWorkingDays: string;
  /** `{months}`, `{day}` of the month; in months that lack it, the last one. */
  onFirstDay: string;
  onDay: string;
  onDayOrLast: string;
  onLastDay: string;
  /** `{index}` of `{days}`. */
  onNth: string;
  /** `{years}`, `{date}` without its year. */
  onDate: string;
  onNthOfMonth: string;
  index: Readonly<Record<WeekIndex, string>>;
  anyDay: string;
  workingDay: string;
  weekendDay: string;
  /** `{rule}`, and where it ends. */
  until: string;
  times: string;
  count: Counted;
}>;
