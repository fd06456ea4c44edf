import type { WireAnswer } from '../wire.ts';

/** A refusal as Siebel words it: `{"ERROR":"<text>(SBL-…)"}`. */
export class SiebelError extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(status: number, text: string, code: string | null) {
    super(text);
    this.status = status;
    this.code = code;
  }
}

function error(status: number, code: string | null, text: string): SiebelError {
  return new SiebelError(status, text, code);
}

/** Codes, texts and statuses of `facts/siebel-rest.md` 3.5; where the status is unknown, business errors are 500. */
export const fail = {
  noData: () => error(404, null, 'There is no data for the requested resource'),
  noResource: () => error(404, null, 'Invalid object name in the requested resource'),
  unauthorized: () =>
    error(
      401,
      'SBL-UIF-00272',
      'The user ID or password that you entered is incorrect. Please enter the correct user ID and password and try again.',
    ),
  method: (method: string) => error(405, null, `Method ${method} is not allowed`),
  mediaType: () => error(415, null, 'Unsupported media type; use application/json'),
  body: () => error(400, 'SBL-EAI-50246', 'The request body is not valid JSON'),
  accessDenied: (resource: string) =>
    error(403, 'SBL-DAT-00825', `Access to the resource '${resource}' is denied`),
  objectNotEnabled: (object: string) =>
    error(500, 'SBL-EAI-50297', `Business Object '${object}' is not enabled for access via REST`),
  unknownComponent: (name: string, object: string) =>
    error(500, 'SBL-EAI-50257', `Business Component '${name}' is not found in Business Object '${object}'`),
  unknownField: (name: string, component: string) =>
    error(500, 'SBL-EAI-50258', `Field '${name}' is not valid for Business Component '${component}'`),
  unknownBodyField: (name: string, component: string) =>
    error(
      500,
      'SBL-DAT-00398',
      `Field '${name}' does not exist in definition for business component '${component}'. Please ask your systems administrator to check your application configuration.`,
    ),
  unknownSearchField: (name: string, component: string) =>
    error(
      500,
      'SBL-DAT-00416',
      `The field '${name}' does not exist in the definition for business component '${component}'`,
    ),
  literal: (value: string, name: string) =>
    error(500, 'SBL-DAT-00359', `The value '${value}' can not be converted for field '${name}'`),
  searchSpec: (text: string) =>
    error(
      500,
      'SBL-DAT-00501',
      `Invalid search specification '${text}'. Please continue or ask your systems administrator to check your application configuration if the problem persists.`,
    ),
  searchTooLong: (length: number) =>
    error(500, 'SBL-DAT-00501', `Search specification of ${length} characters is longer than 2000`),
  pageSize: (size: string, most: number) =>
    error(
      500,
      'SBL-EAI-04447',
      `PageSize '${size}' cannot be greater than '${most}' specified by the server parameter 'MaximumPageSize'`,
    ),
  argument: (value: string, name: string) =>
    error(500, 'SBL-EAI-04388', `Invalid value '${value}' for argument '${name}'`),
  tooManyRows: () =>
    error(
      500,
      'SBL-DAT-00500',
      'There were more rows than could be returned. Please refine your query to bring back fewer rows.',
    ),
  noUserKey: (component: string) =>
    error(
      500,
      'SBL-EAI-04397',
      `No user key can be used for the Integration Component instance '${component}'`,
    ),
  required: (name: string) =>
    error(500, 'SBL-DAT-00498', `'${name}' is a required field. Please enter a value for the field.`),
  tooLong: (name: string, most: number) =>
    error(500, 'SBL-DAT-00188', `Value too long for field '${name}' (maximum size is ${most})`),
  wrongValue: (name: string) =>
    error(500, 'SBL-DAT-00510', `Wrong field values or value types detected in field ${name}.`),
  picklist: (name: string, component: string, list: string) =>
    error(
      500,
      'SBL-DAT-00225',
      `The value entered in field ${name} of buscomp ${component} does not match any value in the bounded pick list ${list}.`,
    ),
  matchExists: (component: string, id: string) =>
    error(
      409,
      'SBL-EAI-04383',
      `Insert operation on integration component '${component}' failed because a matching record in business component '${component}' with search specification '[Id] = "${id}"' was found`,
    ),
  duplicate: (component: string) =>
    error(
      500,
      'SBL-DAT-00381',
      `The same values for '${component}' already exist. If you would like to enter a new record, please make sure that the field values are unique.`,
    ),
  noRows: (component: string) =>
    error(400, 'SBL-EAI-04378', `No rows retrieved corresponding to the business component '${component}'`),
  modified: () =>
    error(
      500,
      'SBL-DAT-00523',
      'The selected record has been modified by another user since it was retrieved',
    ),
  tooManyRecords: (most: number) =>
    error(500, 'SBL-EAI-50293', `A request cannot carry more than ${most} records`),
  notAssociated: (component: string, id: string) =>
    error(
      500,
      'SBL-EAI-04401',
      `No record with Id '${id}' to associate was found in business component '${component}'`,
    ),
  readOnlyComponent: (component: string) =>
    error(500, 'SBL-EAI-04184', `No inserts are allowed in the integration component '${component}'`),
  busy: () =>
    error(503, 'SBL-SSM-00003', 'Error opening SISNAPI connection: the maximum of connections is in use'),
} as const;

const statusTexts: Readonly<Record<number, readonly [string, string | null]>> = {
  403: ['Access to the resource is denied', 'SBL-DAT-00825'],
  404: ['There is no data for the requested resource', null],
  409: ['Insert operation failed because a matching record was found', 'SBL-EAI-04383'],
  429: ['Too many requests', null],
  503: ['Error opening SISNAPI connection', 'SBL-SSM-00003'],
};

/** The body that goes with a status a fault asks for. */
export function errorOfStatus(status: number): SiebelError {
  if (status === 401) return fail.unauthorized();
  const [text, code] = statusTexts[status] ?? ['Internal: the task could not be completed', 'SBL-SVR-01042'];
  return error(status, code, text);
}

export function errorAnswer(failure: SiebelError): WireAnswer {
  const text = failure.code === null ? failure.message : `${failure.message}(${failure.code})`;
  return {
    status: failure.status,
    headers: failure.status === 401 ? { 'www-authenticate': 'Basic realm="Siebel"' } : {},
    body: { ERROR: text },
  };
}
