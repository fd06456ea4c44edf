import type { Failure, Finding } from '../../connector.ts';
import { failed, ok, unproven, warning } from '../finding.ts';
import { list } from '../listing.ts';
import { fieldFindings } from '../probe-fields.ts';
import { seesAll, type Siebel } from '../siebel.ts';
import { wholeQuery } from '../sightings.ts';
import { activityReadFields } from './activity-map.ts';
import { valuesOf } from './activity-types.ts';

/** Looks at everything appointments and tasks rely on, without writing anything. */
export async function probeActivities(siebel: Siebel): Promise<readonly Finding[]> {
  const reached = await reachFindings(siebel);
  if (reached.some(({ status }) => status === 'failed')) return reached;
  const rest = await Promise.all([
    activityFindings(siebel),
    exceptionFindings(siebel),
    listFindings(siebel, {
      type: 'ACTIVITY_DISPLAY_CODE',
      setting: 'SIEBEL_ACTIVITY_DISPLAYS',
      wanted: Object.values(siebel.settings.activity.displays),
    }),
    listFindings(siebel, {
      type: 'EVENT_STATUS',
      setting: 'SIEBEL_TASK_STATUSES',
      wanted: writtenOf(siebel.settings.activity.statuses),
    }),
    listFindings(siebel, {
      type: 'ACTIVITY_PRIORITY',
      setting: 'SIEBEL_PRIORITIES',
      wanted: writtenOf(siebel.settings.activity.priorities),
    }),
    listFindings(siebel, {
      type: 'TODO_TYPE',
      setting: 'SIEBEL_ACTIVITY_TYPES',
      wanted: Object.values(siebel.settings.activity.types),
    }),
  ]);
  return [...reached, ...rest.flat()];
}

/** One live activity with all its people: describe alone proves nothing. */
async function reachFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const check = 'siebel.action';
  const mode = siebel.settings.viewModes.Action;
  const { employee, contact } = siebel.settings.activity.children;
  const page = await pageWith(siebel, [employee, contact]);
  if (page !== 'read') {
    return [failed(check, page.reason, 'Correct SIEBEL_ACTIVITY_CHILDREN, the view mode or the field map.')];
  }
  if (!seesAll(mode)) {
    return [unproven('Action', mode, 'an activity')];
  }
  return [ok(check, 'Action: activities are read with every mapped field and their people.')];
}

function activityFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const { map } = siebel.activity;
  const columns = [...Object.entries(map.appointment), ...Object.entries(map.task)];
  const written = columns.flatMap(([field, { name, type, length }]) =>
    name === null ? [] : [{ field, name, length: type === 'text' ? length : null }],
  );
  return fieldFindings(siebel, { component: 'Action', names: activityReadFields(map), written });
}

/** The name of this child is the customer's own; without it series with exceptions are held as separate activities. */
async function exceptionFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const check = 'siebel.action.exceptions';
  const { exception } = siebel.settings.activity.children;
  if (exception === null) {
    return [ok(check, 'Series with cancelled or moved occurrences are held as separate activities.')];
  }
  const page = await pageWith(siebel, [exception]);
  if (page === 'read') return [ok(check, `Repeating activities are read with their ${exception}.`)];
  const message = `Action: ${exception} cannot be read: ${page.reason}`;
  return [failed(check, message, 'Give its name in SIEBEL_ACTIVITY_CHILDREN, or null to do without it.')];
}

async function pageWith(siebel: Siebel, names: readonly string[]): Promise<'read' | Failure> {
  const query = wholeQuery(siebel, 'Action', null);
  const children = Object.fromEntries(
    Object.entries(query.children).filter(([name]) => names.includes(name)),
  );
  const page = await list(siebel, { ...query, children, size: 1 });
  return page.answer === 'failed' ? page.failure : 'read';
}

type Wanted = Readonly<{ type: string; setting: string; wanted: readonly string[] }>;

/** Values we write that the customer's list does not have would be refused. */
async function listFindings(siebel: Siebel, { type, setting, wanted }: Wanted): Promise<readonly Finding[]> {
  const check = `siebel.lov.${type.toLowerCase()}`;
  const values = await valuesOf(siebel, type);
  if ('kind' in values) {
    return [
      warning(check, `The list ${type} cannot be read: ${values.reason}`, 'Allow List Of Values over REST.'),
    ];
  }
  const missing = wanted.filter((value) => !values.includes(value));
  if (missing.length === 0) return [ok(check, `The list ${type} has every value we write.`)];
  const message = `The list ${type} does not have ${missing.join(', ')}.`;
  return [warning(check, message, `Give your own values in ${setting}.`)];
}

/** Of values that mean the same the first is written. */
function writtenOf(meanings: readonly (readonly [siebel: string, ours: string])[]): readonly string[] {
  const groups = Map.groupBy(meanings, ([, ours]) => ours);
  return [...groups.values()].flatMap(([first]) => first?.[0] ?? []);
}
