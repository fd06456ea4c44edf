import { expect, test } from 'vitest';
import { withTypeOfCategories } from '../../server/core/activity-type.ts';
import { anAppointment } from '../support/appointments.ts';

const types = ['Call', 'Meeting'];

test('the first category that names a type is the type, and asked again it is the same', () => {
  const shown = anAppointment({ categories: ['Green', 'call', 'Meeting'] });
  const typed = withTypeOfCategories(shown, types);
  expect(typed).toMatchObject({ categories: ['Green', 'Meeting'], activityType: 'Call' });
  expect(withTypeOfCategories(typed, types)).toEqual(typed);
});

test('without such a category there is none', () => {
  const shown = anAppointment({ categories: ['Green'] });
  expect(withTypeOfCategories(shown, types)).toMatchObject({ categories: ['Green'], activityType: null });
});
