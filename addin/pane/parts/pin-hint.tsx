import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { Sight } from '../../office/port.ts';
import { usePane } from '../pane-context.ts';

/** Outlook on Mac tells an unpinned pane of no further item; a first change shows that this one is pinned. */
export function PinHint({ isNeeded, sight }: Readonly<{ isNeeded: boolean; sight: Sight | null }>) {
  const { say } = usePane();
  const [first] = useState(sight);
  const [isDismissed, setIsDismissed] = useState(false);
  const isMessage = sight?.state === 'open' && sight.item.type === 'message';
  if (!isNeeded || isDismissed || !isMessage || sight.generation !== first?.generation) return null;
  return (
    <div className="pin-hint">
      <span>{say('pinHint')}</span>
      <Button size="small" appearance="subtle" onClick={() => setIsDismissed(true)}>
        {say('dismiss')}
      </Button>
    </div>
  );
}
