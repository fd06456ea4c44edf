import type { Finding } from '../connector.ts';
import { probeActivities } from './activity/probe.ts';
import { readFields } from './contact-map.ts';
import { instantFromSiebel } from './dates.ts';
import { employeeFields } from './employee-map.ts';
import { failed, ok, unproven, warning } from './finding.ts';
import { list } from './listing.ts';
import { fieldFindings } from './probe-fields.ts';
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
    contactFindings(siebel),
    fieldFindings(siebel, {
      component: 'Employee',
      names: ['Login Name', 'Employment Status', ...employeeFields(siebel.employeeMap)],
      written: [],
    }),
    fieldFindings(siebel, { component: 'Account', names: ['Name', 'Location'], written: [] }),
    clockFindings(siebel),
    probeActivities(siebel),
  ]);
  return [...reached, ...rest.flat()];
}

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
        return unproven(component, mode, 'a record');
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

function contactFindings(siebel: Siebel): Promise<readonly Finding[]> {
  const written = Object.entries(siebel.map.columns).flatMap(([field, column]) =>
    column.at === 'field' ? [{ field, name: column.name, length: column.length }] : [],
  );
  return fieldFindings(siebel, { component: 'Contact', names: readFields(siebel.map), written });
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
