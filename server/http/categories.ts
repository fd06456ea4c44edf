import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { CategoryList } from '../../shared/api-categories.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import { currentPolicy } from '../store/policy.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { unreachable } from './problem.ts';

/**
 * `GET /categories`: my categories with their colours. The add-in cannot ask Outlook itself: `mailbox.masterCategories` takes
 * ReadWriteMailbox, the highest level there is.
 */
export function categoryRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/categories',
      { schema: { ...signedIn, response: { 200: CategoryList, default: Problem } } },
      async (request) => {
        const person = await personOfCaller(context, request);
        const holder = holderFor(person, (await currentPolicy(context.db)).document);
        const items = await context.exchange.categories(holder);
        if ('kind' in items) throw unreachable(items);
        return { items: [...items] };
      },
    );
  };
}
