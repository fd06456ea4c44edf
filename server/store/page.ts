export type Page<Row> = Readonly<{ items: readonly Row[]; next: string | null }>;

/** Cuts rows that were asked for with one more than fits; `next` is where the page after goes on. */
export function pageOf<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
