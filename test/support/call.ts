export type Answer = Readonly<{ status: number; json: unknown; text: string; headers: Headers }>;

/** One HTTP call of a test, as a program from outside would make it. */
export async function call(
  url: string,
  options: { method?: string; body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { method = 'GET', body, token, headers = {} } = options;
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, json: isJson ? JSON.parse(text) : null, text, headers: response.headers };
}
