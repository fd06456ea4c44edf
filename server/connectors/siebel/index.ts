import type { Connector, FindRequest, SiebelConnector, UpdateRequest } from '../connector.ts';
import { holdsField } from './activity/activity-map.ts';
import { createActivityTypes } from './activity/activity-types.ts';
import { create as createActivities } from './activity/create.ts';
import { census as activityCensus, changes as activityChanges } from './activity/feed.ts';
import { findByStamp } from './activity/find.ts';
import { read as readActivities } from './activity/read.ts';
import { remove as removeActivities } from './activity/remove.ts';
import { update as updateActivities } from './activity/update.ts';
import { census, changes } from './contact-feed.ts';
import { columnOf } from './contact-map.ts';
import { create } from './create.ts';
import { byDomain, isContactKind, isOfContacts, listsContacts } from './dispatch.ts';
import { employees, everyEmployee } from './employee.ts';
import { find } from './find.ts';
import { isContactField } from './names.ts';
import { probe } from './probe.ts';
import { read } from './read.ts';
import { remove } from './remove.ts';
import type { SiebelSettings } from './settings.ts';
import { openSiebel, withOwnActivityLengths, withOwnLengths, type Siebel } from './siebel.ts';
import { unknownFields } from './unknown-fields.ts';
import { update } from './update.ts';

/** The Siebel side of the port, over Siebel REST. Opening it sends nothing. */
export function createSiebelConnector(settings: SiebelSettings): SiebelConnector {
  const now = openSiebel(settings);
  const activityTypes = createActivityTypes(settings.clock);
  const contact = contactVerbs(now);
  const activity = activityVerbs(now);
  return {
    side: 'siebel',
    holds: (domain, field) => {
      if (domain !== 'contact') return holdsField(now().activity.map, domain, field);
      return isContactField(field) && columnOf(now().map, field).at !== 'nowhere';
    },
    changes: (all) => byDomain(all, isOfContacts, { contact: contact.changes, activity: activity.changes }),
    census: (all) => byDomain(all, listsContacts, { contact: contact.census, activity: activity.census }),
    read: (all) => byDomain(all, isOfContacts, { contact: contact.read, activity: activity.read }),
    find: (all) => byDomain(all, isOfContacts, { contact: contact.find, activity: activity.find }),
    create: (all) => byDomain(all, isContactKind, { contact: contact.create, activity: activity.create }),
    update: (all) => byDomain(all, isContactKind, { contact: contact.update, activity: activity.update }),
    remove: (all) => byDomain(all, isOfContacts, { contact: contact.remove, activity: activity.remove }),
    employees: (logins) => employees(now(), logins),
    everyEmployee: () => everyEmployee(now()),
    unknownFields: (domain, names) => unknownFields(now(), domain, names),
    activityTypes: () => activityTypes(now()),
    probe: () => probe(now()),
  };
}

type Verbs = Omit<Connector, 'side' | 'holds'> & Pick<SiebelConnector, 'census'>;

function contactVerbs(now: () => Siebel): Verbs {
  return {
    changes: (requests) => changes(now(), requests),
    census: (requests) => census(now(), requests),
    read: (requests) => read(now(), requests),
    find: (requests) => find(now(), requests),
    create: async (requests) => create(await withOwnLengths(now()), requests),
    update: async (requests) =>
      update(requests.some(sendsFields) ? await withOwnLengths(now()) : now(), requests),
    remove: (requests) => remove(now(), requests),
  };
}

function activityVerbs(now: () => Siebel): Verbs {
  return {
    changes: (requests) => activityChanges(now(), requests),
    census: (requests) => activityCensus(now(), requests),
    read: (requests) => readActivities(now(), requests),
    find: (requests) => findActivities(now(), requests),
    create: async (requests) => createActivities(await withOwnActivityLengths(now()), requests),
    update: async (requests) => updateActivities(await withOwnActivityLengths(now()), requests),
    remove: (requests) => removeActivities(now(), requests),
  };
}

/** Siebel knows no iCalUId: whoever asks by one is told that nothing is there. */
async function findActivities(siebel: Siebel, requests: readonly FindRequest[]) {
  const stamped = requests.filter((request) => request.by === 'stamp');
  const found = (await findByStamp(siebel, stamped)).values();
  return requests.map((request) => {
    const next = request.by === 'stamp' ? found.next() : null;
    return next === null || next.done === true ? ({ answer: 'found', sightings: [] } as const) : next.value;
  });
}

/** Lists change without a value that could be too long, and employees are Siebel's own. */
function sendsFields({ ref, fields }: UpdateRequest): boolean {
  return fields.length > 0 && ref.startsWith('Contact/');
}
