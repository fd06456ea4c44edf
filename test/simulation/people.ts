import type { OccurrenceException } from '../../shared/appointment.ts';
import type { Side } from '../../shared/domain.ts';
import { isBlank, isSet, kindOf, valueOf, withValue } from '../../server/core/fields/item.ts';
import type { Member } from '../../server/core/fields/set.ts';
import { membersOf, shaped } from '../../server/core/fields/shape.ts';
import { eachSide } from '../../server/core/side.ts';
import type { FieldName, FieldValue } from '../../server/core/step.ts';
import type { Chance } from './random.ts';
import type { History } from './state.ts';

/** A person writes something somewhere. */
export function edit(history: History): void {
  write(history, history.chance.pick(eachSide), history.chance.pick(history.played));
}

/** A person writes one field: a new text, an erasure, or a member put into or taken out of the set. */
export function write(history: History, side: Side, field: FieldName): void {
  const { chance, ledger, sides, base, played } = history;
  const store = sides[side];
  const { item } = store;
  if (item === null || !store.holds(field)) return;
  const id = ledger.nextId();
  const value = store.stored(field, newValue({ chance, id, field, old: valueOf(item, field) }));
  const isRival =
    history.isUnsure || isUnagreed(history, field) || eachSide.some((one) => base[one].state === 'absent');
  ledger.wrote({ id, side, field, value, before: item, isRival });
  store.write([field], withValue(item, field, value));
  ledger.showed(side, store.item, played);
}

/** The sides have not yet agreed on the field: before the first contact is through, or after it began anew. */
function isUnagreed({ base, sides }: History, field: FieldName): boolean {
  return eachSide.every((side) => {
    const { item } = sides[side];
    const agreed = base[side].state === 'present' ? valueOf(base[side].item, field) : null;
    return isBlank(field, agreed) && item !== null && !isBlank(field, valueOf(item, field));
  });
}

function newValue(input: { chance: Chance; id: string; field: FieldName; old: FieldValue }): FieldValue {
  const { chance, id, field, old } = input;
  if (kindOf(field) === 'occurrence') return chance.is(0.15) ? null : retitled(`${id}.`);
  if (!isSet(field)) {
    return chance.is(0.15) ? null : `${chance.is(0.2) ? ' ' : ''}${id}.${'long'.repeat(chance.below(4))} `;
  }
  const members = membersOf(old);
  const kept =
    members.length > 0 && chance.is(0.5) ? members.slice(1) : [...members, memberOf(field, `${id}.`)];
  return shaped(kindOf(field), kept);
}

function memberOf(field: FieldName, name: string): Member {
  if (kindOf(field) === 'set') return name;
  return { address: `${name}example`, name: null, login: null, type: 'required', response: 'none' };
}

/** An occurrence that has its own subject. */
function retitled(subject: string): OccurrenceException {
  const timeSlot = { isAllDay: true, start: '2026-06-17', end: '2026-06-18' } as const;
  return { isCancelled: false, subject, body: null, location: null, timeSlot };
}

/** A person deletes the item; what it showed goes with it knowingly. */
export function removeItem({ sides, ledger, played }: History, side: Side): void {
  const { item } = sides[side];
  if (item === null) return;
  ledger.deleted(item, played);
  sides[side].vanish();
}

/** A person answers every open question. */
export function answerAll(history: History): void {
  history.decisions = Object.fromEntries(
    history.asked.map((field) => [field, history.chance.pick(eachSide)]),
  );
  if (history.asked.length > 0) history.mustLook = true;
}
