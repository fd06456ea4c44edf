import { type Draft, newDraft, setField, type TextField, unranked } from './draft.ts';

/**
 * Google Contacts numbers what may occur several times and puts its kind into a column of its own:
 * `Phone 1 - Label`, `Phone 1 - Value` (until 2024 `Phone 1 - Type`). Several values share a cell, apart by ` ::: `.
 */
const numbered = /^(E-mail|Phone|Address|Organization|Relation) (\d+) - (.+)$/i;

export function isGoogleHeader(header: readonly string[]): boolean {
  return header.some((name) => /^(E-mail|Phone|Address) 1 - (Value|Street|Formatted)$/i.test(name.trim()));
}

/** What the numbered columns of a row say; the plain ones ("First Name", "Birthday") are read as any table's are. */
export function draftFromGoogleRow(header: readonly string[], cells: readonly string[]): Draft {
  const draft = newDraft();
  const groups = new Map<string, Map<string, string>>();
  for (const [at, name] of header.entries()) {
    const [, what = '', number = '', part = ''] = numbered.exec(name.trim()) ?? [];
    const cell = (cells[at] ?? '').trim();
    if (cell === '') continue;
    if (what === '') noteUnplaced(draft, name);
    else {
      const key = `${what.toLowerCase()} ${number}`;
      groups.set(key, (groups.get(key) ?? new Map<string, string>()).set(part.toLowerCase(), cell));
    }
  }
  for (const [key, parts] of groups) readers[key.replace(/ \d+$/, '')]?.(draft, parts);
  return draft;
}

function noteUnplaced(draft: Draft, name: string): void {
  if (/^(Website|IM|Event|Custom Field|Jot|Calendar Link|External ID) \d+ - Value$/i.test(name.trim()))
    draft.unread.add(name.trim());
}

type Parts = ReadonlyMap<string, string>;

const readers: Readonly<Record<string, (draft: Draft, parts: Parts) => void>> = {
  'e-mail': (draft, parts) => {
    for (const value of valuesOf(parts)) draft.emails.push({ value, ...purpose(parts, 'E-mail') });
  },
  phone: (draft, parts) => {
    for (const value of valuesOf(parts)) draft.phones.push({ value, ...purpose(parts, 'Phone') });
  },
  address: (draft, parts) => {
    const lines = [parts.get('po box'), parts.get('street'), parts.get('extended address')];
    const street = lines.filter((line) => line !== undefined).join('\n') || (parts.get('formatted') ?? '');
    const rest = {
      city: parts.get('city') ?? '',
      state: parts.get('region') ?? '',
      postalCode: parts.get('postal code') ?? '',
      country: parts.get('country') ?? '',
    };
    draft.addresses.push({ value: { street, ...rest }, ...purpose(parts, 'Address') });
  },
  organization: (draft, parts) => {
    setField(draft, 'company', parts.get('name') ?? '', 'Organization');
    setField(draft, 'jobTitle', parts.get('title') ?? '', 'Organization');
    setField(draft, 'department', parts.get('department') ?? '', 'Organization');
    setField(draft, 'office', parts.get('location') ?? '', 'Organization');
  },
  relation: (draft, parts) => {
    const field = relationFields.get((parts.get('label') ?? parts.get('type') ?? '').toLowerCase());
    if (field === undefined) draft.unread.add('Relation');
    else for (const value of valuesOf(parts)) setField(draft, field, value, 'Relation');
  },
};

const relationFields: ReadonlyMap<string, TextField> = new Map([
  ['spouse', 'spouse'],
  ['partner', 'spouse'],
  ['assistant', 'assistant'],
  ['manager', 'manager'],
]);

function valuesOf(parts: Parts): string[] {
  return (parts.get('value') ?? '').split(' ::: ').filter((value) => value.trim() !== '');
}

/** A kind that begins with `*` is the preferred one. */
function purpose(
  parts: Parts,
  source: string,
): Readonly<{ kinds: ReadonlySet<string>; rank: number; source: string }> {
  const label = (parts.get('label') ?? parts.get('type') ?? '').toLowerCase();
  const words = label.replace('*', '').trim().split(' ');
  const kinds = new Set(words.map((word) => (word === 'mobile' ? 'cell' : word)));
  return { kinds, rank: label.startsWith('*') ? 1 : unranked, source };
}
