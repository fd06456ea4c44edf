import type { SiebelConnector } from '../connector.ts';
import { changes, census } from './contact-feed.ts';
import { columnOf } from './contact-map.ts';
import { create } from './create.ts';
import { employees, everyEmployee } from './employee.ts';
import { find } from './find.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';
import { remove } from './remove.ts';
import type { SiebelSettings } from './settings.ts';
import { openSiebel } from './siebel.ts';
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
    create: (requests) => create(now(), requests),
    update: (requests) => update(now(), requests),
    remove: (requests) => remove(now(), requests),
    employees: (logins) => employees(now(), logins),
    everyEmployee: () => everyEmployee(now()),
    probe: () => probe(now()),
  };
}
