import { isRecord } from '../json.ts';
import type { Issuer } from '../entra/tokens.ts';
import type { GraphSide } from '../graph/side.ts';
import type { SiebelSide } from '../siebel/siebel-side.ts';
import type { ControlledWorld } from './create-world.ts';

/** What the control desk steers. */
export type Sandbox = Readonly<{
  world: ControlledWorld;
  graph: GraphSide;
  siebel: SiebelSide;
  issuer: () => Issuer;
  /** Everything back to the seed. */
  reset: (seed: 'empty' | 'demo') => Promise<void>;
}>;

/** A request to the desk that cannot be carried out; answered with its status and its sentence. */
export class DeskError extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

export type Body = Readonly<Record<string, unknown>>;
/** A JSON object. */
export function objectFrom(body: unknown): Body {
  if (!isRecord(body)) {
    throw new DeskError(400, 'A JSON object was expected.');
  }
  return body;
}

/** A list of JSON objects; one alone counts as a list. */
export function listFrom(body: unknown): readonly Body[] {
  return Array.isArray(body) ? body.map(objectFrom) : [objectFrom(body)];
}

/** A text that must be there. */
export function textFrom(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '') throw new DeskError(400, `${name} is a text.`);
  return value;
}
