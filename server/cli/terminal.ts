/** Where a command writes to, and what it may ask; the commands themselves know no process. */
export type Terminal = Readonly<{
  /** Results for people, or one JSON document with `--json`. */
  line: (text: string) => void;
  /** How far a long command has come; shown apart from the results. */
  progress: (text: string) => void;
  /** Everything a machine wants to know; printed only with `--json`. */
  json: (value: unknown) => void;
  isJson: boolean;
  /** Asks yes or no; null where nobody sits at the other end. */
  confirm: ((question: string) => Promise<boolean>) | null;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
}>;

/** 0: done. 1: failed. 2: the command was not called the right way, or a setting is wrong. */
export type ExitCode = 0 | 1 | 2;

/** Columns as wide as their widest cell; nothing is cut off. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
