import { defaultPolicy } from '../../shared/policy.ts';

const fieldDefaults = { enabled: true, direction: 'both', conflictWinner: null, siebelField: null };

/**
 * A policy document with every key: what it does not say is the shipped default. Lists and free-form tables are taken as
 * they are, each field of a field table is completed by itself. What is wrong in the document stays wrong; the schema says
 * so afterwards.
 */
export function completePolicy(document: unknown): unknown {
  return overlaid(defaultPolicy, document, '');
}

/** Tables whose keys the organisation chooses: a default in them is no key that is missing. */
const freeForm = '/categoryByLanguage';

function overlaid(shipped: unknown, given: unknown, path: string): unknown {
  if (given === undefined) return structuredClone(shipped);
  if (!isTable(shipped) || !isTable(given) || path.endsWith(freeForm)) return given;
  const known = Object.keys(shipped).map((key) => [
    key,
    overlaid(shipped[key], given[key], `${path}/${key}`),
  ]);
  const more = Object.entries(given).filter(([key]) => !Object.hasOwn(shipped, key));
  const rest = path.endsWith('/fields')
    ? more.map(([key, field]) => [key, isTable(field) ? { ...fieldDefaults, ...field } : field])
    : more;
  return Object.fromEntries([...known, ...rest]);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
