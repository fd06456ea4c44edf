import { Type, type TSchema } from 'typebox';
import { domains } from './domain.ts';

/** What the schemas of the API are made of. */

export const closed = { additionalProperties: false } as const;
export const text = Type.String({ minLength: 1, maxLength: 255 });
export const instant = Type.String({ description: 'ISO 8601, UTC' });
export const date = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
export const mailbox = Type.String({ pattern: '^[^@\\s/]+@[^@\\s/]+$', maxLength: 254 });
export const DomainName = Type.Enum([...domains]);

export function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

export function listOf<Schema extends TSchema>(schema: Schema) {
  return Type.Object({ items: Type.Array(schema), next: orNull(Type.String()) }, closed);
}

/** Every list takes these: `after` is the `next` of the page before. */
export const page = {
  after: Type.Optional(Type.String({ maxLength: 2000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
