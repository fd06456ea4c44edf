import { useEffect, useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { OpenItem, Sight } from '../../office/port.ts';
import { usePane } from '../pane-context.ts';
import { Notice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { ItemView } from './item-view.tsx';
import { MessagePanel } from './message-panel.tsx';

/** What is open in Outlook right now. */
export function ThisItemPanel({ sight }: Readonly<{ sight: Sight | null }>) {
  const { say } = usePane();
  if (sight === null) return <Skeleton label={say('loading')} />;
  if (sight.state === 'none') return <Notice title={say('nothingOpen')} text={say('nothingOpenText')} />;
  if (sight.state === 'gone') return <Notice title={say('goneTitle')} text={say('goneText')} />;
  const { item } = sight;
  if (item.isMeetingMail) return <Notice title={say('meetingMailTitle')} text={say('meetingMailText')} />;
  if (item.type === 'message') return <MessagePanel key={item.identity} item={item} />;
  if (item.itemId === null) return <UnsavedPanel key={item.identity} item={item} />;
  return <ItemView domain="appointment" itemId={item.itemId} />;
}

/** A new appointment: it is marked by a category that is saved together with it, or once it is saved; nothing is saved unasked. */
function UnsavedPanel({ item }: Readonly<{ item: OpenItem }>) {
  const { say, outlook, me, announce } = usePane();
  const [said, setSaid] = useState<string | null>(null);
  const category = me.domains.find(({ domain }) => domain === 'appointment')?.category ?? null;
  useEffect(() => {
    if (said !== null) announce(said);
  }, [said, announce]);
  const mark = async (): Promise<void> => {
    const isMarked = category !== null && (await outlook.hintCategory(category, true));
    setSaid(say(isMarked ? 'markedWhenSaved' : 'cannotMarkUnsaved'));
  };
  return (
    <Notice title={item.subject || say('unsavedTitle')} text={say('unsavedText')}>
      {said === null ? (
        <Button appearance="primary" onClick={() => void mark()}>
          {say('markWhenSaved')}
        </Button>
      ) : (
        <p>{said}</p>
      )}
    </Notice>
  );
}
