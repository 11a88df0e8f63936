import type { EventRow } from '../eventlog/event-row.js';

/** An event as a log has it, without what does not apply to its kind. */
export type LoggedEvent = Partial<EventRow>;

/** The first event that two logs do not share; null where a log has no more of the tick. */
export interface EventDifference {
  readonly run: LoggedEvent | null;
  readonly other: LoggedEvent | null;
}

/**
 * The first event of a tick that differs between two event logs (Parquet files of this machine), by place in the tick; undefined when
 * the logs say the same. The place in the whole log does not count.
 */
export async function firstEventDifference(
  run: string,
  other: string,
  tick: number,
): Promise<EventDifference | undefined> {
  // A native library that only a comparison needs.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `WITH one AS (${eventsOf(run, tick)}), two AS (${eventsOf(other, tick)})
       SELECT to_json(one.event)::VARCHAR AS run, to_json(two.event)::VARCHAR AS other
       FROM one FULL JOIN two USING (place)
       WHERE one.event IS DISTINCT FROM two.event ORDER BY place LIMIT 1`,
    );
    const [row] = reader.getRowObjectsJson();
    return row === undefined ? undefined : { run: eventOf(row['run']), other: eventOf(row['other']) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function eventsOf(path: string, tick: number): string {
  const source = path.replaceAll("'", "''");
  return `SELECT row_number() OVER (ORDER BY sequence) AS place, struct_pack(*COLUMNS(* EXCLUDE (sequence))) AS event
          FROM read_parquet('${source}') WHERE tick = ${Math.trunc(tick)}`;
}

function eventOf(json: unknown): LoggedEvent | null {
  if (typeof json !== 'string') return null;
  const row = JSON.parse(json) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
