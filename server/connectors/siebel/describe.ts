/** What Siebel's own description says of a field. It is a hint: names may differ from what really travels (facts 1.3). */
export type Described = Readonly<{ maxLength: number | null; isReadOnly: boolean }>;

/** The fields of a component by name, from the OpenAPI (or older Swagger 2) document of `/describe`. */
export function describedFields(document: unknown): ReadonlyMap<string, Described> {
  const fields = new Map<string, Described>();
  const schemas = [at(at(document, 'components'), 'schemas'), at(document, 'definitions')];
  for (const schema of schemas.flatMap((all) => (isObject(all) ? Object.values(all) : []))) {
    const properties = at(schema, 'properties');
    // Answers and lists have schemas of their own; the record's is the one with an Id.
    if (!isObject(properties) || !('Id' in properties)) continue;
    for (const [name, property] of Object.entries(properties)) fields.set(name, describedFrom(property));
  }
  return fields;
}

function describedFrom(property: unknown): Described {
  const length = Number(at(property, 'x-maxLength') ?? at(property, 'maxLength') ?? Number.NaN);
  return {
    // Calculated fields are described with no length at all, or with 0.
    maxLength: length > 0 ? length : null,
    isReadOnly: String(at(property, 'x-siebel-readOnly')) === 'true',
  };
}

function at(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
