/**
 * Why there is no token. `interactionNeeded`: a click on "Sign in" helps; `cancelled`: the person closed it; `offline`: no
 * network; `consentNeeded`: an administrator has to agree; `blocked`: the tenant's rules or a pop-up blocker; `unavailable`:
 * this client cannot sign in at all; `failed`: none of these.
 */
export type SignInTrouble =
  | 'interactionNeeded'
  | 'cancelled'
  | 'offline'
  | 'consentNeeded'
  | 'blocked'
  | 'unavailable'
  | 'failed';

export class SignInError extends Error {
  readonly trouble: SignInTrouble;
  /** For the administrator who looks it up in Entra's sign-in log. */
  readonly correlationId: string | null;

  constructor(trouble: SignInTrouble, message: string, correlationId: string | null = null) {
    super(message);
    this.name = 'SignInError';
    this.trouble = trouble;
    this.correlationId = correlationId;
  }
}

/** What MSAL throws, as far as its names and codes say; nothing of it is shown to people. */
export function signInErrorOf(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const { name, errorCode, subError, message, correlationId } = partsOf(error);
  const said = `${errorCode} ${subError} ${message}`;
  const made = (trouble: SignInTrouble): SignInError =>
    new SignInError(trouble, message || errorCode || 'Sign-in failed.', correlationId);
  if (/user_cancel|access_denied/i.test(said)) return made('cancelled');
  if (/no_network|network_error|post_request_failed/i.test(said)) return made('offline');
  // AADSTS65001: nobody consented. AADSTS90094: only an administrator may.
  if (/AADSTS(65001|90094|650052)|consent_required|admin_consent/i.test(said)) return made('consentNeeded');
  // AADSTS53000…53011: conditional access.
  if (/AADSTS530\d\d|popup_window_error|empty_window_error/i.test(said)) return made('blocked');
  if (/nested_app_auth_bridge|nested_app_auth_unavailable|bridge_disabled/i.test(said))
    return made('unavailable');
  if (name === 'InteractionRequiredAuthError') return made('interactionNeeded');
  if (/no_account|no_tokens_found|login_required|interaction_required/i.test(said)) {
    return made('interactionNeeded');
  }
  return made('failed');
}

type Parts = Readonly<{
  name: string;
  errorCode: string;
  subError: string;
  message: string;
  correlationId: string | null;
}>;

function partsOf(error: unknown): Parts {
  const part = (key: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : null;
    return typeof value === 'string' ? value : '';
  };
  return {
    name: part('name'),
    errorCode: part('errorCode'),
    subError: part('subError'),
    message: part('errorMessage') || part('message'),
    correlationId: part('correlationId') || null,
  };
}
