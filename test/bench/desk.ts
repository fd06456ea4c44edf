import { call, type Answer } from '../support/call.ts';

export type Person = Readonly<{ login: string; mailbox: string; employeeId: string; userId: string }>;
type Row = Readonly<Record<string, unknown>>;
type Written = Readonly<{ status: number; body: Row }>;
type Inner = Readonly<{ method: string; url: string; body?: unknown }>;
export type Count = Readonly<{
  side: string;
  method: string;
  route: string;
  count: number;
  operations: number;
}>;

/** What the benchmarks do themselves in the stand-ins: as people in Outlook, as the service account in Siebel. */
export type Desk = Readonly<{
  control: (method: string, path: string, body?: unknown) => Promise<Answer>;
  users: (count: number) => Promise<readonly Person[]>;
  /** A token for the product's API with the administrator's role. */
  adminToken: (person: Person) => Promise<string>;
  /** Requests since the last reset, without those of this desk. */
  counts: () => Promise<readonly Count[]>;
  /** Sends requests of a person's mailbox, twenty at a time. */
  graphBatch: (person: Person, inner: readonly Inner[]) => Promise<readonly Written[]>;
  contactsOf: (person: Person) => Promise<readonly Row[]>;
  /** The events of a person's own calendar, series as one, with times in UTC. */
  eventsOf: (person: Person) => Promise<readonly Row[]>;
  /** Writes records of one component a hundred at a time, and answers their ids. */
  siebelWrite: (
    method: 'POST' | 'PUT',
    component: string,
    rows: readonly Row[],
  ) => Promise<readonly string[]>;
  siebelListedFor: (person: Person, fields: readonly string[]) => Promise<readonly Row[]>;
  /** Records of a component that a search expression finds. */
  siebelFind: (component: string, search: string, fields: readonly string[]) => Promise<readonly Row[]>;
  /** Ids of the employees or contacts an activity is linked to. */
  siebelChildren: (activityId: string, child: 'Employee' | 'Contact') => Promise<readonly string[]>;
}>;

const batchSize = 20;
const arraySize = 100;
const siebelHeaders = { authorization: `Basic ${Buffer.from('SADMIN:SADMIN').toString('base64')}` };

export function deskAt(url: string): Desk {
  const own = new Map<string, number>();
  const tally = (key: string): void => void own.set(key, (own.get(key) ?? 0) + 1);
  const tokens = new Map<string, Promise<string>>();
  const control: Desk['control'] = (method, path, body) => well(`${url}/sandbox${path}`, { method, body });
  const tokenFor = async (body: Row): Promise<string> =>
    ((await control('POST', '/token', body)).json as { access_token: string }).access_token;
  const graphToken = (mailbox: string): Promise<string> => {
    const token = tokens.get(mailbox) ?? tokenFor({ mailbox, for: 'graph' });
    tokens.set(mailbox, token);
    return token;
  };
  const siebel = (method: string, path: string, body?: unknown): Promise<Answer> => {
    tally(`siebel ${method} /v1.0/data/${path.split('?')[0] ?? ''}`);
    return well(`${url}/siebel/v1.0/data/${path}`, { method, body, headers: siebelHeaders });
  };
  const graphRows = async ({ mailbox, userId }: Person, set: 'contacts' | 'events'): Promise<Row[]> => {
    const token = await graphToken(mailbox);
    const rows: Row[] = [];
    let next: string | undefined = `${url}/graph/v1.0/users/${userId}/${set}?$top=500`;
    while (next !== undefined) {
      tally(`graph GET /v1.0/users/{id}/${set}`);
      const page = (await well(next, { token })).json as { value: Row[]; '@odata.nextLink'?: string };
      rows.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return rows;
  };
  const siebelFind: Desk['siebelFind'] = async (component, search, fields) => {
    const rows: Row[] = [];
    for (;;) {
      const query = new URLSearchParams({
        ViewMode: 'All',
        uniformresponse: 'Y',
        childlinks: 'None',
        PageSize: String(arraySize),
        StartRowNum: String(rows.length),
        sortspec: 'Id:asc',
        fields: fields.join(','),
        searchspec: search,
        ...(rows.length > 9000 ? { ExecutionMode: 'ForwardOnly' } : {}),
      });
      const path = `${component}/${component}?${String(query).replaceAll('+', '%20')}`;
      tally(`siebel GET /v1.0/data/${component}/${component}`);
      const answer = await call(`${url}/siebel/v1.0/data/${path}`, { headers: siebelHeaders });
      if (answer.status === 404) return rows;
      if (answer.status !== 200)
        throw new Error(`Siebel answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      const { items } = answer.json as { items: Row[] };
      rows.push(...items);
      if (items.length < arraySize) return rows;
    }
  };
  return {
    control,
    users: async (count) =>
      (
        await control(
          'POST',
          '/users',
          Array.from({ length: count }, (_, index) => newUser(index)),
        )
      ).json as Person[],
    adminToken: ({ mailbox }) => tokenFor({ mailbox, for: 'api', roles: ['Siebel.Admin'] }),
    counts: async () => {
      const { requests } = (await control('GET', '/requests')).json as { requests: Count[] };
      return withoutOwn(requests, own);
    },
    graphBatch: async (person, inner) => {
      const token = await graphToken(person.mailbox);
      const answers: Written[] = [];
      for (let at = 0; at < inner.length; at += batchSize) {
        const requests = inner
          .slice(at, at + batchSize)
          .map((one, index) => ({ ...withType(one), id: String(index) }));
        tally('graph POST /v1.0/$batch');
        const { json } = await well(`${url}/graph/v1.0/$batch`, {
          method: 'POST',
          body: { requests },
          token,
        });
        const { responses } = json as { responses: (Written & { id: string })[] };
        answers.push(...responses.toSorted((a, b) => Number(a.id) - Number(b.id)));
      }
      const refused = answers.find(({ status }) => status >= 400);
      if (refused) throw new Error(`A mailbox refused what was put into it: ${JSON.stringify(refused)}`);
      return answers;
    },
    contactsOf: (person) => graphRows(person, 'contacts'),
    eventsOf: (person) => graphRows(person, 'events'),
    siebelWrite: async (method, component, rows) => {
      const ids: string[] = [];
      for (let at = 0; at < rows.length; at += arraySize) {
        const answer = await siebel(method, `${component}/${component}`, rows.slice(at, at + arraySize));
        ids.push(...(answer.json as { Id: string }[]).map(({ Id }) => Id));
      }
      return ids;
    },
    siebelListedFor: ({ login }, fields) => siebelFind('Contact', `EXISTS ([Sync List]='${login}')`, fields),
    siebelFind,
    siebelChildren: async (activityId, child) => {
      const path = `Action/Action/${activityId}/${child}?ViewMode=All&uniformresponse=Y&PageSize=100&StartRowNum=`;
      const ids: string[] = [];
      for (;;) {
        const answer = await call(`${url}/siebel/v1.0/data/${path}${ids.length}`, { headers: siebelHeaders });
        if (answer.status === 404) return ids;
        const { items } = answer.json as { items: { Id: string }[] };
        ids.push(...items.map(({ Id }) => Id));
        if (items.length < arraySize) return ids;
      }
    },
  };
}

async function well(url: string, options: Parameters<typeof call>[1]): Promise<Answer> {
  const answer = await call(url, options);
  if (answer.status < 400) return answer;
  throw new Error(
    `${options?.method ?? 'GET'} ${url.slice(0, 120)}: ${answer.status} ${answer.text.slice(0, 300)}`,
  );
}

function withType(inner: Inner): Row {
  return inner.body === undefined ? inner : { ...inner, headers: { 'content-type': 'application/json' } };
}

function newUser(index: number): Row {
  const number = String(index).padStart(4, '0');
  return {
    login: `REP${number}`,
    firstName: 'Rep',
    lastName: number,
    mailbox: `rep.${number}@example.com`,
    timeZone: 'Europe/Berlin',
  };
}

function withoutOwn(counts: readonly Count[], own: ReadonlyMap<string, number>): readonly Count[] {
  return counts.map((one) => ({
    ...one,
    count: one.count - (own.get(`${one.side} ${one.method} ${one.route}`) ?? 0),
  }));
}
