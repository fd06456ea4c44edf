import { Button, ProgressBar } from '@fluentui/react-components';
import { bulkWords, type useSelection } from '../hooks/use-selection.ts';
import { usePane } from '../pane-context.ts';

type BulkBarProps = Readonly<{ selection: ReturnType<typeof useSelection> }>;

/** What can be done with the chosen items, and how far it is. */
export function BulkBar({ selection }: BulkBarProps) {
  const { say } = usePane();
  const { chosen, bulk, isRunning } = selection;
  if (chosen.size === 0 && bulk === null) return null;
  if (isRunning && bulk !== null) {
    const { done, refused, total } = bulk;
    const words = say('progress', { done: done + refused, total });
    return (
      <div className="bulk">
        <ProgressBar
          aria-label={say('progressLabel')}
          aria-valuetext={words}
          value={done + refused}
          max={total}
        />
        <span>{words}</span>
        <Button size="small" onClick={selection.stop}>
          {say('stopBulk')}
        </Button>
      </div>
    );
  }
  return (
    <div className="bulk">
      {bulk !== null && <span className="bulk-words">{bulkWords(bulk, say)}</span>}
      {chosen.size > 0 && (
        <>
          <span>{say('selected', { count: chosen.size })}</span>
          <Button size="small" appearance="primary" onClick={() => selection.run(true)}>
            {say('syncSelected')}
          </Button>
          <Button size="small" onClick={() => selection.run(false)}>
            {say('stopSelected')}
          </Button>
        </>
      )}
      <Button size="small" appearance="subtle" onClick={selection.clear}>
        {say('clearSelection')}
      </Button>
    </div>
  );
}
