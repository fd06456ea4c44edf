import type { ItemDetail, JournalRow } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { Told } from './told.tsx';

/**
 * What each side holds, field by field, and where they are kept differently on purpose. In Outlook on the
 * web office.js moves the focus, and passes over a `summary` that names no tabindex.
 */
export function BothSides({ item }: Readonly<{ item: ItemDetail }>) {
  const { say } = usePane();
  const { fields, notes } = item;
  if (fields.length === 0) return null;
  return (
    <details className="more-facts">
      <summary tabIndex={0}>{say('both')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('inSiebel')}</th>
            <th scope="col">{say('inOutlook')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, label, siebel, exchange }) => (
            <tr key={field}>
              <th scope="row">
                <Told text={label} />
              </th>
              <td dir="auto">{siebel ?? '–'}</td>
              <td dir="auto">{exchange ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <>
          <h3>{say('notes')}</h3>
          <ul>
            {notes.map(({ field, what, reason }) => (
              <li key={`${field} ${what}`}>
                <Told text={reason} />
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

/** What was done with the item and why, the newest first. */
export function History({ history }: Readonly<{ history: readonly JournalRow[] }>) {
  const { say, format } = usePane();
  return (
    <details className="more-facts">
      <summary tabIndex={0}>{say('history')}</summary>
      {history.length === 0 ? (
        <p>{say('noHistory')}</p>
      ) : (
        <ol className="history">
          {history.map(({ id, at, why }) => (
            <li key={id}>
              <time dateTime={at}>{format.moment(at)}</time> <Told text={why} />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
