import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { SEALED_COLUMNS } from '../../../migrations/index.js';
import { AuditService } from '../audit/index.js';
import { countSealed, type SealedColumn, type SealedCount } from './sealed-check.js';
import { SealBrokenError, sealContext, Sealing } from './sealing.js';

/** How many values of a column are sealed with a key. */
export interface KeyUse extends SealedCount {
  /** `current` seals, `old` opens, with `missing` they cannot be opened. */
  state: 'current' | 'old' | 'missing';
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

/** The stored values that are sealed, which a rotation finds here. */
@Injectable()
export class SealedValues {
  private readonly columns: Required<SealedColumn>[] = [...SEALED_COLUMNS];

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
  ) {}

  /** Adds a column that no migration of the product made; call it while the application starts. The names are the program's own: they become SQL. */
  register({ table, column, id = 'id' }: SealedColumn): void {
    this.columns.push({ table, column, id });
  }

  /** Which keys are in use, by how many values, and how many of those do not open. */
  async uses(): Promise<KeyUse[]> {
    const [current, ...old] = this.sealing.keyIds;
    const stateOf = (key: string | null): KeyUse['state'] => {
      if (key === current) return 'current';
      return key !== null && old.includes(key) ? 'old' : 'missing';
    };
    const uses: KeyUse[] = [];
    for (const column of this.columns) {
      const counts = await countSealed(
        (sql, values) => this.dataSource.query(sql, values),
        this.sealing,
        column,
      );
      uses.push(...counts.map((count) => ({ ...count, state: stateOf(count.key) })));
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
