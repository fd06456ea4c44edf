import type { AppointmentField } from '../../shared/appointment.ts';
import type { ContactField } from '../../shared/contact.ts';
import type { TaskField } from '../../shared/task.ts';

type NamedField = Exclude<
  ContactField | AppointmentField | TaskField,
  `custom.${string}` | `occurrence.${string}`
>;

/** What people call each field; `occurrence` is one occurrence of a series, by its day. */
export type FieldTexts = Readonly<Record<NamedField | 'occurrence', string>>;
