import { components } from './catalog.ts';
import { fail } from './errors.ts';
import type { Child, Component, Field } from './metadata.ts';

type Json = Readonly<Record<string, unknown>>;

const dataTypes = {
  ID: 'DTYPE_ID',
  TEXT: 'DTYPE_TEXT',
  BOOL: 'DTYPE_BOOL',
  DATE: 'DTYPE_DATE',
  UTCDATETIME: 'DTYPE_UTCDATETIME',
  INTEGER: 'DTYPE_INTEGER',
  NUMBER: 'DTYPE_NUMBER',
  PHONE: 'DTYPE_PHONE',
  NOTE: 'DTYPE_NOTE',
} as const satisfies Record<Field['type'], string>;

/** `…/data/describe` and `…/data/{BO}/describe`: the addresses below, in the shape of an OpenAPI document. */
export function describeCatalogue(object: string | null, server: string): Json {
  const exposed = components.filter(
    (one) => one.object !== null && (object === null || one.object === object),
  );
  if (exposed.length === 0) throw fail.objectNotEnabled(object ?? '');
  const paths = exposed.map(({ object, name }) => [`/data/${object}/${name}/describe`, { get: {} }] as const);
  return {
    ...head('SiebelData', 'Siebel data catalogue', server),
    paths: Object.fromEntries(paths),
  };
}

/**
 * The OpenAPI 3.0.1 document Siebel makes of a component, in the shape seen on a live one
 * (`facts/siebel-rest.md` 1.3): every property a string, the required list useless for writing.
 */
export function describeComponent(
  { component, child, path }: Readonly<{ component: Component; child: Child | null; path: string }>,
  server: string,
): Json {
  const object = component.object ?? component.name;
  const stem = `data_${object}_${component.name}_`;
  const shown = component.fields.filter(
    (field) => !field.isSearchOnly && (child?.fields?.includes(field.name) ?? true),
  );
  const key = `${component.name.toLowerCase()}_key`;
  return {
    ...head(
      `SblDt${object}${component.name}`,
      `OpenAPI specification for SiebelData - API : ${path}`,
      server,
    ),
    tags: [{ name: component.name }],
    paths: {
      [`/${path}/`]: {
        get: operation('get', stem),
        post: operation('post', stem),
        put: operation('put', stem),
      },
      [`/${path}/{${key}}/`]: {
        get: operation('get', stem),
        put: operation('put', stem),
        delete: operation('delete', stem),
      },
    },
    components: {
      schemas: schemasOf(stem, recordSchema(shown)),
      securitySchemes: {
        basicAuth: { type: 'http', scheme: 'basic' },
        'oAuth2.0': { type: 'oauth2', flows: {} },
      },
    },
  };
}

function schemasOf(stem: string, record: Json): Json {
  return {
    [stem]: record,
    [`${stem}put_post_response`]: record,
    [`${stem}get_one_response`]: record,
    [`${stem}get_all_response`]: {
      type: 'object',
      properties: { items: { type: 'array', items: record }, Link: { type: 'array' } },
    },
    [`${stem}del_response`]: { type: 'object' },
  };
}

function head(title: string, description: string, server: string): Json {
  return {
    openapi: '3.0.1',
    'x-original-swagger-version': '3.0',
    info: { title, description, version: '1.0' },
    servers: [{ url: server }],
  };
}

function recordSchema(fields: readonly Field[]): Json {
  const system = ['Conflict Id', 'Created', 'Created By', 'Mod Id', 'Updated', 'Updated By'];
  return {
    type: 'object',
    required: system.filter((name) => fields.some((field) => field.name === name)),
    properties: Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          title: field.name,
          type: 'string',
          'x-siebel-datatype': dataTypes[field.type],
          'x-maxLength': String(field.length),
          'x-siebel-precision': '0',
          'x-siebel-scale': '0',
          ...(field.isReadOnly ? { 'x-siebel-readOnly': 'true' } : {}),
        },
      ]),
    ),
  };
}

const statuses: Readonly<Record<string, readonly number[]>> = {
  get: [200, 204, 401, 404, 500],
  post: [200, 204, 304, 401, 404, 500],
  put: [200, 204, 304, 401, 404, 500],
  delete: [200, 204, 304, 401, 404, 500],
};

function operation(method: string, stem: string): Json {
  const known = statuses[method] ?? [];
  const responses = known.map((status) => [
    String(status),
    { description: status === 404 ? 'There is no data for the requested resource' : String(status) },
  ]);
  return { operationId: `${method}_${stem}`, responses: Object.fromEntries(responses) };
}
