import { Button } from '@fluentui/react-components';
import type { ItemDetail } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';

/** The record in Siebel, with the way there. */
export function SiebelRecord({ item }: Readonly<{ item: ItemDetail }>) {
  const { say, outlook } = usePane();
  const { siebelId, siebelUrl } = item;
  if (siebelId === null) return null;
  return (
    <section className="record">
      <h2>{say('record')}</h2>
      <bdi>{siebelId}</bdi>
      {siebelUrl !== null && siebelUrl !== '' && (
        <Button size="small" onClick={() => outlook.openLink(siebelUrl)}>
          {say('openInSiebel')}
        </Button>
      )}
    </section>
  );
}
