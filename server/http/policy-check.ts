import { Value } from 'typebox/value';
import { appointmentFields } from '../../shared/appointment.ts';
import { contactFields } from '../../shared/contact.ts';
import { domains, type Domain } from '../../shared/domain.ts';
import { taskFields } from '../../shared/task.ts';
import type { Failure, SiebelConnector } from '../connectors/connector.ts';
import { PolicySchema, type Policy } from '../../shared/policy.ts';
import { completePolicy } from '../store/complete-policy.ts';
import { placesOf, type Place } from './errors.ts';
import { problem, type ProblemError } from './problem.ts';

/** The policy a caller sent, completed with defaults; everything that is wrong with it is one problem that names each place. */
export function checkedPolicy(body: unknown): Policy {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw problem('invalid-policy', 'The policy is one JSON object; GET /api/admin/policy shows it.');
  }
  const document = completePolicy(body);
  if (!Value.Check(PolicySchema, document)) throw refused(placesOf(Value.Errors(PolicySchema, document)));
  const wrong = meaninglessIn(document);
  if (wrong.length > 0) throw refused(wrong);
  return document;
}

/**
 * The names of Siebel fields the document gives that Siebel's contacts or activities do not have, by their places. A read
 * that asks for one of them would fail as a whole. A failure: Siebel could not be asked.
 */
export async function unknownSiebelFields(
  siebel: SiebelConnector,
  policy: Policy,
): Promise<readonly Place[] | Failure> {
  const places: Place[] = [];
  for (const domain of domains) {
    const named = namedFields(policy, domain);
    const unknown =
      named.length === 0
        ? []
        : await siebel.unknownFields(domain, [...new Set(named.map(([, name]) => name))]);
    if ('kind' in unknown) return unknown;
    const strange = named.filter(([, name]) => unknown.includes(name));
    places.push(
      ...strange.map(([place, name]) => ({
        pointer: `/domains/${domain}/${place}/siebelField`,
        message: `Siebel's ${domain === 'contact' ? 'contacts' : 'activities'} have no field "${name}"`,
      })),
    );
  }
  return places;
}

/** Where in a domain's rules Siebel fields are named, and which. */
function namedFields({ domains: rules }: Policy, domain: Domain): readonly (readonly [string, string])[] {
  const renamed = Object.entries(rules[domain].fields).flatMap(([field, { siebelField }]) =>
    siebelField === null ? [] : [[`fields/${field}`, siebelField] as const],
  );
  if (domain !== 'contact') return renamed;
  const custom = rules.contact.customFields.map(
    ({ siebelField }, index) => [`customFields/${index}`, siebelField] as const,
  );
  return [...renamed, ...custom];
}

export function refused(wrong: readonly Place[]): ProblemError {
  const detail = wrong.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
  return problem('invalid-policy', `${detail}. Nothing was changed.`, { errors: wrong });
}

/** What the schema cannot say: names that mean nothing, or the same thing twice. */
function meaninglessIn(policy: Policy): readonly Place[] {
  return [
    ...unknownFields(policy),
    ...sharedCategories(policy),
    ...customFieldTwins(policy),
    ...groupTwins(policy),
  ];
}

function unknownFields({ domains: rules }: Policy): readonly Place[] {
  const known: Readonly<Record<keyof Policy['domains'], readonly string[]>> = {
    contact: contactFields,
    appointment: appointmentFields,
    task: taskFields,
  };
  return domains.flatMap((domain) =>
    Object.keys(rules[domain].fields)
      .filter((field) => !known[domain].includes(field))
      .map((field) => ({
        pointer: `/domains/${domain}/fields/${field}`,
        message: `unknown field "${field}"`,
      })),
  );
}

/** One category says one thing: an item that carries it belongs to one domain, and is an employee or not. */
function sharedCategories({ domains: rules }: Policy): readonly Place[] {
  const named = [
    ...domains.map((domain) => [`/domains/${domain}/category`, rules[domain].category] as const),
    ['/domains/contact/employeeCategory', rules.contact.employeeCategory] as const,
  ];
  const names = named.map(([, name]) => name.toLowerCase());
  return named
    .filter(([, name], index) => names.indexOf(name.toLowerCase()) !== index)
    .map(([pointer, name]) => ({ pointer, message: `the category "${name}" already means something else` }));
}

function customFieldTwins({ domains: { contact } }: Policy): readonly Place[] {
  const { customFields } = contact;
  return (['name', 'siebelField', 'exchangeProperty'] as const).flatMap((key) =>
    customFields.flatMap((field, index) =>
      customFields.findIndex((other) => other[key] === field[key]) === index
        ? []
        : [
            {
              pointer: `/domains/contact/customFields/${index}/${key}`,
              message: `"${field[key]}" is taken by another of the organisation's fields`,
            },
          ],
    ),
  );
}

function groupTwins({ groups }: Policy): readonly Place[] {
  return groups.flatMap(({ name }, index) =>
    groups.findIndex((other) => other.name === name) === index
      ? []
      : [{ pointer: `/groups/${index}/name`, message: `there is another group "${name}"` }],
  );
}
