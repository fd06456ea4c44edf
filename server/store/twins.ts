export type Twin = Error & Readonly<{ code: '23505'; constraint: string }>;

/** PostgreSQL refused a row because another one like it is there already; `constraint` names the index that says so. */
export function isTwin(error: unknown): error is Twin {
  return error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error;
}
