import { isJson, textAt, type Json } from '../wire.ts';
import { initialData } from './initial-data.ts';
import { appContext, askedFrom, frameName, replyTo, type Asked } from './message.ts';
import { execute } from './methods.ts';
import type { Program } from './open-item.ts';

/**
 * The other end of office.js: one frame with an add-in's page, and the messages between the two. Written from what
 * `@microsoft/office-js` 1.1.110 sends and takes.
 */
export type OfficeHost = Readonly<{
  frame: HTMLIFrameElement;
  /** Another item is open, or none. */
  itemChanged: () => void;
  themeChanged: () => void;
  /** Presses a ribbon button; resolves when the function says that it has ended. */
  runCommand: (functionName: string) => Promise<void>;
  close: () => void;
}>;

const itemEvent = 'olkItemSelectedChanged';
const commandEvent = 'appCommandInvoked';
const themeEvent = 'officeThemeChanged';
const commandEnded = 94;
let count = 0;

export function createOfficeHost(program: Program, url: string, title: string): OfficeHost {
  const id = nextName('stand-in');
  const frame = frameFor(frameName(id, program.language), url, title);
  const events = createEvents((text) => frame.contentWindow?.postMessage(text, location.origin));
  const running = new Map<string, () => void>();
  const invoked = (asked: Asked): unknown => {
    const data = isJson(asked.data) ? asked.data : {};
    if (asked.name === 'executeMethod') return executed(data, running);
    return answers[asked.name]?.({ program, id, data }) ?? null;
  };
  const received = async ({ source, data }: MessageEvent): Promise<void> => {
    const asked = source === frame.contentWindow ? askedFrom(data) : null;
    if (asked?.act === 'invoke') events.answer(asked, await invoked(asked));
    else if (asked !== null) events.keep(asked);
    if (asked?.name === themeEvent) pushTheme();
    if (asked?.name === itemEvent && isBehind) pushItem();
  };
  // This version of the library has the theme in its event only, so whoever begins to listen is told at once.
  const pushTheme = (): void => void events.push(themeEvent, [JSON.stringify(themes[program.theme()])]);
  /** Another item was opened between the library's first look and its registration: it is told then. */
  let isBehind = false;
  const pushItem = (): void => {
    isBehind = !events.push(itemEvent, program.open() === null ? '' : initialData(program));
  };
  const listener = (message: MessageEvent): void => void received(message);
  window.addEventListener('message', listener);
  return {
    frame,
    itemChanged: pushItem,
    themeChanged: pushTheme,
    runCommand: async (functionName) => {
      await events.untilKept(commandEvent);
      const name = nextName('command');
      await new Promise<void>((end) => {
        running.set(name, end);
        events.push(commandEvent, [name, functionName, JSON.stringify({ source: { id: functionName } })]);
      });
      running.delete(name);
    },
    close: () => {
      window.removeEventListener('message', listener);
      frame.remove();
    },
  };
}

/** The four colours Outlook tells, as numbers. */
const themes = {
  light: {
    bodyBackgroundColor: 0xffffff,
    bodyForegroundColor: 0x242424,
    controlBackgroundColor: 0xf5f5f5,
    controlForegroundColor: 0x242424,
  },
  dark: {
    bodyBackgroundColor: 0x1f1f1f,
    bodyForegroundColor: 0xffffff,
    controlBackgroundColor: 0x292929,
    controlForegroundColor: 0xffffff,
  },
} as const;

type Call = Readonly<{ program: Program; id: string; data: Json }>;

const answers: Readonly<Record<string, (call: Call) => unknown>> = {
  ContextActivationManager_getAppContextAsync: ({ id, program }) => appContext(id, program),
  GetInitialData: ({ program }) => initialData(program),
  ExecuteMethod: ({ program, data }) => execute(program, dispatchIdIn(data, 'MethodData'), data['ApiParams']),
};

/** What is not about an item: a ribbon function that has ended. */
function executed(data: Json, running: ReadonlyMap<string, () => void>): Json {
  if (dispatchIdIn(data, 'DdaMethod') === commandEnded) running.get(textAt(data, '0'))?.();
  return { Version: 1, Error: 0 };
}

/** The events the add-in has registered for. */
function createEvents(post: (text: string) => void) {
  const kept = new Map<string, Asked>();
  const waiting = new Map<string, () => void>();
  return {
    answer: (asked: Asked, data: unknown): void => post(replyTo(asked, 'answer', data)),
    keep: (asked: Asked): void => {
      if (asked.act === 'register') kept.set(asked.name, asked);
      else kept.delete(asked.name);
      post(replyTo(asked, 'answer', { Error: 0 }));
      waiting.get(asked.name)?.();
      waiting.delete(asked.name);
    },
    /** False where nobody listens yet. */
    push: (name: string, data: unknown): boolean => {
      const asked = kept.get(name);
      if (asked) post(replyTo(asked, 'event', data));
      return asked !== undefined;
    },
    untilKept: async (name: string): Promise<void> => {
      if (!kept.has(name)) await new Promise<void>((go) => waiting.set(name, go));
    },
  };
}

/** The name has to stand there before the page loads. */
function frameFor(name: string, url: string, title: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.name = name;
  frame.title = title;
  frame.src = url;
  return frame;
}

function nextName(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

function dispatchIdIn(data: Json, holder: string): number {
  const method = data[holder];
  return isJson(method) && typeof method['DispatchId'] === 'number' ? method['DispatchId'] : -1;
}
