import type { Person, World } from '../world.ts';
import type { Claims, Keys } from './keys.ts';
import {
  apiAudience,
  applicationRoles,
  clientId,
  delegatedScopes,
  graphAudience,
  servicePrincipalId,
  tenantId,
} from './tenant.ts';

/** Seconds an access token lives. */
export const lifetimeSeconds = 3599;

export type Resource = 'graph' | 'api';

export type Issuer = Readonly<{
  issuer: string;
  /** A person's token for Graph or for our API; `scopes` and `roles` where they are not the usual ones. */
  delegated: (
    person: Person,
    resource: Resource,
    extra?: Readonly<{ scopes?: readonly string[]; roles?: readonly string[] }>,
  ) => Promise<string>;
  /** The app's own token, of the client-credentials flow. */
  application: (resource: Resource) => Promise<string>;
  idToken: (person: Person, nonce: string | null) => Promise<string>;
}>;

/** Makes the tokens of the tenant; `origin` is where the sandbox listens, for `iss`. */
export function createIssuer(world: World, keys: Keys, origin: string): Issuer {
  const issuer = `${origin}/entra/${tenantId}/v2.0`;

  const common = (audience: string): Claims => {
    const now = Math.floor(world.now().getTime() / 1000);
    return {
      aud: audience,
      iss: issuer,
      iat: now,
      nbf: now,
      exp: now + lifetimeSeconds,
      tid: tenantId,
      ver: '2.0',
      uti: world.uuid().replaceAll('-', '').slice(0, 22),
      rh: `0.${world.uuid().replaceAll('-', '').slice(0, 20)}`,
    };
  };

  return {
    issuer,
    delegated: (person, resource, extra = {}) =>
      keys.sign({
        ...common(audienceOf(resource)),
        ...personClaims(person),
        ...clientClaims,
        idtyp: 'user',
        scp: (extra.scopes ?? (resource === 'graph' ? delegatedScopes : ['access_as_user'])).join(' '),
        ...(extra.roles && extra.roles.length > 0 ? { roles: extra.roles } : {}),
      }),
    application: (resource) =>
      keys.sign({
        ...common(audienceOf(resource)),
        ...clientClaims,
        idtyp: 'app',
        oid: servicePrincipalId,
        sub: servicePrincipalId,
        app_displayname: 'Siebel Sync',
        roles: resource === 'graph' ? applicationRoles : [],
      }),
    idToken: (person, nonce) =>
      keys.sign({
        ...common(clientId),
        ...personClaims(person),
        ...(nonce === null ? {} : { nonce }),
      }),
  };
}

const clientClaims: Claims = { azp: clientId, appid: clientId, azpacr: '1' };

function audienceOf(resource: Resource): string {
  return resource === 'graph' ? graphAudience : apiAudience;
}

function personClaims(person: Person): Claims {
  return {
    oid: person.userId,
    // Entra's `sub` is another id for every app; only its stability matters.
    sub: `sub-${person.userId}`,
    name: person.displayName,
    preferred_username: person.mailbox,
    upn: person.mailbox,
  };
}
