import type { Attendee, Participant } from '../../../shared/appointment.ts';
import { textForm } from './text.ts';

/** A member of a set: a category by its name, an attendee by the address. */
export type Member = string | Attendee;

/** What was put into a set and what was taken out of it; members are compared ignoring case. */
export type SetDelta = Readonly<{ added: readonly Member[]; removed: readonly Member[] }>;

/** One of our people is known by the login, whatever address a side knows them by; everybody else by the address. */
export function memberForm(member: Member | Participant): string {
  return textForm(typeof member === 'string' ? member : (member.login ?? member.address)).toLowerCase();
}

/** Tidy members in a fixed order, none twice; of two that are the same, the first stays. */
export function canonicalSet(members: readonly Member[]): readonly Member[] {
  const byForm = new Map<string, Member>();
  for (const member of members) {
    const form = memberForm(member);
    if (form !== '' && !byForm.has(form))
      byForm.set(form, typeof member === 'string' ? member.trim() : member);
  }
  return [...byForm.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
}

export function deltaOf(before: readonly Member[], after: readonly Member[]): SetDelta {
  return { added: without(after, before), removed: without(before, after) };
}

export function applyDelta(members: readonly Member[], { added, removed }: SetDelta): readonly Member[] {
  return canonicalSet([...without(members, removed), ...added]);
}

/** The set as it would be had the delta not happened. */
export function undoDelta(members: readonly Member[], { added, removed }: SetDelta): readonly Member[] {
  return applyDelta(members, { added: removed, removed: added });
}

/** The part of a delta that the other side, showing these members, has yet to follow. */
export function owedTo(there: readonly Member[], { added, removed }: SetDelta): SetDelta {
  return { added: without(added, there), removed: without(removed, without(removed, there)) };
}

export function without(members: readonly Member[], unwanted: readonly Member[]): readonly Member[] {
  const forms = new Set(unwanted.map(memberForm));
  return members.filter((member) => !forms.has(memberForm(member)));
}
