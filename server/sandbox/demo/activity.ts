/** An activity of the demo. People and contacts are places in their lists; times are the owner's wall times. */
export type DemoActivity = Readonly<{
  owner: number;
  fields: Readonly<Record<string, string>>;
  /** Further employees. */
  employees: readonly number[];
  contacts: readonly number[];
  /** Starts of occurrences that do not take place. */
  missing: readonly string[];
}>;

/** What the activities are made of. */
export type DemoStage = Readonly<{
  /** The day the demo begins. */
  today: Temporal.PlainDate;
  employeeCount: number;
  /** Places of business contacts, and whose they are. */
  contacts: readonly Readonly<{ at: number; maker: number }>[];
}>;

export function demoActivity(
  owner: number,
  fields: Readonly<Record<string, string>>,
  more: Partial<Pick<DemoActivity, 'employees' | 'contacts' | 'missing'>> = {},
): DemoActivity {
  const { employees = [], contacts = [], missing = [] } = more;
  return { owner, fields, employees, contacts, missing };
}

/** A date-time as Siebel writes it; `time` is `HH:MM`. */
export function wireTime(date: Temporal.PlainDate, time: string): string {
  return `${wireDate(date)} ${time}:00`;
}

export function wireDate(date: Temporal.PlainDate): string {
  const [year, month, day] = date.toString().split('-');
  return `${month}/${day}/${year}`;
}

/** The working day that many working days after a day, or before it; never a weekend. */
export function workday(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
  const monday = from.subtract({ days: from.dayOfWeek - 1 });
  const place = Math.min(from.dayOfWeek - 1, 4) + count;
  const weeks = Math.floor(place / 5);
  return monday.add({ days: weeks * 7 + (place - weeks * 5) });
}

/** The contact an owner would meet: one of their own if there is any, else anybody's; `turn` picks among them. */
export function contactsFor(stage: DemoStage, owner: number, turn: number): number {
  const own = stage.contacts.filter(({ maker }) => maker === owner);
  const from = own.length > 0 ? own : stage.contacts;
  return from[turn % from.length]?.at ?? 0;
}
