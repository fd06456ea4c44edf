import type { World } from '../world.ts';
import type { Field } from './metadata.ts';

/** The field as this installation has it: a switch may make a date-time a plain date. */
export function asSwitched({ switches }: World, field: Field): Field {
  return field.dateIf !== null && switches.isOn(field.dateIf) ? { ...field, type: 'DATE' } : field;
}
