import { rm } from 'node:fs/promises';
import type { DuckDBAppender, DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { EventRow } from './event-row.js';

/** SQL types of the log's columns, in their order. */
const COLUMNS = {
  sequence: 'INTEGER',
  event: 'DOUBLE',
  cause: 'DOUBLE',
  tick: 'INTEGER',
  minute: 'INTEGER',
  kind: 'VARCHAR',
  agent_id: 'VARCHAR',
  post_id: 'VARCHAR',
  root_id: 'VARCHAR',
  draft_id: 'VARCHAR',
  parent_id: 'VARCHAR',
  comment_id: 'VARCHAR',
  rank: 'INTEGER',
  reason: 'VARCHAR',
  reaction: 'VARCHAR',
  depth: 'INTEGER',
  score: 'DOUBLE',
  target_id: 'VARCHAR',
  affinity: 'DOUBLE',
  interest: 'DOUBLE',
  recency: 'DOUBLE',
  popularity: 'DOUBLE',
} as const satisfies Record<keyof EventRow, string>;

const NAMES = Object.keys(COLUMNS) as (keyof EventRow)[];

/** Collects rows in a scratch database beside the file and writes them as Parquet (zstd) when it is closed. */
export class ParquetWriter {
  private constructor(
    private readonly path: string,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly appender: DuckDBAppender,
  ) {}

  static async open(path: string): Promise<ParquetWriter> {
    await removeScratch(path);
    // A native library that only a run needs.
    const duckdb = await import('@duckdb/node-api');
    // One thread and the order of insertion: the bytes must not depend on the machine.
    const instance = await duckdb.DuckDBInstance.create(scratchOf(path), {
      threads: '1',
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(
      `CREATE TABLE events (${NAMES.map((name) => `"${name}" ${COLUMNS[name]}`).join(', ')})`,
    );
    return new ParquetWriter(path, instance, connection, await connection.createAppender('events'));
  }

  append(row: EventRow): void {
    const { appender } = this;
    for (const name of NAMES) {
      const value = row[name];
      if (value === null) appender.appendNull();
      else if (typeof value === 'string') appender.appendVarchar(value);
      else if (COLUMNS[name] === 'DOUBLE') appender.appendDouble(value);
      else appender.appendInteger(value);
    }
    appender.endRow();
  }

  async close(): Promise<void> {
    this.appender.closeSync();
    const target = this.path.replaceAll("'", "''");
    await this.connection.run(
      `COPY events TO '${target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
    );
    await this.release();
  }

  async abandon(): Promise<void> {
    await this.release();
    await rm(this.path, { force: true });
  }

  private async release(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
    await removeScratch(this.path);
  }
}

function scratchOf(path: string): string {
  return `${path}.duckdb`;
}

async function removeScratch(path: string): Promise<void> {
  await Promise.all(['', '.wal'].map((suffix) => rm(`${scratchOf(path)}${suffix}`, { force: true })));
}
