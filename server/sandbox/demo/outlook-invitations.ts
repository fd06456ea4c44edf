import { workday } from './activity.ts';
import { at, repeating, timed, weekdayOf, type OutlookStage } from './outlook-event.ts';

/** A meeting that somebody outside the company organises; `employees` are the places of those invited. */
export type DemoInvitation = Readonly<{
  organizer: Readonly<{ address: string; name: string }>;
  event: Readonly<Record<string, unknown>>;
  employees: readonly number[];
}>;

/** One meeting with three colleagues, one with a single guest, and a series. */
export function outlookInvitations({ today }: OutlookStage): readonly DemoInvitation[] {
  const zone = 'Europe/Berlin';
  const first = workday(today, -9);
  return [
    {
      organizer: { address: 'conference@dealers.example', name: 'Dealer Conference' },
      event: {
        subject: 'Dealer conference',
        ...at('Congress centre, hall 2'),
        ...timed(workday(today, 13), ['09:00', '16:00'], zone),
      },
      employees: [1, 3, 7],
    },
    {
      organizer: { address: 'nora.weiss@supplier.example', name: 'Nora Weiss' },
      event: { subject: 'Delivery plan', ...timed(workday(today, 4), ['13:30', '14:00'], zone) },
      employees: [4],
    },
    {
      organizer: { address: 'pmo@partner.example', name: 'Partner office' },
      event: {
        subject: 'Partner call',
        ...at('Phone'),
        ...timed(first, ['12:00', '12:30'], zone),
        ...repeating(
          { type: 'weekly', interval: 2, daysOfWeek: [weekdayOf(first)], firstDayOfWeek: 'monday' },
          { type: 'numbered', numberOfOccurrences: 10 },
          first,
        ),
      },
      employees: [0, 5],
    },
  ];
}
