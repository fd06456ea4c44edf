import { Button } from '@fluentui/react-components';
import type { Domain } from '../../../shared/domain.ts';
import { useLive } from '../hooks/use-live.ts';
import { usePane } from '../pane-context.ts';
import { Notice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { ItemDetailView } from '../parts/item-detail-view.tsx';
import { withMarks } from '../state/marks.ts';

type ItemViewProps = Readonly<{
  domain: Domain;
  itemId: string;
  /** Where it was opened from a list: leads back there. */
  back?: () => void;
}>;

const busyMs = 800;

/** One item with everything there is to say about it, kept up to date. */
export function ItemView({ domain, itemId, back }: ItemViewProps) {
  const { api, say, seen, marks } = usePane();
  const name = `${domain}/${itemId}`;
  const isPressed = marks.has(name);
  const live = useLive({
    name,
    read: (signal) => api.item(domain, itemId, signal),
    ...(isPressed ? { everyMs: busyMs } : {}),
    seen: (item) => seen([item]),
  });
  const isGone = live.code === 'item-not-found';
  const isBroken = live.value === null && live.trouble !== null;
  return (
    <article className="item">
      {back && (
        <Button autoFocus size="small" appearance="subtle" className="back" onClick={back}>
          {say('back')}
        </Button>
      )}
      {isGone && (
        <Notice
          title={say('notThereTitle')}
          text={say('notThereText')}
          action={{ label: say('lookAgain'), run: live.now }}
        />
      )}
      {!isGone && isBroken && (
        <Notice
          isUrgent
          title={say('failedTitle')}
          text={say('failedText')}
          action={{ label: say('tryAgain'), run: live.now }}
        />
      )}
      {!isGone && !isBroken && live.value === null && <Skeleton label={say('loading')} />}
      {!isGone && live.value !== null && (
        <ItemDetailView item={withMarks(live.value, marks)} lookAgain={live.now} />
      )}
    </article>
  );
}
