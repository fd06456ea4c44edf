import type { Domain } from '../../../shared/domain.ts';
import type { ExchangeConnector } from '../connector.ts';

/** What one domain answers to; every verb is only asked about its own. */
export type DomainVerbs = Pick<
  ExchangeConnector,
  'changes' | 'read' | 'find' | 'create' | 'update' | 'remove' | 'feeds' | 'browse'
>;

/** Asks each domain its part, all at once so that they travel together, and puts the answers in the order of the questions. */
export async function askEach<Request, Answer>(
  requests: readonly Request[],
  domainOf: (request: Request) => Domain,
  ask: (domain: Domain, requests: readonly Request[]) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const groups = Map.groupBy(requests, domainOf);
  const answers = new Map<Request, Answer>();
  await Promise.all(
    [...groups].map(async ([domain, group]) => {
      const own = await ask(domain, group);
      for (const [index, request] of group.entries()) {
        const answer = own[index];
        if (answer !== undefined) answers.set(request, answer);
      }
    }),
  );
  return requests.map((request) => {
    const answer = answers.get(request);
    if (answer === undefined) throw new Error('A request to Outlook was left without an answer.');
    return answer;
  });
}
