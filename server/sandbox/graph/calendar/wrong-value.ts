import { badRequest } from '../refusal.ts';

/** What is no member of an enumeration. */
export const notFound = (name: string, value: unknown) =>
  badRequest(
    `Requested value '${shown(value)}' was not found for the property '${name}'.`,
    'RequestBodyRead',
  );

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export const wrongType = (name: string, type: string) =>
  badRequest(`Cannot convert the value of '${name}' to the expected type '${type}'.`, 'RequestBodyRead');
