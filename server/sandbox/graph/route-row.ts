import type { Handler } from './call.ts';
import type { Need } from './gate.ts';

/** `list`: answers pages; `delta`: answers pages with tokens. Faults that cut listings fit these only. */
export type RouteShape = 'item' | 'list' | 'delta';

/** One line of a table of routes; `pattern` is below `/v1.0`, a part in braces is an id of that name. */
export type RouteRow = readonly [
  method: string,
  pattern: string,
  need: Need,
  handler: Handler,
  shape?: RouteShape,
];
