/**
 * How a field's values are compared and merged: a flag as a whole, a set member by member, a rule and an occurrence by what
 * they say of the calendar, the rest as texts of a kind.
 */
export type FieldKind =
  | 'text'
  | 'name'
  | 'phone'
  | 'email'
  | 'date'
  | 'instant'
  | 'choice'
  | 'number'
  | 'flag'
  | 'set'
  | 'people'
  | 'person'
  | 'slot'
  | 'rule'
  | 'occurrence'
  | 'note';
export type FieldRule = Readonly<{ kind: FieldKind }>;
