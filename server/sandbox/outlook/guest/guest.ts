/*
 * Runs in the add-in's frames before office.js: what Outlook's frame brings there. A script of its own, not a module,
 * because it has to be done before the library begins.
 */
(() => {
  /** The part of MicrosoftAjax office.js uses, so that nothing is loaded from the internet. */
  class StringBuilder {
    parts: string[] = [];
    append(part: string): void {
      this.parts.push(part);
    }
    toString(): string {
      return this.parts.join('');
    }
  }
  const serializer = {
    serialize: (value: unknown) => JSON.stringify(value),
    deserialize: (text: string): unknown => JSON.parse(text),
  };
  const registered = (): void => undefined;
  /** `Strings.OfficeOM` becomes an object within an object of the window. */
  const registerNamespace = (name: string): void => {
    let place: object = window;
    for (const part of name.split('.')) {
      const known: unknown = Reflect.get(place, part);
      const next = typeof known === 'object' && known !== null ? known : {};
      Reflect.set(place, part, next);
      place = next;
    }
  };
  Object.assign(Function, {
    _validateParams: () => null,
    registerNamespace,
    registerClass: registered,
  });
  Object.assign(Function.prototype, { registerClass: registered });
  Object.assign(window, {
    Type: Function,
    Sys: {
      StringBuilder,
      Serialization: { JavaScriptSerializer: serializer },
      Debug: { trace: registered },
      Browser: { agent: null, InternetExplorer: {} },
    },
  });

  /** Nested app authentication: MSAL asks, the person of the stand-in is signed in already. */
  type Asked = Readonly<{ requestId: string; method: string; tokenParams?: Readonly<{ scope?: string }> }>;
  const listeners: ((answer: string) => void)[] = [];
  const answer = (asked: Asked, body: Readonly<Record<string, unknown>>): void => {
    const text = JSON.stringify({
      messageType: 'NestedAppAuthResponse',
      requestId: asked.requestId,
      ...body,
    });
    for (const listener of listeners) listener(text);
  };
  /** What the program around the frame says of itself; a window of its own has none around it. */
  const outlook = () => document.defaultView?.parent.document.body?.dataset;
  const mailbox = (): string => outlook()?.['mailbox'] ?? '';
  const token = async (asked: Asked): Promise<void> => {
    const response = await fetch('/sandbox/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mailbox: mailbox(), for: 'api' }),
    });
    if (!response.ok) {
      answer(asked, { success: false, error: { status: 'USER_INTERACTION_REQUIRED', code: 'no_account' } });
      return;
    }
    const { access_token: text } = await response.json();
    const claims = JSON.parse(
      atob(String(text).split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''),
    );
    answer(asked, {
      success: true,
      token: {
        access_token: text,
        // The same text: MSAL only reads who it is from it.
        id_token: text,
        expires_in: 3599,
        scope: asked.tokenParams?.scope ?? '',
      },
      account: {
        homeAccountId: `${claims.oid}.${claims.tid}`,
        environment: 'login.microsoftonline.com',
        tenantId: claims.tid,
        username: claims.preferred_username,
        localAccountId: claims.oid,
        name: claims.name,
      },
    });
  };
  if (outlook()?.['signIn'] === 'window') return;
  Object.assign(window, {
    nestedAppAuthBridge: {
      addEventListener: (_type: string, listener: (text: string) => void) => listeners.push(listener),
      postMessage: (text: string) => {
        const asked: Asked = JSON.parse(text);
        const initContext = { sdkName: 'sandbox', sdkVersion: '1.0.0', capabilities: {} };
        if (asked.method === 'GetInitContext') answer(asked, { success: true, initContext });
        else void token(asked);
      },
    },
  });
})();
