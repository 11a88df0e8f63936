import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EventColumns } from '../../../engine/index.js';
import { EVENTS_JSONL, EVENTS_PARQUET, type RunFile } from '../run-files.js';
import type { Simulation } from '../simulation.rules.js';
import { EventDecoder, type EventRow } from './event-row.js';
import { digestFile } from './file-digest.js';
import { EventTable } from './event-table.js';

/** Rows written between two breaths of the event loop, about 10 ms of work. */
const BATCH = 2_000;

/** Writes the event log as JSON Lines and as Parquet: the same events give the same bytes. */
export class EventLog {
  private constructor(
    private readonly folder: string,
    private readonly decoder: EventDecoder,
    private readonly lines: FileHandle,
    private readonly parquet: EventTable,
  ) {}

  /** Opens both files in an existing folder. */
  static async open(folder: string, simulation: Simulation): Promise<EventLog> {
    const lines = await open(join(folder, EVENTS_JSONL), 'w');
    try {
      const parquet = await EventTable.open(join(folder, EVENTS_PARQUET), simulation);
      return new EventLog(folder, new EventDecoder(simulation), lines, parquet);
    } catch (error) {
      await lines.close();
      throw error;
    }
  }

  /** Writes drained events behind those before. Throws the signal's reason when that aborts. */
  async append(events: EventColumns, signal?: AbortSignal): Promise<void> {
    await this.parquet.append(events);
    for (let from = 0; from < events.length; from += BATCH) {
      const to = Math.min(from + BATCH, events.length);
      let text = '';
      for (let index = from; index < to; index += 1) {
        const row = this.decoder.row(events, index);
        text += `${lineOf(row)}\n`;
      }
      await this.lines.write(text);
      await setImmediate();
      signal?.throwIfAborted();
    }
  }

  /** Completes both files. */
  async close(): Promise<RunFile[]> {
    await this.lines.close();
    await this.parquet.close();
    return Promise.all([
      fileOf(this.folder, EVENTS_JSONL, 'application/x-ndjson'),
      fileOf(this.folder, EVENTS_PARQUET, 'application/vnd.apache.parquet'),
    ]);
  }

  /** Gives up: closes what is open and removes both files. */
  async abandon(): Promise<void> {
    await this.lines.close().catch(() => {});
    await this.parquet.abandon();
    for (const name of [EVENTS_JSONL, EVENTS_PARQUET]) await rm(join(this.folder, name), { force: true });
  }
}

/** A row as JSON; what does not apply to its kind is left out. */
function lineOf(row: EventRow): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}

async function fileOf(folder: string, name: string, mediaType: string): Promise<RunFile> {
  return { name, media_type: mediaType, ...(await digestFile(join(folder, name))) };
}
