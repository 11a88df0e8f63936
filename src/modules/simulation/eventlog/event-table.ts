import { rm } from 'node:fs/promises';
import { EVENT_KINDS, type EventColumns, EXPOSURE_REASONS, PARTS, REACTIONS } from '../../../engine/index.js';
import { ColumnBuilder } from '../parquet/column-builder.js';
import { type ColumnValues, type ParquetColumn, ParquetFile } from '../parquet/parquet-file.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';
import type { EventRow } from './event-row.js';
import { EventGroup } from './event-group.js';

/** The columns of the log in their order, and what their values are. */
const COLUMNS = {
  sequence: 'int32',
  event: 'double',
  cause: 'double',
  tick: 'int32',
  minute: 'int32',
  kind: 'text',
  agent_id: 'text',
  post_id: 'text',
  root_id: 'text',
  draft_id: 'text',
  parent_id: 'text',
  comment_id: 'text',
  rank: 'int32',
  reason: 'text',
  reaction: 'text',
  depth: 'int32',
  score: 'double',
  target_id: 'text',
} as const satisfies Record<keyof EventRow, ParquetColumn['type']>;

const STEPS = 10_000;
/** Numbers from here on are not looked up in a dictionary. */
const MOST_KEYED = 50;

/** Rows of a group, which is what is in memory: as many as readers of Parquet expect. */
const GROUP = 122_880;
const COMMENT = EVENT_KINDS.indexOf('comment');
const REACTIONS_ALONE: ReadonlySet<number> = new Set([EVENT_KINDS.indexOf('reaction')]);
const NONE = new Int32Array(0);
const EXPOSURE = EVENT_KINDS.indexOf('exposure');
const CHAINED: ReadonlySet<number> = new Set(
  ['comment', 'repost', 'quote'].map((kind) => EVENT_KINDS.indexOf(kind as never)),
);

/** Writes the event log as Parquet, straight from the engine's columns. */
export class EventTable {
  private readonly group = new EventGroup(GROUP);
  private readonly build = new ColumnBuilder(GROUP);
  /** Scratch of what names the values of a column. */
  private readonly keys = new Int32Array(GROUP);
  private readonly ids: SimulationIds;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly file: ParquetFile,
    private readonly simulation: Simulation,
  ) {
    this.ids = SimulationIds.of(simulation);
  }

  static async open(path: string, simulation: Simulation): Promise<EventTable> {
    const columns: ParquetColumn[] = Object.entries(COLUMNS).map(([name, type]) => ({ name, type }));
    if (logsScores(simulation)) columns.push(...PARTS.map((name) => ({ name, type: 'double' as const })));
    return new EventTable(path, await ParquetFile.open(path, columns, 'Azt3kNet'), simulation);
  }

  /** Writes events behind those before. At most two groups are in memory: the one that fills, and the one that is compressed. */
  async append(events: EventColumns): Promise<void> {
    for (let from = 0; from < events.length;) {
      from += this.group.take(events, from);
      if (this.group.isFull) await this.flush();
    }
  }

  /** Completes the file. */
  async close(): Promise<void> {
    await this.flush();
    await this.writing;
    await this.file.close();
  }

  /** Gives up: closes and removes the file. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => {});
    await this.file.abandon();
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    await this.writing;
    const rows = this.group.length;
    if (rows === 0) return;
    // Encoded at once; compressed and written while the next group fills.
    this.writing = this.file.writeGroup(rows, this.columns(rows));
    // Whoever waits for it next is told; nobody else is to be.
    this.writing.catch(() => {});
    this.group.clear();
  }

  private *columns(rows: number): Generator<ColumnValues> {
    const { build, group, ids } = this;
    const { cause, value } = group;
    const { agents, scenario } = this.simulation;
    const idOf = (row: number): string => agents[row]?.id ?? '';
    const postOf = (key: number): string => ids.post(key);
    yield { count: rows, values: group.sequence.subarray(0, rows) };
    yield { count: rows, values: group.event.subarray(0, rows) };
    yield build.doubles(rows, (row) => ((cause[row] as number) < 0 ? Number.NaN : (cause[row] as number)));
    yield build.keyed(rows, group.tick, itself);
    yield build.keyed(rows, group.tick, (key) => key * scenario.tick_minutes);
    yield build.keyed(rows, group.kind, (key) => EVENT_KINDS[key] ?? '');
    yield build.keyed(rows, group.agent, idOf);
    yield build.keyed(rows, group.post, postOf);
    yield build.keyed(rows, group.root, postOf);
    yield build.keyed(rows, this.drafts(rows), (key) => this.simulation.admitted[key]?.id ?? '');
    yield build.keyed(rows, this.parents(rows), (key) =>
      key % 2 === 1 ? ids.comment(key >> 1) : ids.post(key >> 1),
    );
    yield build.keyed(rows, group.comment, (key) => ids.comment(key));
    yield build.keyed(rows, group.rank, itself);
    yield build.keyed(rows, group.reason, (key) => EXPOSURE_REASONS[key] ?? '');
    yield build.keyed(rows, this.valuesOf(rows, REACTIONS_ALONE), (key) => REACTIONS[key] ?? '');
    yield build.keyed(rows, this.valuesOf(rows, CHAINED), itself);
    yield this.scores(rows, value);
    yield build.keyed(rows, group.target, idOf);
    if (logsScores(this.simulation)) for (const part of PARTS) yield this.scores(rows, group.parts[part]);
  }

  private drafts(rows: number): Int32Array {
    const { keys, group } = this;
    const { draft } = this.simulation.feed.world.posts;
    for (let row = 0; row < rows; row += 1) {
      const root = group.root[row] as number;
      keys[row] = root < 0 ? -1 : (draft[root] as number);
    }
    return keys;
  }

  /** Posts and comments are numbered apart: the lowest bit says which it is. */
  private parents(rows: number): Int32Array {
    const { keys, group } = this;
    for (let row = 0; row < rows; row += 1) {
      const parent = group.parent[row] as number;
      keys[row] = parent < 0 ? -1 : parent * 2 + Number(group.kind[row] === COMMENT);
    }
    return keys;
  }

  /** What `value` says of events of some kinds. */
  private valuesOf(rows: number, kinds: ReadonlySet<number>): Int32Array {
    const { keys, group } = this;
    for (let row = 0; row < rows; row += 1)
      keys[row] = kinds.has(group.kind[row] as number) ? (group.value[row] as number) : -1;
    return keys;
  }

  /** Numbers to four decimals of exposures in the feed, of which there are few between 0 and {@link MOST_KEYED}. */
  private scores(rows: number, values: Float32Array | undefined): ColumnValues {
    const { keys, group, build } = this;
    if (values === undefined) return { count: 0, values: NONE };
    let within = true;
    for (let row = 0; row < rows && within; row += 1) {
      keys[row] = -1;
      if (group.kind[row] !== EXPOSURE || (group.rank[row] as number) < 0) continue;
      const value = values[row] as number;
      if (Number.isNaN(value)) continue;
      const steps = Math.round(value * STEPS);
      // -0 is none of the keys.
      within = steps >= 0 && steps < MOST_KEYED * STEPS && !Object.is(steps, -0);
      keys[row] = steps;
    }
    if (within) return build.keyed(rows, keys, (key) => key / STEPS);
    const isShown = (row: number): boolean =>
      group.kind[row] === EXPOSURE && (group.rank[row] as number) >= 0;
    return build.doubles(rows, (row) =>
      isShown(row) ? Math.round((values[row] as number) * STEPS) / STEPS : Number.NaN,
    );
  }
}

/** Whether the log has columns for what scores are made of. */
function logsScores({ scenario }: Simulation): boolean {
  return scenario.log_exposures && scenario.log_scores;
}

function itself(key: number): number {
  return key;
}
