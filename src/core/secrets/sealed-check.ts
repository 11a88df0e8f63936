import { join } from 'node:path';
import { SEALED_COLUMNS } from '../../../migrations/index.js';
import type { Config } from '../config/index.js';
import { API_SECRET_FILE } from './api-secret.js';
import { sealingKeys } from './sealing-keys.js';
import { keyIdOf, SealBrokenError, sealContext, Sealing } from './sealing.js';
import { readSecretFile } from './secret-file.js';

/** A column of sealed values; null is no value. Each is sealed for `sealContext(table, column, id of its row)`. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The column that names a row, `id` where nothing else is said. */
  id?: string;
}

/** How many values of a column were sealed with a key. */
export interface SealedCount {
  table: string;
  column: string;
  /** Its id; null: they are no sealed values. */
  key: string | null;
  values: number;
  /** Those among them that do not open with the keys that are there. */
  broken: number;
}

type SealingConfig = Pick<Config, 'auth' | 'dataDir'>;
type Query = (sql: string, parameters: unknown[]) => Promise<object[]>;

const BATCH = 500;

/** Tries to open sealed values, whatever they come from, and counts them. */
class SealedTally {
  private readonly found = new Map<string, SealedCount>();

  constructor(private readonly sealing: Pick<Sealing, 'open'>) {}

  /** @param id what names the row */
  add({ table, column }: Pick<SealedColumn, 'table' | 'column'>, id: string, sealed: string): void {
    const key = keyIdOf(sealed) ?? null;
    const name = JSON.stringify([table, column, key]);
    const count = this.found.get(name) ?? { table, column, key, values: 0, broken: 0 };
    count.values += 1;
    if (!opens(this.sealing, sealed, sealContext(table, column, id))) count.broken += 1;
    this.found.set(name, count);
  }

  get counts(): SealedCount[] {
    const order = ({ table, column, key }: SealedCount): string => `${table}.${column} ${key ?? '~'}`;
    return [...this.found.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  }
}

/** Tries to open every value of a column. @param query asks the database; the names become SQL */
export async function countSealed(
  query: Query,
  sealing: Pick<Sealing, 'open'>,
  { table, column, id = 'id' }: SealedColumn,
): Promise<SealedCount[]> {
  const tally = new SealedTally(sealing);
  let last: string | null = null;
  do {
    const rows = (await query(
      `SELECT "${id}"::text AS id, "${column}" AS sealed FROM "${table}"
       WHERE "${column}" IS NOT NULL AND ($1::text IS NULL OR "${id}"::text > $1)
       ORDER BY "${id}"::text LIMIT ${BATCH}`,
      [last],
    )) as { id: string; sealed: string }[];
    for (const row of rows) tally.add({ table, column }, row.id, row.sealed);
    last = rows.at(-1)?.id ?? null;
  } while (last !== null);
  return tally.counts;
}

function opens(sealing: Pick<Sealing, 'open'>, sealed: string, context: string): boolean {
  try {
    sealing.open(sealed, context);
    return true;
  } catch (error) {
    if (!(error instanceof SealBrokenError)) throw error;
    return false;
  }
}

/** The sealing with the keys of a configuration; makes no secret where there is none. */
function presentSealing(config: SealingConfig): Sealing {
  const { auth, dataDir } = config;
  const hasSecret = auth.secret !== undefined || readSecretFile(join(dataDir, API_SECRET_FILE)) !== undefined;
  const keys = hasSecret ? sealingKeys(config) : auth.encryptionKeys;
  return new Sealing(() => keys);
}

/** Tries to open every sealed value of a backup with the keys of a configuration. @param rows of the tables that have any */
export async function checkSealedRows(
  rows: AsyncIterable<{ table: string; values: ReadonlyMap<string, string> }>,
  config: SealingConfig,
): Promise<SealedCount[]> {
  const tally = new SealedTally(presentSealing(config));
  for await (const { table, values } of rows) {
    for (const sealed of SEALED_COLUMNS.filter((each) => each.table === table)) {
      const [id, value] = [values.get(sealed.id), values.get(sealed.column)];
      if (id !== undefined && value !== undefined) tally.add(sealed, id, value);
    }
  }
  return tally.counts;
}

/** Tries to open every sealed value of a database with the keys of a configuration. */
export async function checkSealed(query: Query, config: SealingConfig): Promise<SealedCount[]> {
  const sealing = presentSealing(config);
  const found: SealedCount[] = [];
  for (const column of SEALED_COLUMNS) found.push(...(await countSealed(query, sealing, column)));
  return found;
}

/** What does not open, in words, and what can be done about it; undefined when all opens. */
export function sealedTrouble(
  counts: readonly SealedCount[],
): { detail: string; advice: string; harmless: boolean } | undefined {
  const broken = counts.filter((count) => count.broken > 0);
  if (broken.length === 0) return undefined;
  const sum = (of: 'values' | 'broken'): number => counts.reduce((total, count) => total + count[of], 0);
  const columns = new Map<string, number>();
  for (const count of broken) {
    const name = `${count.table}.${count.column}`;
    columns.set(name, (columns.get(name) ?? 0) + count.broken);
  }
  const named = [...columns].map(([name, count]) => `${count} of ${name}`).join(', ');
  const known = SEALED_COLUMNS.filter(({ table, column }) => columns.has(`${table}.${column}`));
  const instead = known.map(({ without }) => without).join('; ');
  return {
    detail: `${sum('broken')} of ${sum('values')} sealed values do not open with the present keys: ${named}`,
    advice: `put the old API_SECRET_KEY, or its key in AZT3KNET_ENCRYPTION_KEYS, back; or without it: ${instead}`,
    harmless: known.every(({ harmless }) => harmless),
  };
}
