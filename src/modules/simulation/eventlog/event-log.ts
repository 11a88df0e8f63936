import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EventColumns } from '../../../engine/index.js';
import { EVENTS_JSONL, EVENTS_PARQUET, type RunFile } from '../run-files.js';
import type { Simulation } from '../simulation.rules.js';
import { EventLines } from './event-lines.js';
import { digestFile } from './file-digest.js';
import { EventTable } from './event-table.js';

/** Bytes of lines that are in memory, about a millisecond of work: then the event loop has its turn. */
const BATCH = 1 << 20;

/** Writes the event log as JSON Lines and as Parquet: the same events give the same bytes. */
export class EventLog {
  /** Of the lines so far; reading a file of them again takes longer than writing it. */
  private readonly hash = createHash('sha256');
  private bytes = 0;

  private constructor(
    private readonly folder: string,
    private readonly lines: EventLines,
    private readonly file: FileHandle,
    private readonly parquet: EventTable,
  ) {}

  /** Opens both files in an existing folder. */
  static async open(folder: string, simulation: Simulation): Promise<EventLog> {
    const file = await open(join(folder, EVENTS_JSONL), 'w');
    try {
      const parquet = await EventTable.open(join(folder, EVENTS_PARQUET), simulation);
      return new EventLog(folder, new EventLines(simulation), file, parquet);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Writes drained events behind those before. Throws the signal's reason when that aborts. */
  async append(events: EventColumns, signal?: AbortSignal): Promise<void> {
    await this.parquet.append(events);
    for (let row = 0; row < events.length;) {
      const { lines, next } = this.lines.from(events, row, BATCH);
      const written = this.file.writeFile(lines);
      this.hash.update(lines);
      this.bytes += lines.length;
      await written;
      await setImmediate();
      signal?.throwIfAborted();
      row = next;
    }
  }

  /** Completes both files. */
  async close(): Promise<RunFile[]> {
    await this.file.close();
    await this.parquet.close();
    const { bytes } = this;
    const table = await digestFile(join(this.folder, EVENTS_PARQUET));
    return [
      { name: EVENTS_JSONL, media_type: 'application/x-ndjson', bytes, sha256: this.hash.digest('hex') },
      { name: EVENTS_PARQUET, media_type: 'application/vnd.apache.parquet', ...table },
    ];
  }

  /** Gives up: closes what is open and removes both files. */
  async abandon(): Promise<void> {
    await this.file.close().catch(() => {});
    await this.parquet.abandon();
    for (const name of [EVENTS_JSONL, EVENTS_PARQUET]) await rm(join(this.folder, name), { force: true });
  }
}
