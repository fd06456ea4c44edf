import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { described } from './operations.ts';

/** `GET /api/openapi.json`: OpenAPI 3.1, made from the schemas the routes are checked by. */
export async function describeApi(app: FastifyInstance, { settings }: Context): Promise<void> {
  await app.register(swagger, {
    transform: ({ schema, url, route }) => ({
      schema: described(schema, `${[route.method].flat().join()} ${url}`),
      url,
    }),
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Siebel Sync for Outlook',
        version: '1.0.0',
        description:
          'Keeps contacts, appointments and tasks the same in Siebel CRM and Outlook. Errors are application/problem+json (RFC 9457) with a stable code.',
      },
      servers: [{ url: settings.publicUrl }],
      components: {
        securitySchemes: {
          entra: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'A Microsoft Entra access token for this API, of version 2.0, with the scope access_as_user.',
          },
        },
      },
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** The part of a route's schema all signed-in calls share. */
export const signedIn = { security: [{ entra: [] }] };
