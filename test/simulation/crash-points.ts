import { expect } from 'vitest';
import type { Domain } from '../../shared/domain.ts';
import { leaseMs } from '../../server/engine/lease.ts';
import type { Db } from '../../server/store/db.ts';
import { savePolicy } from '../../server/store/policy.ts';
import {
  forgetAll,
  lookEverywhere,
  openMemoryWorld,
  workOff,
  type MemoryWorld,
} from '../support/memory-world.ts';
import { pictureOf } from './canon.ts';
import { policyAbout } from './policies.ts';
import { mortalEngine, type DeathPoint, type Mortal } from './dying.ts';

/** What lies on both sides at first load, and what people do on the day after. */
export type Story = Readonly<{
  logins: readonly string[];
  /** The domains it is about; the others are switched off. */
  about: readonly Domain[];
  found: (world: MemoryWorld) => void;
  change: (world: MemoryWorld) => void;
}>;

export const phases = ['first load', 'day'] as const;
type Phase = (typeof phases)[number];
type Picture = ReturnType<typeof pictureOf>;
type Played = Readonly<{ world: MemoryWorld; watched: Mortal }>;

type Death = Readonly<{ point: DeathPoint | null; isHurried: boolean }>;
type Telling = Readonly<{ db: Db; story: Story; phase: Phase }>;

const alive: Death = { point: null, isHurried: false };

/** A world with the story's people under a policy that has its domains only. */
async function openStory(db: Db, { logins, about }: Story): Promise<MemoryWorld> {
  await forgetAll(db);
  const world = await openMemoryWorld(db, logins);
  await savePolicy(db, { document: policyAbout(about), at: world.clock.now(), by: 'test' });
  return world;
}

/** The whole story; the process of the phase that is watched dies at the point. */
async function play({ db, story, phase }: Telling, { point, isHurried }: Death): Promise<Played> {
  const world = await openStory(db, story);
  story.found(world);
  let watched = mortalEngine(world, phase === 'first load' ? point : null);
  await goThrough(world, watched, isHurried);
  if (phase === 'first load') return { world, watched };
  story.change(world);
  watched = mortalEngine(world, point);
  await goThrough(world, watched, isHurried);
  return { world, watched };
}

/** Dies at every point there is, each time in a world of its own, and says where the end was another one. */
export async function brokenPoints(
  telling: Telling,
  isTried: (point: DeathPoint) => boolean = () => true,
): Promise<readonly string[]> {
  const whole = await play(telling, alive);
  const picture = pictureOf(whole.world);
  const broken: string[] = [];
  for (const point of pointsOf(whole.watched).filter(isTried)) {
    for (const isHurried of point.at === 'unseen' ? [false, true] : [false]) {
      const wrong = await wrongAt(telling, picture, { point, isHurried });
      if (wrong !== null)
        broken.push(`${nameOf(point, whole.watched)}${isHurried ? ', hurried' : ''}: ${wrong}`);
    }
  }
  return broken;
}

async function wrongAt(telling: Telling, picture: Picture, death: Death): Promise<string | null> {
  try {
    const { world } = await play(telling, death);
    await isQuiet(world);
    return differenceOf(picture, pictureOf(world));
  } catch (error) {
    return String(error);
  }
}

/**
 * A process looks at everything; if it dies, another one takes over, when the leases have run out. A hurried one first looks
 * at everything again, while the turns that were under way are still leased.
 */
async function goThrough(world: MemoryWorld, { engine, isDead }: Mortal, isHurried: boolean): Promise<void> {
  await lookEverywhere(world);
  try {
    await workOff(world, engine);
  } catch (error) {
    if (!isDead()) throw error;
  }
  if (!isDead()) return;
  if (isHurried) await lookEverywhere(world);
  else world.clock.pass({ milliseconds: leaseMs + 1 });
  await workOff(world, world.engine());
}

function nameOf({ at, call }: DeathPoint, { calls }: Mortal): string {
  return at === 'statement' ? `statement ${call}` : `${at}, call ${call}, ${calls[call - 1] ?? ''}`;
}

/**
 * At every call the process dies after it was carried out and before it was answered, and in turn right before or right
 * after. Statements are many and alike: every third is tried. `CRASH_POINTS=all` tries everything.
 */
const isThorough = process.env['CRASH_POINTS'] === 'all';
const stride = isThorough ? 1 : 3;

function pointsOf({ calls, statements }: Mortal): DeathPoint[] {
  const places = ['before', 'unseen', 'seen'] as const;
  const turns = [
    ['before', 'unseen'],
    ['unseen', 'seen'],
  ] as const;
  const placesAt = (index: number) => (isThorough ? places : (turns[index % 2] ?? places));
  return [
    ...calls.flatMap((_, index) => placesAt(index).map((at) => ({ at, call: index + 1 }))),
    ...Array.from({ length: Math.floor(statements() / stride) }, (_, index) => ({
      at: 'statement' as const,
      call: index * stride + 1,
    })),
  ];
}

/** A further look at everybody writes nothing. */
async function isQuiet(world: MemoryWorld): Promise<void> {
  const before = pictureOf(world);
  const { siebel, exchange } = world.sides.rows;
  const events = [siebel.events().length, exchange.events().length];
  await lookEverywhere(world);
  await workOff(world, world.engine());
  expect([siebel.events().length, exchange.events().length]).toEqual(events);
  expect(pictureOf(world)).toEqual(before);
}

function differenceOf(expected: Picture, found: Picture): string | null {
  const lines = (['siebel', 'outlook', 'mails'] as const).flatMap((side) => [
    ...minus(expected[side], found[side]).map((line) => `  - ${side} ${line}`),
    ...minus(found[side], expected[side]).map((line) => `  + ${side} ${line}`),
  ]);
  return lines.length === 0 ? null : `\n${lines.join('\n')}`;
}

function minus(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
