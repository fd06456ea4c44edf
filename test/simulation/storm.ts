import { leaseMs } from '../../server/engine/lease.ts';
import type { Engine } from '../../server/engine/engine.ts';
import { lookEverywhere, workOff, workOnce, type MemoryWorld } from '../support/memory-world.ts';
import { Death } from './dying.ts';
import { calm, processIn, type Sky } from './weather.ts';

const lanes = ['siebel', 'mailbox', 'turn'] as const;

/** People do things while processes work, fail, die, oversleep and get in each other's way. */
export async function storm(
  world: MemoryWorld,
  sky: Sky,
  doSomething: (isUnderWay: boolean) => void,
): Promise<void> {
  const { chance } = sky;
  sky.weather = {
    failing: chance.pick([0, 0.1, 0.3]),
    dying: chance.pick([0, 0.1]),
    meddling: chance.pick([0, 0.2, 0.5]),
  };
  let others = processIn(world, sky);
  sky.meddle = async (mayOversleep) => {
    if (chance.is(0.6)) return doSomething(true);
    if (mayOversleep && chance.is(0.3)) world.clock.pass({ milliseconds: leaseMs + 1 });
    if (chance.is(0.5)) await lookEverywhere(world);
    others = await workSome(world, sky, others);
  };
  let engine = processIn(world, sky);
  for (let round = 0; round < 8; round += 1) {
    for (let deeds = chance.below(4); deeds > 0; deeds -= 1) doSomething(false);
    await lookEverywhere(world);
    for (let pieces = chance.below(8); pieces > 0; pieces -= 1) engine = await workSome(world, sky, engine);
    world.clock.pass({ seconds: chance.below(90) });
  }
}

/** A piece of work; if the process dies of it, another one is started. */
async function workSome(world: MemoryWorld, sky: Sky, engine: Engine): Promise<Engine> {
  try {
    await workOnce(world, engine, sky.chance.pick(lanes));
    return engine;
  } catch (error) {
    if (!(error instanceof Death)) throw error;
    return processIn(world, sky);
  }
}

/** The weather is good again, and everything comes to its end. */
export async function clearUp(world: MemoryWorld, sky: Sky): Promise<void> {
  sky.weather = calm;
  world.clock.pass({ milliseconds: leaseMs + 1 });
  for (let round = 0; round < 2; round += 1) await lookAndWork(world, sky);
}

/** What one more look at everything writes. */
export async function unrest(world: MemoryWorld, sky: Sky): Promise<readonly string[]> {
  const { siebel, exchange } = world.sides.rows;
  const events = siebel.events().length + exchange.events().length;
  await lookAndWork(world, sky);
  const more = siebel.events().length + exchange.events().length - events;
  return more === 0 ? [] : [`${more} writes at rest`];
}

async function lookAndWork(world: MemoryWorld, sky: Sky): Promise<void> {
  await lookEverywhere(world);
  await workOff(world, processIn(world, sky));
}
