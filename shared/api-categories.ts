import { Type, type Static } from 'typebox';
import { closed, orNull } from './api-parts.ts';

/** A category as Outlook lists it; `preset` is the number of Outlook's colour (`preset0` to `preset24`), null for none. */
const Category = Type.Object({ name: Type.String(), preset: orNull(Type.Integer()) }, closed);
export const CategoryList = Type.Object({ items: Type.Array(Category) }, closed);
export type Category = Static<typeof Category>;
