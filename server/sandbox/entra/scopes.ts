import { apiAudience, clientId, delegatedScopes, graphAudience } from './tenant.ts';
import type { Resource } from './tokens.ts';

const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

export type Wanted = Readonly<{
  resource: Resource;
  /** Scopes of the resource, without its prefix; null for `/.default`, which means all that was consented to. */
  scopes: readonly string[] | null;
  openId: readonly string[];
}>;

/** Reads the `scope` parameter; answers the offending word where Entra would refuse it. */
export function wantedFrom(scope: string): Wanted | Readonly<{ unknown: string }> {
  const words = scope.split(' ').filter((word) => word !== '');
  const openId = words.filter((word) => openIdScopes.includes(word));
  const wanted: { resource: Resource; name: string }[] = [];
  for (const word of words.filter((word) => !openIdScopes.includes(word))) {
    const found = resourceScope(word);
    if (found === null) return { unknown: word };
    wanted.push(found);
  }
  const resource = wanted[0]?.resource ?? 'graph';
  const names = wanted.map(({ name }) => name);
  return { resource, scopes: names.includes('.default') || names.length === 0 ? null : names, openId };
}

function resourceScope(word: string): { resource: Resource; name: string } | null {
  for (const prefix of [`${apiAudience}/`, `${clientId}/`]) {
    if (!word.startsWith(prefix)) continue;
    const name = word.slice(prefix.length);
    return name === 'access_as_user' || name === '.default' ? { resource: 'api', name } : null;
  }
  const bare = word.startsWith(`${graphAudience}/`) ? word.slice(graphAudience.length + 1) : word;
  if (bare === '.default' && bare !== word) return { resource: 'graph', name: bare };
  const known = delegatedScopes.find((scope) => scope.toLowerCase() === bare.toLowerCase());
  return known === undefined ? null : { resource: 'graph', name: known };
}
