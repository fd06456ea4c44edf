import type { Finding } from '../connector.ts';
import { describedFields, type Described } from './describe.ts';
import { ok, warning } from './finding.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';

/** One of ours in a Siebel field; `length` is `null` where nothing of it can be too long. */
type MappedField = Readonly<{ field: string; name: string; length: number | null }>;

type Probed = Readonly<{
  component: Exclude<Component, 'List Of Values'>;
  /** Every Siebel field we read. */
  names: readonly string[];
  /** Those we write. */
  written: readonly MappedField[];
}>;

/** What Siebel's own description says of the fields we rely on. */
export async function fieldFindings(
  siebel: Siebel,
  { component, names, written }: Probed,
): Promise<readonly Finding[]> {
  const check = `siebel.${component.toLowerCase()}.fields`;
  const answer = await siebel.client.describe([component, component]);
  if ('kind' in answer) {
    const message = `Siebel does not describe ${component}: ${answer.reason}`;
    return [warning(check, message, written.length > 0 ? lengthsAssumed : 'Its fields cannot be checked.')];
  }
  const described = describedFields(answer.json);
  const unknown = names.filter((name) => !described.has(name));
  const findings = written.flatMap((one) => tightFindings(check, one, described.get(one.name)));
  if (unknown.length > 0) {
    const message = `${component} is described without ${unknown.join(', ')}.`;
    findings.push(warning(check, message, 'Correct the field map if these stay empty in Outlook.'));
  }
  // Appointments and tasks lie in the same fields.
  const different = [...new Map(findings.map((finding) => [finding.message, finding])).values()];
  return different.length > 0 ? different : [ok(check, `All mapped fields of ${component} are described.`)];
}

const lengthsAssumed =
  'Shipped lengths are assumed: where yours are shorter, longer values are refused. Allow /describe.';

/** A field that holds less than it does as shipped, or that nothing can be written to. */
function tightFindings(
  check: string,
  { field, name, length }: MappedField,
  found: Described | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const holds = found?.maxLength ?? null;
  if (holds !== null && length !== null && holds < length) {
    const message = `${name} (${field}) holds ${holds} characters, not ${length}.`;
    findings.push(
      warning(check, message, 'Longer values are shortened in Siebel and stay whole in Outlook.'),
    );
  }
  if (found?.isReadOnly === true) {
    const message = `${name} (${field}) cannot be written.`;
    findings.push(warning(check, message, 'Set the field to travel to Outlook only.'));
  }
  return findings;
}
