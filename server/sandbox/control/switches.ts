import type { Switches } from '../world.ts';

type Value = boolean | number | string;

/** Thrown for a name nobody declared or a value of another type; the control desk answers it as 400. */
export class UnknownSwitch extends Error {}

/** The switches of `POST /sandbox/behaviour`; a value keeps the type of its default. */
export function createSwitches(): Switches {
  const declared = new Map<string, { value: Value; initial: Value; meaning: string }>();

  const known = (name: string) => {
    const found = declared.get(name);
    if (!found) {
      throw new UnknownSwitch(`There is no switch "${name}"; there are ${[...declared.keys()].join(', ')}.`);
    }
    return found;
  };

  return {
    declare: (name, defaultValue, meaning) => {
      declared.set(name, { value: defaultValue, initial: defaultValue, meaning });
    },
    isOn: (name) => Boolean(known(name).value),
    value: (name) => known(name).value,
    set: (name, value) => {
      const found = known(name);
      if (typeof value !== typeof found.initial) {
        throw new UnknownSwitch(`The switch "${name}" takes a ${typeof found.initial}.`);
      }
      found.value = value;
    },
    all: () =>
      Object.fromEntries([...declared].map(([name, { value, meaning }]) => [name, { value, meaning }])),
    reset: () => {
      for (const found of declared.values()) found.value = found.initial;
    },
  };
}
