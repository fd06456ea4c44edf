import type { Filter } from '../filter-parse.ts';
import type { Query } from '../query.ts';
import { unreachable } from '../../unreachable.ts';

/** A query in which the times of events are compared as instants; text without an offset is UTC. */
export const withInstants = (query: Query): Query =>
  query.filter === null ? query : { ...query, filter: instants(query.filter) };

function instants(filter: Filter): Filter {
  switch (filter.is) {
    case 'both':
    case 'either':
      return { ...filter, left: instants(filter.left), right: instants(filter.right) };
    case 'not':
      return { ...filter, inner: instants(filter.inner) };
    case 'compare':
      return isTime(filter.left)
        ? { ...filter, right: instantIn(filter.right) }
        : isTime(filter.right)
          ? { ...filter, left: instantIn(filter.left) }
          : filter;
    case 'each':
    case 'some':
    case 'call':
    case 'path':
    case 'literal':
    case 'instant':
      return filter;
  }
  return unreachable(filter);
}

const isTime = (filter: Filter): boolean =>
  filter.is === 'path' && /^(start|end)\/dateTime$/i.test(filter.steps.join('/'));

function instantIn(filter: Filter): Filter {
  if (filter.is !== 'literal' || typeof filter.value !== 'string') return filter;
  const hasOffset = /(Z|[+-]\d\d:\d\d)$/i.test(filter.value);
  const hasTime = filter.value.includes('T');
  const ms = Date.parse(hasOffset || !hasTime ? filter.value : `${filter.value.slice(0, 23)}Z`);
  return Number.isNaN(ms) ? filter : { is: 'literal', value: ms };
}
