import { badRequest } from './refusal.ts';

/**
 * The segments of a path below `/v1.0`, decoded, in one of the spellings Graph takes: `users('a')` is `users/a`,
 * `microsoft.graph.delta()` is `delta`, and a chain of child folders is its last one.
 */
export function segmentsOf(rawPath: string): readonly string[] {
  const parts = rawPath
    .replace(/^\/+(v1\.0(\/|$))?/i, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
    .flatMap(unfolded);
  return withoutAncestors(parts);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw badRequest('The request URI is not valid.', 'BadRequest');
    throw error;
  }
}

function unfolded(part: string): readonly string[] {
  const key = /^(\w+)\('((?:[^']|'')*)'\)$/.exec(part);
  if (key) return [key[1] ?? '', (key[2] ?? '').replaceAll("''", "'")];
  const name = part.replace(/^microsoft\.graph\./i, '');
  const call = /^(\w+)\((.*)\)$/.exec(name);
  if (!call) return [name];
  return call[2] ? [call[1] ?? '', call[2]] : [call[1] ?? ''];
}

/** `contactFolders/{a}/childFolders/{b}/…` is `contactFolders/{b}/…`. */
function withoutAncestors(parts: readonly string[]): readonly string[] {
  const at = parts.findIndex((part, index) => /^childFolders$/i.test(part) && index + 1 < parts.length);
  const parent = parts[at - 2];
  if (at < 0 || parent === undefined || !/^contactFolders$/i.test(parent)) return parts;
  return withoutAncestors([...parts.slice(0, at - 1), ...parts.slice(at + 1)]);
}
