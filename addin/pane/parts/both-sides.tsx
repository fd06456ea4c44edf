import type { ItemDetail, JournalRow } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { valueAt } from '../state/values.ts';
import { wordsIn } from '../words/words.ts';
import { Because, Why } from './why.tsx';

/**
 * What each side holds, field by field, and where they are kept differently on purpose. In Outlook on the
 * web office.js moves the focus, and passes over a `summary` that names no tabindex.
 */
export function BothSides({ item }: Readonly<{ item: ItemDetail }>) {
  const { say, language } = usePane();
  const { fields, notes, values } = item;
  const words = wordsIn(language);
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
          {fields.map(({ field, siebel, exchange }) => (
            <tr key={field}>
              <th scope="row">
                <bdi>{words.label(field)}</bdi>
              </th>
              <td dir="auto">{words.value(field, valueAt(values.siebel, field), siebel) ?? '–'}</td>
              <td dir="auto">{words.value(field, valueAt(values.exchange, field), exchange) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <>
          <h3>{say('notes')}</h3>
          <ul>
            {notes.map(({ field, what, reason, because }) => (
              <li key={`${field} ${what}`}>
                <Because because={because} reason={reason} />
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
          {history.map(({ id, at, why, reasons }) => (
            <li key={id}>
              <time dateTime={at}>{format.moment(at)}</time> <Why reasons={reasons} why={why} />
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
