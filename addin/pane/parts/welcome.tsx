import { Button } from '@fluentui/react-components';
import type { Say } from '../texts.ts';

const points = ['welcomeMark', 'welcomeBoth', 'welcomePrivate'] as const;

/** What the pane is for, before anybody is asked to sign in. */
export function Welcome({ say, start }: Readonly<{ say: Say; start: () => void }>) {
  return (
    <main className="notice welcome">
      <h1>{say('welcomeTitle')}</h1>
      <ul>
        {points.map((point) => (
          <li key={point}>{say(point)}</li>
        ))}
      </ul>
      <Button appearance="primary" onClick={start}>
        {say('welcomeStart')}
      </Button>
    </main>
  );
}
