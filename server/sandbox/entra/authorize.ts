import type { WireAnswer, WireRequest } from '../wire.ts';
import type { Person, World } from '../world.ts';
import type { Grants } from './grants.ts';
import { wantedFrom } from './scopes.ts';
import { clientId } from './tenant.ts';

/**
 * `GET …/oauth2/v2.0/authorize`: a page with the sandbox's mailboxes; a click signs in and goes back with a code.
 * `login_hint` with `prompt=none` signs in without a page, as MSAL's silent flow does.
 */
export function authorizeAnswer(world: World, grants: Grants, request: WireRequest): WireAnswer {
  const { query } = request;
  const redirectUri = query.get('redirect_uri');
  if (query.get('client_id')?.toLowerCase() !== clientId) {
    return page(400, 'AADSTS700016: The application was not found in the directory.');
  }
  if (redirectUri === null || !URL.canParse(redirectUri)) {
    return page(400, 'AADSTS900144: The request must contain the parameter redirect_uri.');
  }
  const wrong = wrongParameter(query);
  if (wrong !== null) return back(query, redirectUri, { error: wrong.error, error_description: wrong.text });
  const isSilent = query.get('prompt') === 'none';
  const chosen = query.get('sandbox_user') ?? (isSilent ? query.get('login_hint') : null);
  const person = chosen === null ? null : world.people.byMailbox(chosen);
  if (person !== null) {
    return back(query, redirectUri, { code: codeFor(person, grants, query, redirectUri) });
  }
  if (isSilent) {
    const text = 'AADSTS50058: A silent sign-in request was sent but no user is signed in.';
    return back(query, redirectUri, { error: 'login_required', error_description: text });
  }
  return signInPage(world, query);
}

function wrongParameter(query: URLSearchParams): { error: string; text: string } | null {
  if (query.get('response_type') !== 'code') {
    return {
      error: 'unsupported_response_type',
      text: 'AADSTS700051: response_type is not enabled for the application.',
    };
  }
  const method = query.get('code_challenge_method');
  if (query.has('code_challenge') && method !== 'S256') {
    return { error: 'invalid_request', text: 'AADSTS501491: code_challenge_method must be S256.' };
  }
  const wanted = wantedFrom(query.get('scope') ?? '');
  if ('unknown' in wanted) {
    return { error: 'invalid_scope', text: `AADSTS70011: The scope '${wanted.unknown}' is not valid.` };
  }
  return null;
}

function codeFor(person: Person, grants: Grants, query: URLSearchParams, redirectUri: string): string {
  return grants.issueCode({
    mailbox: person.mailbox,
    redirectUri,
    scope: query.get('scope') ?? '',
    nonce: query.get('nonce'),
    challenge: query.get('code_challenge'),
  });
}

/** Goes back to the application in the query or, as single-page applications ask for, in the fragment. */
function back(
  query: URLSearchParams,
  redirectUri: string,
  values: Readonly<Record<string, string>>,
): WireAnswer {
  const state = query.get('state');
  const parameters = new URLSearchParams({ ...values, ...(state === null ? {} : { state }) }).toString();
  const isFragment = query.get('response_mode') === 'fragment';
  const joint = isFragment ? '#' : redirectUri.includes('?') ? '&' : '?';
  return { status: 302, headers: { location: `${redirectUri}${joint}${parameters}` }, body: null };
}

function signInPage(world: World, query: URLSearchParams): WireAnswer {
  const links = world.people.all().map((person) => {
    const choice = new URLSearchParams(query);
    choice.set('sandbox_user', person.mailbox);
    const label = `${escaped(person.displayName)} (${escaped(person.mailbox)})`;
    return `<li><a href="?${escaped(choice.toString())}">${label}</a></li>`;
  });
  const list = links.length > 0 ? `<ul>${links.join('')}</ul>` : '<p>There are no mailboxes yet.</p>';
  return html(200, 'Sign in', `<h1>Sign in to the sandbox</h1><p>Pick an account</p>${list}`);
}

/** `GET …/oauth2/v2.0/logout`. */
export function logoutAnswer(request: WireRequest): WireAnswer {
  const target = request.query.get('post_logout_redirect_uri');
  if (target !== null && URL.canParse(target)) {
    return { status: 302, headers: { location: target }, body: null };
  }
  return page(200, 'You signed out of your account.');
}

function page(status: number, text: string): WireAnswer {
  return html(status, 'Sandbox sign-in', `<p>${escaped(text)}</p>`);
}

function html(status: number, title: string, content: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main>${content}</main></body></html>`,
  };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
