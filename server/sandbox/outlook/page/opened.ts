import { draftOf } from './draft.ts';
import type { Folder } from './folders/folder.ts';
import { itemForm, type ItemForm } from './item-form.ts';
import type { OpenItem } from './office/open-item.ts';
import { textAt, type Json } from './wire.ts';

/** The one item that is open: as the list has it, as UTC has it, and its form. */
export type Opened = Readonly<{
  folder: Folder;
  /** Null before the first save. */
  item: Json | null;
  inUtc: Json | null;
  /** Null for mails, which are only read. */
  form: ItemForm | null;
  categories: readonly string[];
}>;

type Opening = Readonly<{
  folder: Folder;
  item: Json | null;
  inUtc: Json | null;
  now: Date;
}>;

export function openedOf({ folder, item, inUtc, now }: Opening): Opened {
  return {
    folder,
    item,
    inUtc,
    form: folder.name === 'mail' ? null : itemForm(folder, item, now),
    categories: categoriesOf(item),
  };
}

/** Contacts and tasks are nothing an add-in is told about. */
export function officeItemOf(opened: Opened | null): OpenItem | null {
  if (opened === null) return null;
  const { folder, item, inUtc, form, categories } = opened;
  if (folder.name === 'mail') return item && { kind: 'message', item };
  if (folder.name !== 'calendar' || form === null) return null;
  const draft = draftOf({ item: inUtc, values: form.values(), categories, isDirty: form.isDirty() });
  return { kind: 'appointment', item, draft };
}

export function idOf(opened: Opened | null): string | null {
  return textAt(opened?.item, 'id') || null;
}

function categoriesOf(item: Json | null): readonly string[] {
  const categories = item?.['categories'];
  return Array.isArray(categories) ? categories.map(String) : [];
}
