import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { TLocalizedValidationError } from 'typebox/error';
import type { Context } from '../context.ts';
import { isProblem, problem, sendProblem, type ProblemCode, type ProblemError } from './problem.ts';

/** Turns whatever goes wrong into a problem; what nobody foresaw is logged and shows no detail. */
export function installErrors(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const known = problemFrom(error);
    if (known === null) {
      context.log.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request failed',
      );
    }
    await sendProblem(reply, known ?? problem('internal-error', 'The error is in the log of the server.'));
  });
  const routes = routesOf(app);
  app.setNotFoundHandler(async (request, reply) => {
    await sendProblem(reply, missing(request, routes));
  });
}

/** What of fastify's own errors is the caller's doing. */
const byStatus: ReadonlyMap<number, ProblemCode> = new Map([
  [400, 'invalid-request'],
  [413, 'body-too-large'],
  [415, 'media-type'],
  [429, 'too-many-requests'],
]);

function problemFrom(error: FastifyError): ProblemError | null {
  if (isProblem(error)) return error;
  if (error.validation) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the validator compiler of this app gives no others
    const found = error.validation as unknown as readonly TLocalizedValidationError[];
    const errors = placesOf(found);
    const where = error.validationContext ?? 'request';
    const detail = errors.map(({ pointer, message }) => `${where}${pointer}: ${message}`).join('; ');
    return problem('invalid-request', `${detail}.`, { errors });
  }
  const code = byStatus.get(error.statusCode ?? 500);
  return code ? problem(code, error.message) : null;
}

export type Place = Readonly<{ pointer: string; message: string }>;

/** Validation errors as places people can find: unknown keys by name, the branches of a union as one line. */
export function placesOf(errors: readonly TLocalizedValidationError[]): readonly Place[] {
  const messages = new Map<string, Set<string>>();
  const say = (pointer: string, message: string) =>
    messages.set(pointer, (messages.get(pointer) ?? new Set()).add(message));
  for (const error of errors) {
    if (error.keyword === 'additionalProperties') {
      for (const key of error.params.additionalProperties)
        say(`${error.instancePath}/${key}`, `unknown key "${key}"`);
    } else if (error.keyword === 'enum') {
      say(error.instancePath, `must be one of ${error.params.allowedValues.map(String).join(', ')}`);
    } else if (error.keyword !== 'boolean' && error.keyword !== 'anyOf')
      say(error.instancePath, error.message);
  }
  return [...messages].map(([pointer, said]) => ({ pointer, message: [...said].join(' or ') }));
}

type Route = Readonly<{ pattern: RegExp; methods: string[] }>;

/** Remembers which addresses take which methods: fastify itself answers a wrong method like a wrong address. */
function routesOf(app: FastifyInstance): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>();
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replaceAll(/[.]/g, '\\.').replaceAll(/:[A-Za-z]+/g, '[^/]+')}$`);
    const route = routes.get(url) ?? { pattern, methods: [] };
    route.methods.push(...[method].flat());
    routes.set(url, route);
  });
  return routes;
}

function missing(request: FastifyRequest, routes: ReadonlyMap<string, Route>): ProblemError {
  const [path = ''] = request.url.split('?');
  const methods = [...routes.values()]
    .filter(({ pattern }) => pattern.test(path))
    .flatMap((route) => route.methods);
  if (methods.length === 0)
    return problem('not-found', `${request.method} leads nowhere here; see /api/openapi.json.`);
  const allow = [...new Set(methods)].join(', ');
  return problem('method-not-allowed', `This address takes ${allow}.`, { headers: { allow } });
}
