import { describe, expect, test } from 'vitest';
import { listsDue, turnOf, type Round } from '../../server/engine/lists-due.ts';

const noon = Temporal.Instant.from('2026-06-10T12:00:00Z');
const at = (minutes: number): Temporal.Instant => noon.add({ seconds: minutes * 60 });
const round = (number: number, lastAt: Temporal.Instant | null = noon): Round => ({ number, lastAt });
const reader = (id: number, { read = -60, asked = null as number | null } = {}) => ({
  person: { id, row: { loaded: { contact: at(read).toString() } } },
  askedAt: asked === null ? null : at(asked).toString(),
});
const due = (readers: readonly ReturnType<typeof reader>[], of: Round) =>
  listsDue(readers, { domain: 'contact', round: of }).map(({ id }) => id);
const many = (count: number) => Array.from({ length: count }, (_, id) => reader(id));

describe('whose lists a sweep of Siebel looks at', () => {
  test('everybody’s while they are few', () => {
    expect(due(many(50), round(7))).toHaveLength(50);
  });

  test('fifty people’s at a time of twenty thousand, and everybody’s once in four hundred sweeps', () => {
    const readers = many(20_000);
    const rounds = Array.from({ length: 400 }, (_, number) => due(readers, round(number)));
    expect(Math.max(...rounds.map((ids) => ids.length))).toBe(50);
    expect(new Set(rounds.flat()).size).toBe(20_000);
    expect([turnOf(20_000, round(399)), turnOf(20_000, round(400))]).toEqual([0, 1]);
  });

  test('those somebody has asked for since the last sweep, whoever’s turn it is', () => {
    const readers = [...many(200), reader(200, { asked: 1 }), reader(201, { asked: -30 })];
    expect(due(readers, round(1))).toContain(200);
    expect([0, 1, 2, 3, 4].filter((number) => due(readers, round(number)).includes(201))).toHaveLength(1);
  });

  test('one asked for right before the last sweep is looked at again: the sweep may not have seen it', () => {
    const readers = [...many(200), reader(200, { asked: -0.5 })];
    for (const number of [0, 1, 2, 3, 4]) expect(due(readers, round(number))).toContain(200);
  });

  test('not the one that was read whole since it was asked for, or since the last sweep', () => {
    expect(due([reader(1, { asked: 1, read: 2 })], round(0))).toEqual([]);
    expect(due([reader(1, { read: 2 })], round(0))).toEqual([]);
    expect(due([reader(1, { asked: 3, read: 2 })], round(0))).toEqual([1]);
  });

  test('everybody’s at the very first sweep', () => {
    expect(due(many(3), round(0, null))).toEqual([0, 1, 2]);
  });
});
