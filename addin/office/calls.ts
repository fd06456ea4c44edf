import { officeErrorOf, OfficeError, worthRepeating } from './office-error.ts';

/** What Outlook calls back with. */
export type OfficeResult<Value> = Readonly<{
  /** `succeeded`, or anything else. */
  status: unknown;
  value: Value;
  error?: Readonly<{ code: number; message: string }> | null;
}>;

type Call<Value> = Readonly<{
  /** For messages, e.g. `item.getItemIdAsync`. */
  name: string;
  /** The item the answer is about; null for calls about none. */
  generation: number | null;
  start: (done: (result: OfficeResult<Value>) => void) => void;
}>;

export type Calls = Readonly<{ run: <Value>(call: Call<Value>) => Promise<Value> }>;

type CallsOptions = Readonly<{ timeoutMs: number; generation: () => number }>;

/** Outlook on the web and on phones drops calls beyond three at a time. */
const mostAtOnce = 3;

/**
 * Runs Outlook's callback functions as promises: at most three at a time, each given up after `timeoutMs` because classic
 * Outlook loses callbacks, and an answer about an item that is no longer open is an `itemChanged`.
 */
export function createCalls({ timeoutMs, generation }: CallsOptions): Calls {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = async (): Promise<void> => {
    if (running >= mostAtOnce) await new Promise<void>((go) => waiting.push(go));
    running += 1;
  };
  const leave = (): void => {
    running -= 1;
    waiting.shift()?.();
  };
  const once = async <Value>(call: Call<Value>): Promise<Value> => {
    await enter();
    try {
      const value = await promised(call, timeoutMs);
      if (call.generation !== null && call.generation !== generation()) {
        throw new OfficeError('itemChanged', 0, `${call.name}: another item is open now.`);
      }
      return value;
    } finally {
      leave();
    }
  };
  return {
    run: async (call) => {
      try {
        return await once(call);
      } catch (error) {
        if (error instanceof OfficeError && error.code === worthRepeating) return once(call);
        throw error;
      }
    },
  };
}

function promised<Value>({ name, start }: Call<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new OfficeError('timeout', 0, `${name}: Outlook did not answer in ${timeoutMs} ms.`)),
      timeoutMs,
    );
    const done = ({ status, value, error }: OfficeResult<Value>): void => {
      clearTimeout(timer);
      if (status === 'succeeded') resolve(value);
      else reject(officeErrorOf(name, error ?? { code: 0, message: 'failed without a reason' }));
    };
    try {
      start(done);
    } catch (error) {
      clearTimeout(timer);
      const message = error instanceof Error ? error.message : String(error);
      reject(new OfficeError('unsupported', 0, `${name}: ${message}`));
    }
  });
}
