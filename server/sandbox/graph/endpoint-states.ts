/**
 * How the service judges a notification endpoint, by host and over windows of 10 minutes (microsoft-graph-docs-contrib
 * #9863): more than 10 % of answers slower than 3 s make it slow, and everything comes 10 minutes late; more than 15 %
 * slower than 10 s make it one to drop, and what falls into the next 10 minutes is lost.
 */
type EndpointState = 'well' | 'slow' | 'drop';

export type EndpointStates = Readonly<{
  stateOf: (url: string, now: number) => EndpointState;
  noteAnswer: (url: string, speed: 'quick' | 'slow' | 'verySlow', now: number) => void;
  clear: () => void;
}>;

export const windowMs = 10 * 60_000;

type Window = {
  startsAt: number;
  answers: number;
  slow: number;
  verySlow: number;
  state: EndpointState;
  until: number;
};

export function createEndpointStates(): EndpointStates {
  const windows = new Map<string, Window>();
  return {
    stateOf: (url, now) => {
      const window = windows.get(new URL(url).host);
      return window && now < window.until ? window.state : 'well';
    },
    noteAnswer: (url, speed, now) => {
      const { host } = new URL(url);
      const window = openWindow(windows.get(host), now);
      windows.set(host, window);
      window.answers += 1;
      if (speed !== 'quick') window.slow += 1;
      if (speed === 'verySlow') window.verySlow += 1;
      const state = judge(window);
      if (state === 'well') return;
      window.state = state;
      window.until = now + windowMs;
    },
    clear: () => windows.clear(),
  };
}

function openWindow(window: Window | undefined, now: number): Window {
  if (window && now < window.startsAt + windowMs) return window;
  const { state, until } = window ?? { state: 'well' as const, until: 0 };
  return { startsAt: now, answers: 0, slow: 0, verySlow: 0, state, until };
}

function judge(window: Window): EndpointState {
  if (window.verySlow > 0.15 * window.answers) return 'drop';
  return window.slow > 0.1 * window.answers ? 'slow' : 'well';
}
