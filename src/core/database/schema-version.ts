import { MIGRATIONS } from '../../../migrations/index.js';
import { AppError } from '../errors/index.js';

/** How the schema of a database differs from the one that this program was made for. */
export interface SchemaDifference {
  /** Migrations that the database lacks, oldest first. */
  missing: string[];
  /** Migrations that this program does not know: a newer version applied them. */
  newer: string[];
}

export class DatabaseNewerError extends AppError {
  constructor(newer: readonly string[]) {
    super(
      'conflict',
      'database_newer',
      `a newer Azt3kNet made the newest of the schema, ${newer.join(', ')}: only that version reverts it`,
    );
  }
}

/** @param applied names of the migrations that the database has */
export function schemaDifference(applied: readonly string[]): SchemaDifference {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  const there = new Set(applied);
  return {
    missing: [...known].filter((name) => !there.has(name)),
    newer: applied.filter((name) => !known.has(name)),
  };
}

/** The names of the migrations that a database has, in the order in which they were applied. */
export async function appliedMigrations(source: { query<T>(sql: string): Promise<T> }): Promise<string[]> {
  const [table] = await source.query<{ name: string | null }[]>(
    `SELECT to_regclass('public.migrations')::text AS name`,
  );
  if (!table?.name) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
}
