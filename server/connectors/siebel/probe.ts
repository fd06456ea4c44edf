import type { Finding } from '../connector.ts';
import { probeActivities } from './activity/probe.ts';
import { readFields } from './contact-map.ts';
import { instantFromSiebel } from './dates.ts';
import { describedFields, type Described } from './describe.ts';
import { employeeFields } from './employee-map.ts';
import { failed, ok, warning } from './finding.ts';
import { list } from './listing.ts';
import { isCaller } from './search-spec.ts';
import { seesAll, type Siebel } from './siebel.ts';
import { wholeQuery } from './sightings.ts';
import { valueOf, type Row } from './wire.ts';

/** Looks at every setting the sync relies on, without writing anything. */
export async function probe(siebel: Siebel): Promise<readonly Finding[]> {
  const reached = await reachFindings(siebel);
  if (reached.some(({ status }) => status === 'failed')) return reached;
  const rest = await Promise.all([
    identityFindings(siebel),
    fieldFindings(siebel, 'Contact', readFields(siebel.map)),
    fieldFindings(siebel, 'Employee', [
      'Login Name',
      'Employment Status',
      ...employeeFields(siebel.employeeMap),
    ]),
    fieldFindings(siebel, 'Account', ['Name', 'Location']),
    clockFindings(siebel),
    probeActivities(siebel),
  ]);
  return [...reached, ...rest.flat()];
}

type Probed = 'Contact' | 'Employee' | 'Account';

/** One live record of each component with everything we ask of it: describe alone proves nothing. */
async function reachFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    (['Contact', 'Employee', 'Account'] as const).map(async (component): Promise<Finding> => {
      const check = `siebel.${component.toLowerCase()}`;
      const mode = siebel.settings.viewModes[component];
      const whole = wholeQuery(siebel, component === 'Employee' ? 'Employee' : 'Contact', null);
      const account = { component, fields: ['Id', 'Updated', 'Name', 'Location'], children: {} };
      const query = component === 'Account' ? { ...whole, ...account } : whole;
      const page = await list(siebel, { ...query, size: 1 });
      if (page.answer === 'failed')
        return failed(check, page.failure.reason, 'Correct SIEBEL_URL, the account or the field map.');
      if (page.rows.length === 0) {
        return warning(
          check,
          `${component}: nothing is visible in view mode ${mode}.`,
          'Choose a wider view mode.',
        );
      }
      if (!seesAll(mode)) {
        const advice = 'Let the account use All, or deletions in Siebel will not be carried to Outlook.';
        return warning(
          check,
          `${component}: view mode ${mode} cannot prove that a record was deleted.`,
          advice,
        );
      }
      return ok(check, `${component}: a record was read with every mapped field.`);
    }),
  );
  const { readsNested } = siebel.learned;
  const how =
    readsNested === false ? 'one by one, which takes many more requests' : 'together with their record';
  return [...findings, ok('siebel.children', `Addresses, lists and teams are read ${how}.`)];
}

/** Wrong credentials may quietly run as a guest. */
async function identityFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const check = 'siebel.account';
  const self = await callerOf(siebel);
  if (self === null) {
    const advice = 'Check SIEBEL_USER and its password, and switch anonymous REST requests off.';
    return [warning(check, 'Siebel does not say whom it takes us for; it may be a guest.', advice)];
  }
  const login = valueOf(self, 'Login Name') ?? '';
  const { auth, timeZone } = siebel.settings;
  if (auth.scheme === 'basic' && login.toUpperCase() !== auth.user.toUpperCase()) {
    return [failed(check, `Siebel runs us as ${login}.`, 'Check SIEBEL_USER and anonymous REST requests.')];
  }
  const zone = valueOf(self, 'Time Zone');
  const isOther = zone !== null && zone.toUpperCase() !== timeZone.toUpperCase();
  const findings = [ok(check, `Siebel runs us as ${login}.`)];
  if (!isOther) return findings;
  const message = `The account's profile says ${zone}, SIEBEL_TIME_ZONE says ${timeZone}.`;
  return [...findings, warning('siebel.time-zone', message, 'Make both the same, at best UTC.')];
}

async function callerOf(siebel: Siebel): Promise<Row | null> {
  const spec = isCaller(siebel.field('Login Name'));
  const query = { ...wholeQuery(siebel, 'Employee', spec), children: {}, size: 1 };
  const page = await list(siebel, query);
  return page.answer === 'rows' ? (page.rows[0] ?? null) : null;
}

async function fieldFindings(
  siebel: Siebel,
  component: Probed,
  names: readonly string[],
): Promise<readonly Finding[]> {
  const check = `siebel.${component.toLowerCase()}.fields`;
  const answer = await siebel.client.describe([component, component]);
  if ('kind' in answer) {
    return [
      warning(
        check,
        `Siebel does not describe ${component}: ${answer.reason}`,
        component === 'Contact'
          ? 'Shipped lengths are assumed: where yours are shorter, longer values are refused. Allow /describe.'
          : 'Its fields cannot be checked.',
      ),
    ];
  }
  const described = describedFields(answer.json);
  const unknown = names.filter((name) => !described.has(name));
  const findings = tightFindings(siebel, described, check);
  if (unknown.length > 0) {
    const message = `${component} is described without ${unknown.join(', ')}.`;
    findings.push(warning(check, message, 'Correct the field map if these stay empty in Outlook.'));
  }
  return findings.length > 0 ? findings : [ok(check, `All mapped fields of ${component} are described.`)];
}

/** Fields that hold less than they do as shipped, and fields nothing can be written to. */
function tightFindings(siebel: Siebel, described: ReadonlyMap<string, Described>, check: string): Finding[] {
  if (check !== 'siebel.contact.fields') return [];
  const findings: Finding[] = [];
  for (const [field, column] of Object.entries(siebel.map.columns)) {
    if (column.at !== 'field') continue;
    const found = described.get(column.name);
    const holds = found?.maxLength ?? null;
    if (holds !== null && column.length !== null && holds < column.length) {
      const message = `${column.name} (${field}) holds ${holds} characters, not ${column.length}.`;
      findings.push(
        warning(check, message, 'Longer values are shortened in Siebel and stay whole in Outlook.'),
      );
    }
    if (found?.isReadOnly === true) {
      const message = `${column.name} (${field}) cannot be written.`;
      findings.push(warning(check, message, 'Set the field to travel to Outlook only.'));
    }
  }
  return findings;
}

/** Siebel's clock against ours, and records that would lie in the future if the time zone were right. */
async function clockFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const query = { ...wholeQuery(siebel, 'Contact', null), fields: ['Id', 'Updated'], children: {} };
  const page = await list(siebel, { ...query, sort: 'Updated:desc', size: 1 });
  if (page.answer === 'failed' || page.at === null) return [];
  const ours = siebel.settings.clock.now();
  const skew = Math.abs(ours.since(page.at).total('seconds'));
  const findings: Finding[] = [];
  if (skew > 60) {
    const message = `The clocks of Siebel's web server and ours differ by ${Math.round(skew)} s.`;
    findings.push(warning('siebel.clock', message, 'Let both follow the same time server.'));
  }
  const updated = instantFromSiebel(page.rows[0]?.values['Updated'] ?? '', siebel.settings.timeZone);
  if (updated !== null && updated.since(page.at).total('minutes') > 2) {
    const message = `Read in ${siebel.settings.timeZone}, the newest contact was written in the future.`;
    findings.push(
      failed('siebel.time-zone', message, "Set SIEBEL_TIME_ZONE to the zone of the account's profile."),
    );
  }
  return findings.length > 0 ? findings : [ok('siebel.clock', "Siebel's clock and times agree with ours.")];
}
