import { isContact } from '../../shared/item.ts';
import { canonicalSet, memberForm } from './fields/set.ts';
import type { Item } from './snapshot.ts';
import type { FieldName } from './step.ts';

/**
 * Siebel's activity type and Outlook's categories, where the inbound activity filter is on (SSSE's, facts/ssse.md 4.3): the
 * first of an item's categories that names a type is its type, all others are the user's own. What knows its type already,
 * as a base does, stays as it is.
 */
export function withTypeOfCategories(item: Item, types: readonly string[]): Item {
  if (isContact(item) || item.activityType !== null) return item;
  const byForm = new Map(types.map((type) => [memberForm(type), type]));
  const named = item.categories.find((category) => byForm.has(memberForm(category)));
  if (named === undefined) return item;
  const categories = item.categories.filter((category) => category !== named);
  return { ...item, categories, activityType: byForm.get(memberForm(named)) ?? null };
}

/** The item as Outlook keeps it: the type is one of its categories. */
export function withCategoryOfType(item: Item): Item {
  if (isContact(item) || item.activityType === null) return item;
  const categories = canonicalSet([...item.categories, item.activityType]).filter(
    (category) => typeof category === 'string',
  );
  return { ...item, categories, activityType: null };
}

/** The fields of an Outlook item a change of these touches. */
export function fieldsInOutlook(fields: readonly FieldName[]): readonly FieldName[] {
  return [...new Set(fields.map((field): FieldName => (field === 'activityType' ? 'categories' : field)))];
}
