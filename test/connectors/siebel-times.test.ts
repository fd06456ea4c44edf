import { fc } from '../support/property.ts';
import { describe, expect, it } from 'vitest';
import type { TimeSlot } from '../../shared/appointment.ts';
import { siebelFromInstant } from '../../server/connectors/siebel/dates.ts';
import { occurrenceIdFrom, occurrenceIdOf } from '../../server/connectors/siebel/activity/series-key.ts';
import { seriesPlanOf } from '../../server/connectors/siebel/activity/series-plan.ts';
import {
  dateIn,
  instantsOf,
  onDay,
  siebelFromDay,
  slotFromSiebel,
  zoneOr,
} from '../../server/connectors/siebel/activity/times.ts';
import { aSeries, days, slotAt, weekly } from '../support/appointments.ts';

const zones = ['UTC', 'America/Los_Angeles', 'Pacific/Tongatapu', 'Europe/Berlin', 'Australia/Lord_Howe'];
const zone = fc.constantFrom(...zones);

describe('the times of an appointment', () => {
  it('of whole days come back as they went, whatever the zones and however the clocks change', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: 1, max: 20 }), zone, (start, count, owner) => {
        const end = Temporal.PlainDate.from(start).add({ days: count }).toString();
        const slot: TimeSlot = { isAllDay: true, start, end };
        expect(readBack(slot, owner)).toEqual(slot);
      }),
    );
  });

  it('with hours come back as the same instants in the owner’s zone', () => {
    fc.assert(
      fc.property(days(), fc.integer({ min: 1, max: 23 }), zone, zone, (day, hour, own, owner) => {
        const slot = slotAt(`${day}T${String(hour).padStart(2, '0')}:20:00`, { zone: own });
        const back = readBack(slot, owner);
        expect(back).toMatchObject({ isAllDay: false, zone: owner });
        expect(back && instantsOf(back, owner)).toEqual(instantsOf(slot, owner));
      }),
    );
  });

  it('that span midnights elsewhere only are no whole days', () => {
    const slot = slotAt('2026-06-10T00:00:00', { minutes: 24 * 60, zone: 'UTC' });
    expect(readBack(slot, 'Europe/Berlin')).toMatchObject({ isAllDay: false, start: '2026-06-10T02:00:00' });
    expect(readBack(slot, 'UTC')).toEqual({ isAllDay: true, start: '2026-06-10', end: '2026-06-11' });
  });

  it('stay at their hour on another day, and as long', () => {
    const slot = slotAt('2026-03-20T22:30:00', { minutes: 180 });
    expect(onDay(slot, '2026-03-29')).toMatchObject({
      start: '2026-03-29T22:30:00',
      end: '2026-03-30T01:30:00',
    });
    expect(onDay({ isAllDay: true, start: '2026-03-20', end: '2026-03-23' }, '2026-03-29')).toMatchObject({
      end: '2026-04-01',
    });
  });

  it('follow the service’s zone where the profile names one nobody knows', () => {
    expect(zoneOr('(GMT-08:00) Pacific Time', 'Europe/Paris')).toBe('Europe/Paris');
    expect(zoneOr(null, 'UTC')).toBe('UTC');
    expect(zoneOr('Asia/Tokyo', 'UTC')).toBe('Asia/Tokyo');
  });

  function readBack(slot: TimeSlot, owner: string) {
    const both = { service: 'UTC', owner };
    const { start, end } = instantsOf(slot, owner);
    return slotFromSiebel(siebelFromInstant(start, 'UTC'), siebelFromInstant(end, 'UTC'), both);
  }
});

describe('the dates of a task', () => {
  it('are the same days everywhere', () => {
    fc.assert(
      fc.property(days(), zone, zone, (date, service, owner) => {
        const both = { service, owner };
        expect(dateIn(siebelFromDay(date, both, true), both)).toBe(date);
        expect(dateIn(siebelFromDay(date, both, false), both)).toBe(date);
      }),
    );
  });
});

describe('the names of occurrences', () => {
  it('are taken apart as they were put together, and nothing else is', () => {
    const id = { role: 'fan', key: 'a-key-of-20-letters!', day: '2026-12-24' } as const;
    expect(occurrenceIdOf(id)).toHaveLength(30);
    expect(occurrenceIdFrom(occurrenceIdOf(id))).toEqual(id);
    for (const other of [null, '', 'SFkey20261399', 'SF20261224', 'link-20261224', 'SAwithout-a-day']) {
      expect(occurrenceIdFrom(other)).toBeNull();
    }
  });
});

describe('how Siebel is to hold a series', () => {
  const ways = {
    policy: { fieldMap: {}, seriesStrategy: 'fan', seriesWindowDays: 60 },
    ownerZone: 'Europe/Berlin',
    today: '2026-06-10',
    keepsExceptions: true,
  } as const;

  it('follows the owner’s days: late in New York is another weekday in Berlin', () => {
    const own = aSeries();
    expect(seriesPlanOf(own, ways)).toMatchObject({ form: 'repeat', repeat: 'weekly' });
    const late = { ...own, timeSlot: slotAt('2026-06-10T23:00:00', { zone: 'America/New_York' }) };
    expect(seriesPlanOf(late, ways)).toMatchObject({ form: 'fan', horizon: '2026-08-09' });
  });

  it('makes as many activities as the window holds, all of a short series, and at least one', () => {
    const two = { ...aSeries(), recurrence: weekly(['wednesday', 'friday']) };
    expect(seriesPlanOf(two, ways)).toMatchObject({ form: 'fan', days: { length: 18 } });
    const ended = weekly(['wednesday', 'friday'], { type: 'numbered', numberOfOccurrences: 100 });
    expect(seriesPlanOf({ ...two, recurrence: ended }, ways)).toMatchObject({ days: { length: 100 } });
    const yearly = {
      type: 'relativeYearly',
      interval: 1,
      month: 6,
      daysOfWeek: ['wednesday'],
      index: 'second',
    } as const;
    const rare = { ...two, recurrence: { pattern: yearly, range: { type: 'noEnd' } } as const };
    expect(seriesPlanOf(rare, { ...ways, today: '2026-06-11' })).toMatchObject({ days: ['2027-06-09'] });
  });
});
