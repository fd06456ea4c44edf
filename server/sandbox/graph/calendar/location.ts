import { isObject } from '../call.ts';
import { badRequest } from '../refusal.ts';
import type { EventLocation } from './state.ts';

/** The place of an event without one. */
const nowhere: EventLocation = {
  displayName: '',
  locationType: 'default',
  uniqueIdType: 'unknown',
  address: {},
  coordinates: {},
};

const parts: readonly string[] = [
  'displayName',
  'locationEmailAddress',
  'locationUri',
  'locationType',
  'uniqueId',
  'uniqueIdType',
  'address',
  'coordinates',
];

/** `location` puts one place in the stead of all there were. */
export function readLocation(value: unknown): readonly EventLocation[] {
  if (value === null) return [];
  if (!isObject(value)) throw wrongLocation();
  for (const part of Object.keys(value)) {
    if (!part.includes('@') && !parts.includes(part)) {
      throw badRequest(
        `The property '${part}' does not exist on type 'microsoft.graph.location'.`,
        'RequestBodyRead',
      );
    }
  }
  const given = value['displayName'];
  if (given !== undefined && given !== null && typeof given !== 'string') throw wrongLocation();
  const displayName = given ?? '';
  const filled = Object.entries(value).filter(([part, held]) => !part.includes('@') && held !== null);
  if (displayName === '' && filled.every(([part]) => part === 'displayName')) return [];
  return [
    {
      displayName,
      locationType: 'default',
      ...(displayName !== '' && { uniqueId: displayName, uniqueIdType: 'private' }),
      ...Object.fromEntries(filled),
    },
  ];
}

export function readLocations(value: unknown): readonly EventLocation[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrongLocation();
  return value.flatMap((one: unknown) => readLocation(one));
}

/** One place for all of them: several are joined by their names. */
export function joinedLocation(locations: readonly EventLocation[]): EventLocation {
  const [first, ...others] = locations;
  if (!first) return nowhere;
  if (others.length === 0) return first;
  const displayName = locations.map((one) => String(one['displayName'])).join('; ');
  return { displayName, locationType: 'default', uniqueId: displayName, uniqueIdType: 'private' };
}

const wrongLocation = () =>
  badRequest(
    "Cannot convert the value of 'location' to the expected type 'microsoft.graph.location'.",
    'RequestBodyRead',
  );
