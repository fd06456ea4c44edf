import { describe, expect, test } from 'vitest';
import type { Both } from '../../shared/domain.ts';
import { reconcile } from '../../server/core/plan.ts';
import { settle } from '../../server/core/settle.ts';
import type { Present, Snapshot } from '../../server/core/snapshot.ts';
import type { Outcome } from '../../server/core/step.ts';
import { absent, contact, present, rulesFor } from './build.ts';

const rules = rulesFor();
const maria = contact({ firstName: 'Maria', lastName: 'Lopez' });
const base = { siebel: present(maria), exchange: present(maria) };

function done(now: Present | null): Outcome {
  return { outcome: 'done', now, notes: [] };
}

function settled(seen: Both<Snapshot>, ...outcomes: readonly (Outcome | null)[]): ReturnType<typeof settle> {
  return settle({ base, seen, plan: reconcile(base, seen, rules), outcomes });
}

describe('settling', () => {
  const seen = {
    siebel: present(contact({ ...maria, jobTitle: 'Director' }), { version: 's2' }),
    exchange: present(contact({ ...maria, lastName: 'Lopez-Vega' }), { version: 'e2' }),
  };

  test('takes what a side stored, be it shorter than what it was given', () => {
    const stored = present(contact({ ...maria, lastName: 'Lopez-V', jobTitle: 'Director' }), {
      version: 's3',
    });
    const both = present(contact({ ...maria, lastName: 'Lopez-Vega', jobTitle: 'Director' }), {
      version: 'e3',
    });
    const { base: next, ...rest } = settled(seen, done(stored), done(both));
    expect(next).toEqual({ siebel: stored, exchange: both });
    expect(rest).toEqual({
      lost: [],
      notes: [],
      isSettled: true,
      needsLook: false,
      isWhole: { siebel: true, exchange: true },
    });
    expect(reconcile(next, next, rules).steps).toEqual([]);
  });

  test('keeps what failed as a change, and what went through as done', () => {
    const written = present(contact({ ...maria, lastName: 'Lopez-Vega', jobTitle: 'Director' }), {
      version: 's3',
    });
    const refused: Outcome = { outcome: 'refused', reason: 'The mailbox is full.', field: 'jobTitle' };
    const { base: next, isSettled, needsLook, notes, isWhole } = settled(seen, done(written), refused);
    expect(next.siebel).toMatchObject({ item: { lastName: 'Lopez-Vega', jobTitle: null } });
    expect(next.exchange).toMatchObject({ item: { lastName: 'Lopez-Vega', jobTitle: null }, version: 'e2' });
    expect({ isSettled, needsLook, isWhole }).toEqual({
      isSettled: false,
      needsLook: false,
      isWhole: { siebel: false, exchange: true },
    });
    expect(notes).toEqual([{ field: 'jobTitle', what: 'refused', reason: 'The mailbox is full.' }]);
  });

  test.each(['stale', 'gone'] as const)('looks again after %s', (outcome) => {
    const result = settled({ siebel: base.siebel, exchange: seen.exchange }, { outcome });
    expect(result).toMatchObject({ isSettled: false, needsLook: true });
    expect(result.base.exchange).toMatchObject({ item: maria });
  });

  test('leaves visible what somebody wrote between the look and the write', () => {
    const now = present(contact({ ...maria, lastName: 'Lopez-Vega', department: 'Sales' }), {
      version: 's3',
    });
    const {
      base: next,
      needsLook,
      isWhole,
    } = settled({ siebel: base.siebel, exchange: seen.exchange }, done(now));
    expect([needsLook, isWhole]).toEqual([true, { siebel: false, exchange: true }]);
    expect(next.siebel).toMatchObject({ version: 'v1', item: { lastName: 'Lopez-Vega', department: null } });
    const plan = reconcile(next, { siebel: now, exchange: next.exchange }, rules);
    expect(plan.steps).toMatchObject([{ side: 'exchange', fields: ['department'] }]);
  });

  test('takes a value the side filled in itself at a create as news', () => {
    const nothing = { siebel: absent('never'), exchange: absent('never') };
    const born = { ...nothing, exchange: base.exchange };
    const plan = reconcile(nothing, born, rules);
    const now = present(contact({ ...maria, company: 'Default Account' }), { version: 's1' });
    const result = settle({ base: nothing, seen: born, plan, outcomes: [done(now)] });
    const again = reconcile(result.base, { siebel: now, exchange: base.exchange }, rules);
    expect(again.steps).toMatchObject([{ side: 'exchange', fields: ['company'] }]);
  });

  test('counts a removal that found nothing left as done', () => {
    const gone = { siebel: base.siebel, exchange: absent('deleted') };
    const result = settled(gone, { outcome: 'gone' });
    expect(result).toMatchObject({ isSettled: true, needsLook: false });
    expect(result.base).toEqual({ siebel: absent('deleted'), exchange: absent('deleted') });
  });

  test('remembers how a closed Link ended, and forgets nothing while a removal failed', () => {
    const gone = { siebel: base.siebel, exchange: absent('deleted') };
    expect(settled(gone, done(null)).base).toEqual({
      siebel: absent('unmarked'),
      exchange: absent('deleted'),
    });
    expect(settled(gone, { outcome: 'stale' }).base).toBe(base);
    expect(settled(gone, null)).toMatchObject({ isSettled: false, needsLook: false, base });
  });

  test('keeps the very same base while nothing changed, and takes a new version when only that did', () => {
    expect(settled(base).base).toBe(base);
    const touched = { ...base, exchange: present(maria, { version: 'nightly' }) };
    expect(settled(touched).base).toEqual(touched);
  });

  test('keeps the losing value', () => {
    const clash = { ...seen, siebel: present(contact({ ...maria, lastName: 'Vega' })) };
    const { lost } = settled(clash, done(present(contact({ ...maria, lastName: 'Vega' }))));
    expect(lost).toEqual([{ field: 'lastName', side: 'exchange', value: 'Lopez-Vega' }]);
  });

  test('settles each half of a set on its own', () => {
    const sets = {
      siebel: present(contact({ ...maria, categories: ['Blau'] })),
      exchange: present(contact({ ...maria, categories: ['Kunde'] })),
    };
    const both = present(contact({ ...maria, categories: ['Blau', 'Kunde'] }));
    const { base: next } = settled(sets, { outcome: 'stale' }, done(both));
    expect(next.siebel).toMatchObject({ item: { categories: ['Blau'] } });
    expect(next.exchange).toMatchObject({ item: { categories: ['Blau'] } });
    // Blau is taken out in Outlook before Siebel has got Kunde: it must not come back.
    const later = { siebel: sets.siebel, exchange: present(contact({ ...maria, categories: ['Kunde'] })) };
    const [step] = reconcile(next, later, rules).steps;
    expect(step).toMatchObject({ side: 'siebel', item: { categories: ['Kunde'] } });
  });
});
