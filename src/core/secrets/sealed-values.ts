import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { SealBrokenError, sealContext, Sealing } from './sealing.js';

/** A column of sealed values; null is no value. Each is sealed for `sealContext(table, column, id of its row)`. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The column that names a row, `id` where nothing else is said. */
  id?: string;
}

/** How many values of a column are sealed with a key. */
export interface KeyUse {
  table: string;
  column: string;
  /** Its id; null: they are no sealed values. */
  key: string | null;
  /** `current` seals, `old` opens, with `missing` they cannot be opened. */
  state: 'current' | 'old' | 'missing';
  values: number;
}

/** What a rotation did with a column. */
export interface Rotated {
  table: string;
  column: string;
  /** Values that were sealed anew. */
  rotated: number;
  /** Contexts of values that cannot be opened; they are as they were. */
  broken: string[];
}

interface Row {
  id: string;
  sealed: string;
}

const BATCH = 500;

/** The stored values that are sealed: modules register their columns, and a rotation finds them here. */
@Injectable()
export class SealedValues {
  private readonly columns: Required<SealedColumn>[] = [];

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
  ) {}

  /** Adds a column; call it while the application starts. The names are the program's own: they become SQL. */
  register({ table, column, id = 'id' }: SealedColumn): void {
    this.columns.push({ table, column, id });
  }

  /** Which keys are in use, and by how many values. */
  async uses(): Promise<KeyUse[]> {
    const [current, ...old] = this.sealing.keyIds;
    const stateOf = (key: string | null): KeyUse['state'] => {
      if (key === current) return 'current';
      return key !== null && old.includes(key) ? 'old' : 'missing';
    };
    const uses: KeyUse[] = [];
    for (const { table, column } of this.columns) {
      const rows = await this.dataSource.query<{ key: string | null; values: number }[]>(
        `SELECT substring("${column}" FROM '^v1\\.([A-Za-z0-9_-]{1,32})\\.') AS key, count(*)::int AS values
         FROM "${table}" WHERE "${column}" IS NOT NULL GROUP BY 1 ORDER BY 1`,
      );
      uses.push(...rows.map(({ key, values }) => ({ table, column, key, state: stateOf(key), values })));
    }
    return uses;
  }

  /**
   * Seals every value with the current key that is sealed with another, in transactions of {@link BATCH} rows. Values of
   * processes that write meanwhile are kept; one that was killed is continued by calling it again, and several may run.
   * @param onBatch hears how many values of the column were looked at
   */
  async rotate(onBatch: (column: SealedColumn, values: number) => void = () => {}): Promise<Rotated[]> {
    const done: Rotated[] = [];
    for (const column of this.columns) {
      const rotated: Rotated = { table: column.table, column: column.column, rotated: 0, broken: [] };
      let last: string | undefined;
      let values = 0;
      do {
        const batch = await this.dataSource.transaction((manager) =>
          this.rotateBatch(manager, column, last, rotated),
        );
        values += batch.length;
        last = batch.at(-1)?.id;
        onBatch(column, values);
      } while (last !== undefined);
      done.push(rotated);
    }
    return done;
  }

  private async rotateBatch(
    manager: EntityManager,
    { table, column, id }: Required<SealedColumn>,
    after: string | undefined,
    found: Rotated,
  ): Promise<Row[]> {
    // Who else rotates waits for these rows, and then no longer finds them.
    const rows = await manager.query<Row[]>(
      `SELECT "${id}"::text AS id, "${column}" AS sealed FROM "${table}"
       WHERE "${column}" IS NOT NULL AND NOT starts_with("${column}", $1) AND ($2::text IS NULL OR "${id}"::text > $2)
       ORDER BY "${id}"::text LIMIT ${BATCH} FOR UPDATE`,
      [this.sealing.currentPrefix, after ?? null],
    );
    const anew: Row[] = [];
    for (const row of rows) {
      const context = sealContext(table, column, row.id);
      try {
        anew.push({ id: row.id, sealed: this.sealing.seal(this.sealing.open(row.sealed, context), context) });
      } catch (error) {
        if (!(error instanceof SealBrokenError)) throw error;
        found.broken.push(context);
      }
    }
    await manager.query(
      `UPDATE "${table}" SET "${column}" = anew.sealed FROM unnest($1::text[], $2::text[]) AS anew (id, sealed)
       WHERE "${table}"."${id}"::text = anew.id`,
      [anew.map((row) => row.id), anew.map(({ sealed }) => sealed)],
    );
    if (anew.length > 0) {
      await this.audit.append(manager, {
        actor: 'system',
        action: 'secrets.rotate',
        subject: { type: 'column', id: `${table}.${column}` },
        data: { key: this.sealing.keyIds[0], values: anew.length },
      });
    }
    found.rotated += anew.length;
    return rows;
  }
}
