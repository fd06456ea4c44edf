import { isRecord } from '../json.ts';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import type { SavedStore } from '../siebel/store.ts';
import type { SavedWorld } from './create-world.ts';
import type { Sandbox } from './desk-input.ts';

type State = Readonly<{ format: number; world: SavedWorld; graph: unknown; siebel: SavedStore }>;

/** Raised whenever the saved shapes change; a file of another format is left aside. */
const format = 2;
const pauseMs = 5000;

export type StateKeeper = Readonly<{
  isNew: boolean;
  /** Told of every request that may change something. */
  touch: () => void;
  /** Writes what there is and stops. */
  close: () => Promise<void>;
}>;

/**
 * Keeps the sandbox's data in a file: reads it now, writes it every few seconds in which something may have changed, and
 * at the end. Without a file it keeps nothing. Node's serializer is used because mailboxes hold maps and cycles.
 */
export async function stateKeeper(file: string | null, sandbox: Sandbox): Promise<StateKeeper> {
  if (file === null) return { isNew: true, touch: () => undefined, close: () => Promise.resolve() };
  const state = await readState(file);
  if (state !== null) {
    sandbox.world.restore(state.world);
    sandbox.graph.restore(state.graph);
    sandbox.siebel.restore(state.siebel);
  }
  let isTouched = false;
  const save = async () => {
    const { world, graph, siebel } = sandbox;
    isTouched = false;
    const next: State = { format, world: world.saved(), graph: graph.saved(), siebel: siebel.saved() };
    await writeFile(`${file}.new`, serialize(next));
    await rename(`${file}.new`, file);
  };
  let saving = Promise.resolve();
  const pulse = setInterval(() => {
    if (isTouched) saving = saving.then(save);
  }, pauseMs);
  pulse.unref();
  return {
    isNew: state === null,
    touch: () => {
      isTouched = true;
    },
    close: async () => {
      clearInterval(pulse);
      await saving.then(save);
    },
  };
}

async function readState(file: string): Promise<State | null> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  const state: unknown = deserialize(bytes);
  return isState(state) ? state : null;
}

/** Our own file of the present format; what is inside was written by this program. */
function isState(value: unknown): value is State {
  return isRecord(value) && value['format'] === format;
}
