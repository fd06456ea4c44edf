import type { Marks, UpdateRequest } from '../connector.ts';
import { categoriesOf, categoriesToWrite, isSameSet, ownCategories } from './marks.ts';
import type { GraphPatch, GraphRow } from './wire.ts';

/** The categories of an item, where what is asked of the user's own and of the mark changes them; otherwise nothing. */
export function categoryPatch(
  { fields, item, mark, kind }: UpdateRequest,
  row: GraphRow,
  marks: Marks,
): GraphPatch {
  const present = categoriesOf(row);
  const own = fields.includes('categories') ? item.categories : ownCategories(present, marks);
  const categories = categoriesToWrite(own, present, { mark, kind, marks });
  return isSameSet(categories, present) ? {} : { categories };
}
