import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { EVENTS_PARQUET } from '../run-files.js';
import { RunStore } from '../run.store.js';
import type { RunWithStatus } from '../runs.repository.js';
import { RunsService } from '../runs.service.js';
import { type EventDifference, firstEventDifference } from './event-difference.js';
import { firstDifference, type TickDifference } from './tick-difference.js';

/** What runs are made from; where one of these differs, other events are to be expected. */
const INPUTS = ['scenario_digest', 'seed', 'ticks', 'population_id', 'draft_batch_id'] as const;

/** Two runs beside each other. */
export interface Comparison {
  readonly run: RunWithStatus;
  readonly other: RunWithStatus;
  /** What they were made from that is not the same. */
  readonly inputs: readonly (typeof INPUTS)[number][];
  /** Undefined when they did the same in every tick. */
  readonly difference: TickDifference | undefined;
  /** The first event of that tick which is not the same; undefined where a run keeps no log, or the logs do not show it. */
  readonly event: EventDifference | undefined;
}

/** Finds where two runs part. */
@Injectable()
export class RunComparison {
  constructor(
    private readonly runs: RunsService,
    private readonly store: RunStore,
  ) {}

  /** @throws SimulationError `run_not_found`, `run_not_completed`, `run_file_not_found` */
  async compare(id: string, otherId: string): Promise<Comparison> {
    const one = await this.runs.ticks(id);
    const two = await this.runs.ticks(otherId);
    const inputs = INPUTS.filter((name) => one.run[name] !== two.run[name]);
    const difference = firstDifference(one.ticks, two.ticks);
    const compared = { run: one.run, other: two.run, inputs, difference };
    if (difference === undefined || difference.ended) return { ...compared, event: undefined };
    return { ...compared, event: await this.event(one.run, two.run, difference.tick) };
  }

  private async event(
    run: RunWithStatus,
    other: RunWithStatus,
    tick: number,
  ): Promise<EventDifference | undefined> {
    for (const each of [run, other]) {
      const files = await this.runs.files(each);
      if (!files.some(({ name }) => name === EVENTS_PARQUET)) return undefined;
    }
    const scratch = this.store.openScratch(run.id);
    try {
      const paths = [join(scratch, 'run.parquet'), join(scratch, 'other.parquet')] as const;
      await this.fetch(run.id, paths[0]);
      await this.fetch(other.id, paths[1]);
      return await firstEventDifference(paths[0], paths[1], tick);
    } finally {
      await this.store.discard(scratch);
    }
  }

  private async fetch(id: string, path: string): Promise<void> {
    const { stream } = await this.store.open(await this.runs.file(id, EVENTS_PARQUET));
    await pipeline(stream, createWriteStream(path));
  }
}
