import type { FastifySchema } from 'fastify';

/** What every call of the API is for, by method and address; the page that describes the API shows it. */
export const operations: Readonly<Record<string, readonly [operationId: string, summary: string]>> = {
  'GET /health/live': ['isLive', 'The process answers'],
  'GET /health/ready': ['isReady', 'The process and its database answer'],
  'GET /api/me': ['me', 'Who I am, my domains with their categories and counts, my last sync'],
  'POST /api/sync': ['syncMine', 'Look at my mailbox now'],
  'GET /api/items': ['listItems', 'My Outlook items of a domain, each with where it stands'],
  'GET /api/items/:domain/:itemId': ['item', 'One item: its state and why, both sides, who attends, history'],
  'GET /api/categories': ['listCategories', 'My Outlook categories with their colours'],
  'PUT /api/marks/:domain/:itemId': ['mark', 'Keep an item in step; may be repeated'],
  'DELETE /api/marks/:domain/:itemId': ['unmark', 'Stop keeping an item in step; may be repeated'],
  'GET /api/people': [
    'whoIs',
    'Who people are, by address: my contacts with it, and what they are in Siebel',
  ],
  'POST /api/contacts': ['addContact', 'Make a contact in Outlook that is kept in step'],
  'GET /api/conflicts': ['listQuestions', 'My open questions: conflicts and doubtful matches'],
  'POST /api/conflicts/:id': ['answerQuestion', 'Answer a question: a side for each field, or a record'],
  'DELETE /api/conflicts/:id': ['takeAnswerBack', 'Take an answer back that was not carried out yet'],
  'GET /api/admin/status': ['status', 'Whether everything is in step, what is left to do, how everybody is'],
  'POST /api/admin/sync': ['syncAll', 'Look at both sides of everybody, or of one mailbox, now'],
  'GET /api/admin/people': ['listPeople', 'The user map'],
  'POST /api/admin/people': ['addPerson', 'Map a mailbox to a Siebel login'],
  'GET /api/admin/people/:mailbox': ['person', 'One line of the user map'],
  'PUT /api/admin/people/:mailbox': ['changePerson', 'Change a line of the user map, or add it'],
  'DELETE /api/admin/people/:mailbox': ['removePerson', 'End the sync of a mailbox; every copy is kept'],
  'GET /api/admin/policy': ['policy', 'The rules of the organisation'],
  'PUT /api/admin/policy': ['changePolicy', 'Replace the rules; they act at once'],
  'GET /api/admin/policy/schema': ['policySchema', 'The JSON Schema of the rules'],
  'GET /api/admin/journal': ['listJournal', 'What was done, the newest first'],
  'GET /api/admin/parked': ['listParked', 'What needs attention'],
  'POST /api/admin/parked/:id/retry': ['retryParked', 'Try again; let what a brake holds go on'],
  'POST /api/admin/parked/:id/reject': ['rejectParked', 'What a brake holds is not to happen'],
};

const outcomes: Readonly<Record<string, string>> = {
  '200': 'Done',
  '201': 'Added',
  '202': 'On its way',
  '204': 'Gone',
  '304': 'Not changed since',
  '503': 'Not available',
};

/** A route's schema as the description of the API shows it: with a name, a sentence, and problems as what they are. */
export function described(schema: FastifySchema, operation: string): FastifySchema {
  const known = operations[operation];
  const responses: Readonly<Record<string, unknown>> = isRecord(schema.response) ? schema.response : {};
  const response = Object.fromEntries(
    Object.entries(responses).map(([status, body]) => [status, describedAnswer(status, body)]),
  );
  const named = known === undefined ? {} : { operationId: known[0], summary: known[1] };
  return { ...schema, ...named, response };
}

function describedAnswer(status: string, schema: unknown): unknown {
  if (status === '204' || status === '304') return { description: outcomes[status], type: 'null' };
  const isProblem = status === 'default';
  const description = isProblem ? 'What went wrong, as RFC 9457 has it' : (outcomes[status] ?? status);
  return {
    description,
    content: { [isProblem ? 'application/problem+json' : 'application/json']: { schema } },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
