import { textForm } from './text.ts';

/** What was put into a set and what was taken out of it; members are compared ignoring case. */
export type SetDelta = Readonly<{ added: readonly string[]; removed: readonly string[] }>;

export function memberForm(member: string): string {
  return textForm(member).toLowerCase();
}

/** Tidy members in a fixed order, none twice. */
export function canonicalSet(members: readonly string[]): readonly string[] {
  const byForm = new Map<string, string>();
  for (const member of members) {
    const form = memberForm(member);
    if (form !== '' && !byForm.has(form)) byForm.set(form, member.trim());
  }
  return [...byForm.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, member]) => member);
}

export function deltaOf(before: readonly string[], after: readonly string[]): SetDelta {
  return { added: without(after, before), removed: without(before, after) };
}

export function applyDelta(members: readonly string[], { added, removed }: SetDelta): readonly string[] {
  return canonicalSet([...without(members, removed), ...added]);
}

/** The set as it would be had the delta not happened. */
export function undoDelta(members: readonly string[], { added, removed }: SetDelta): readonly string[] {
  return applyDelta(members, { added: removed, removed: added });
}

/** The part of a delta that the other side, showing these members, has yet to follow. */
export function owedTo(there: readonly string[], { added, removed }: SetDelta): SetDelta {
  return { added: without(added, there), removed: without(removed, without(removed, there)) };
}

export function without(members: readonly string[], unwanted: readonly string[]): readonly string[] {
  const forms = new Set(unwanted.map(memberForm));
  return members.filter((member) => !forms.has(memberForm(member)));
}
