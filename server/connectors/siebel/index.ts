import type { SiebelConnector, UpdateRequest } from '../connector.ts';
import { changes, census } from './contact-feed.ts';
import { columnOf } from './contact-map.ts';
import { create } from './create.ts';
import { employees, everyEmployee } from './employee.ts';
import { find } from './find.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';
import { remove } from './remove.ts';
import type { SiebelSettings } from './settings.ts';
import { openSiebel, withOwnLengths } from './siebel.ts';
import { unknownFields } from './unknown-fields.ts';
import { update } from './update.ts';

/** The Siebel side of the port, over Siebel REST. Opening it sends nothing. */
export function createSiebelConnector(settings: SiebelSettings): SiebelConnector {
  const now = openSiebel(settings);
  return {
    side: 'siebel',
    holds: (field) => columnOf(now().map, field).at !== 'nowhere',
    changes: (requests) => changes(now(), requests),
    census: (requests) => census(now(), requests),
    read: (requests) => read(now(), requests),
    find: (requests) => find(now(), requests),
    create: async (requests) => create(requests.length > 0 ? await withOwnLengths(now()) : now(), requests),
    update: async (requests) =>
      update(requests.some(sendsFields) ? await withOwnLengths(now()) : now(), requests),
    remove: (requests) => remove(now(), requests),
    employees: (logins) => employees(now(), logins),
    everyEmployee: () => everyEmployee(now()),
    unknownFields: (names) => unknownFields(now(), names),
    probe: () => probe(now()),
  };
}

/** Lists change without a value that could be too long, and employees are Siebel's own. */
function sendsFields({ ref, fields }: UpdateRequest): boolean {
  return fields.length > 0 && ref.startsWith('Contact/');
}
