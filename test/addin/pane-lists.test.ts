import { describe, expect, test } from 'vitest';
import {
  answerFrom,
  changeOutbox,
  everySide,
  openQuestions,
  outboxWith,
  proposed,
  remember,
} from '../../addin/pane/state/answers.ts';
import { runBulk, type Bulk, type Fared } from '../../addin/pane/state/bulk.ts';
import { changeRows, nextPlace, noRows, placeOfRow, type Rows } from '../../addin/pane/state/rows.ts';
import { timeAsked } from '../../addin/pane/state/time.ts';
import { question, summary } from './pane-data.ts';

const page = (from: number, count: number, next: string | null) => ({
  items: Array.from({ length: count }, (_, at) => summary({ itemId: String(from + at) })),
  next,
});
const { query } = noRows;
const loaded = (): Rows => {
  const first = changeRows(noRows, { event: 'pageSeen', query, after: null, page: page(0, 3, 'b') });
  const asked = changeRows(first, { event: 'moreAsked' });
  return changeRows(asked, { event: 'pageSeen', query, after: 'b', page: page(3, 3, 'c') });
};
const ids = ({ pages }: Rows) => pages.flatMap(({ items }) => items.map(({ itemId }) => itemId)).join('');

describe('a list', () => {
  test('grows page by page', () => {
    expect(ids(loaded())).toBe('012345');
    expect(nextPlace(loaded())).toBe('c');
    expect(loaded().loading).toBeNull();
  });

  test('keeps the pages behind one that is read again', () => {
    const fresh = changeRows(loaded(), {
      event: 'pageSeen',
      query,
      after: null,
      page: page(6, 2, 'elsewhere'),
    });
    expect(ids(fresh)).toBe('67345');
    expect(nextPlace(fresh)).toBe('c');
  });

  test('knows which page a row is on', () => {
    expect(placeOfRow(loaded(), 2)).toBeNull();
    expect(placeOfRow(loaded(), 3)).toBe('b');
    expect(placeOfRow(loaded(), 99)).toBe('b');
    expect(placeOfRow(noRows, 0)).toBeNull();
  });

  test('shows an item once that comes on two pages', () => {
    const again = changeRows(loaded(), { event: 'pageSeen', query, after: 'b', page: page(2, 3, null) });
    expect(again.shown.flatMap(({ items }) => items).map(({ itemId }) => itemId)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
    expect([placeOfRow(again, 2), placeOfRow(again, 3)]).toEqual([null, 'b']);
  });

  test('of the calendar asks for what comes or for what was, by the same instant for a while', () => {
    const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
    const from = { from: '2026-11-22T09:00:00.000Z' };
    expect(timeAsked('appointment', false, at('09:00:00'))).toEqual(from);
    expect(timeAsked('appointment', false, at('09:04:59'))).toEqual(from);
    expect(timeAsked('appointment', true, at('09:05:00'))).toEqual({ before: '2026-11-22T09:05:00.000Z' });
    expect(timeAsked('task', false, at('09:05:00'))).toBeNull();
  });

  test('drops answers to a search that is no longer the one', () => {
    const asked = changeRows(loaded(), {
      event: 'asked',
      query: { ...query, search: 'maria', filter: 'on' },
    });
    expect(asked).toMatchObject({ pages: [], loading: 'first' });
    expect(changeRows(asked, { event: 'pageSeen', query, after: null, page: page(0, 1, null) })).toBe(asked);
    expect(changeRows(asked, { event: 'failed', query, trouble: 'failed' })).toBe(asked);
  });

  test('keeps its rows when the server is lost', () => {
    const lost = changeRows(loaded(), { event: 'failed', query, trouble: 'offline' });
    expect(ids(lost)).toBe('012345');
    expect(lost.trouble).toBe('offline');
  });
});

describe('one action on many items', () => {
  const run = async (count: number, fares: (item: number) => Fared, stopAfter = Infinity) => {
    const done: number[] = [];
    const bulk = await runBulk({
      items: Array.from({ length: count }, (_, at) => at),
      work: async (item) => fares(item),
      show: (_bulk: Bulk, item) => item !== null && done.push(item),
      isStopped: () => done.length >= stopAfter,
    });
    return { bulk, done: done.toSorted((a, b) => a - b) };
  };

  test('reaches every one and counts what was refused', async () => {
    const { bulk, done } = await run(10, (item) => (item === 4 ? 'refused' : 'done'));
    expect(bulk).toEqual({ total: 10, done: 9, refused: 1, is: 'ended' });
    expect(done).not.toContain(4);
  });

  test('begins nothing more once the server is lost; the rest stays chosen', async () => {
    const { bulk, done } = await run(100, (item) => (item < 8 ? 'done' : 'lost'));
    expect(bulk.is).toBe('lost');
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('stops when it is told to', async () => {
    const { bulk } = await run(100, () => 'done', 8);
    expect(bulk.is).toBe('stopped');
    expect(bulk.done).toBeLessThan(16);
  });
});

describe('an answer', () => {
  const asked = question('q1', ['lastName', 'company']);

  test('decides every field or is none', () => {
    expect(answerFrom(asked, { lastName: 'siebel' })).toBeNull();
    expect(answerFrom(asked, everySide(asked, 'exchange'))).toEqual({
      choices: { lastName: 'exchange', company: 'exchange' },
    });
  });

  test('is proposed again where it was to be remembered', () => {
    const remembered = remember({}, asked, { lastName: 'siebel', company: 'exchange' });
    expect(proposed(question('q2', ['company', 'mobilePhone']), remembered)).toEqual({ company: 'exchange' });
    expect(proposed({ ...asked, domain: 'task' }, remembered)).toEqual({});
  });

  test('can be taken back until the next one is given', () => {
    const [first, second] = [question('q1', ['a']), question('q2', ['a'])];
    const answer = { choices: { a: 'siebel' } } as const;
    const open = [first, second];
    const one = changeOutbox(outboxWith(null), { event: 'answered', question: first, answer });
    expect(openQuestions(open, one)).toEqual([second]);
    expect(openQuestions(open, changeOutbox(one, { event: 'undone', id: 'q1' }))).toEqual(open);
    const two = changeOutbox(one, { event: 'answered', question: second, answer });
    expect(two.sent).toEqual(['q1']);
    expect(openQuestions(open, changeOutbox(two, { event: 'undone', id: 'q2' }))).toEqual([second]);
  });

  test('that did not arrive opens its question again', () => {
    const first = question('q1', ['a']);
    const given = changeOutbox(outboxWith(null), {
      event: 'answered',
      question: first,
      answer: { choices: { a: 'siebel' } },
    });
    const sent = changeOutbox(given, { event: 'sent', id: 'q1' });
    expect(openQuestions([first], sent)).toEqual([]);
    expect(openQuestions([first], changeOutbox(sent, { event: 'refused', id: 'q1' }))).toEqual([first]);
  });

  test('that was sent can be taken back as well, unless it was carried out', () => {
    const first = question('q1', ['a']);
    const sent = outboxWith(first);
    expect(openQuestions([first], sent)).toEqual([]);
    expect(sent.last).toEqual({ question: first, isCarriedOut: false });
    expect(openQuestions([first], changeOutbox(sent, { event: 'undone', id: 'q1' }))).toEqual([first]);
    const late = changeOutbox(sent, { event: 'carriedOut', id: 'q1' });
    expect([late.last?.isCarriedOut, openQuestions([first], late)]).toEqual([true, []]);
    expect(changeOutbox(sent, { event: 'late', id: 'q1' }).last).toBeNull();
  });
});
