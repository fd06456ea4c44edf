import { useEffect, useEffectEvent, useState } from 'react';
import { keepLive } from '../../live.ts';
import { usePane } from '../pane-context.ts';
import { troubleOf, type Trouble } from '../state/trouble.ts';

type Live<Value> = Readonly<{
  /** Names what is read; with another name it begins anew. */
  name: string;
  read: (signal: AbortSignal) => Promise<Value>;
  /** Sooner than the server's news call for it, for what is on its way. */
  everyMs?: number;
  seen?: (value: Value) => void;
}>;

type Known<Value> = Readonly<{
  name: string;
  value: Value | null;
  trouble: Trouble | null;
  code: string | null;
}>;

/** What the server's news do not tell, such as a colleague's answer, waits no longer than this. */
export const calmMs = 60_000;

/** A value that follows the server: read at once, whenever the server's news say that something moved, and now and then. */
export function useLive<Value>({ name, read, everyMs = calmMs, seen }: Live<Value>) {
  const { me, report, worked } = usePane();
  const [known, setKnown] = useState<Known<Value>>({ name, value: null, trouble: null, code: null });
  const [again, setAgain] = useState(0);
  const readNow = useEffectEvent(async (signal: AbortSignal) => {
    const value = await read(signal);
    if (!signal.aborted) worked();
    return value;
  });
  const show = useEffectEvent((value: Value) => {
    setKnown({ name, value, trouble: null, code: null });
    seen?.(value);
  });
  const fail = useEffectEvent((error: unknown) => {
    const trouble = troubleOf(error);
    const code = codeOf(error);
    if (code === null) report(trouble);
    setKnown((before) => ({ name, value: before.name === name ? before.value : null, trouble, code }));
  });
  useEffect(() => {
    const live = keepLive({
      read: (signal) => readNow(signal),
      show: (value) => show(value),
      fail: (error) => fail(error),
      everyMs,
    });
    return live.stop;
  }, [name, everyMs, me, again]);
  const isOld = known.name !== name;
  return {
    value: isOld ? null : known.value,
    trouble: isOld ? null : known.trouble,
    /** The server's own word for what is wrong with this one item. */
    code: isOld ? null : known.code,
    now: () => setAgain((count) => count + 1),
  };
}

function codeOf(error: unknown): string | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'item-not-found' ? code : null;
}
