import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { fileError } from '../../core/files/index.js';
import type { Download } from '../../core/http/index.js';
import type { RunFileRecord } from './run-file.entity.js';
import type { RunTick } from './run-tick.entity.js';
import { EVENTS_PARQUET, REPORT_HTML } from './run-files.js';
import { RunStore } from './run.store.js';
import { RunsRepository, type RunWithStatus } from './runs.repository.js';
import { cursorAfter, placeOf } from './runs.rules.js';
import { SimulationError } from './simulation.errors.js';

/** Reads runs and what they left. */
@Injectable()
export class RunsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly store: RunStore,
  ) {}

  /** @throws SimulationError `run_not_found` */
  async get(id: string): Promise<RunWithStatus> {
    const run = await this.repository.find(this.dataSource.manager, id);
    if (run === undefined) throw new SimulationError('not_found', 'run_not_found', `there is no run ${id}`);
    return run;
  }

  files(run: RunWithStatus): Promise<RunFileRecord[]> {
    return this.repository.files(this.dataSource.manager, run.id);
  }

  /** A page of runs, the newest first. @throws SimulationError `cursor_invalid` */
  async list(
    scenario: string | undefined,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ runs: RunWithStatus[]; next: string | null }> {
    const rows = await this.repository.newest(this.dataSource.manager, scenario, placeOf(cursor), limit + 1);
    const runs = rows.slice(0, limit);
    const last = runs.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { runs, next: more ? cursorAfter(last.place, last.id) : null };
  }

  /** What happened in each tick. @throws SimulationError `run_not_found`, `run_not_completed` */
  async ticks(id: string): Promise<{ run: RunWithStatus; ticks: RunTick[] }> {
    const run = await this.completed(id);
    return { run, ticks: await this.repository.ticks(this.dataSource.manager, id) };
  }

  /** A file of a completed run. @throws SimulationError `run_not_found`, `run_not_completed`, `run_file_not_found` */
  async file(id: string, name: string): Promise<RunFileRecord> {
    const run = await this.completed(id);
    const files = await this.files(run);
    const file = files.find((each) => each.name === name);
    if (file === undefined) {
      const known = files.map((each) => each.name).join(', ');
      const message = `run ${id} has no file ${JSON.stringify(name)}; it has ${known}`;
      throw new SimulationError('not_found', 'run_file_not_found', message);
    }
    if (!(await this.store.isWhole(file))) {
      const message = `${name} of run ${id} has been removed from the storage; run the scenario with seed ${run.seed} again`;
      throw new SimulationError('not_found', 'run_file_not_found', message);
    }
    return file;
  }

  /** A file of a completed run to send. @throws as {@link file} does */
  async download(id: string, name: string, disposition: Download['disposition']): Promise<Download> {
    const file = await this.file(id, name);
    return {
      name: `run-${id}-${name}`,
      mediaType: file.media_type,
      bytes: Number(file.bytes),
      sha256: file.sha256,
      disposition,
      open: async (part) => (await this.store.open(file, part)).stream,
    };
  }

  /** Copies a file of a completed run. @throws as {@link file} does, and FileUnusable */
  async copyFile(id: string, name: string, target: string): Promise<void> {
    const { stream } = await this.store.open(await this.file(id, name));
    try {
      await pipeline(stream, createWriteStream(target));
    } catch (error) {
      throw fileError(error, target);
    }
  }

  /** Where a completed run's report and event log are. @throws as {@link file} does */
  async paths(id: string): Promise<{ events: string; report: string }> {
    const [events, report] = await Promise.all([this.file(id, EVENTS_PARQUET), this.file(id, REPORT_HTML)]);
    return { events: this.store.locate(events), report: this.store.locate(report) };
  }

  private async completed(id: string): Promise<RunWithStatus> {
    const run = await this.get(id);
    if (run.status === 'completed') return run;
    const message = `run ${id} is ${run.status}; only a completed run has results`;
    throw new SimulationError('conflict', 'run_not_completed', message);
  }
}
