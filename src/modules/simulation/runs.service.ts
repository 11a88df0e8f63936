import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../core/database/index.js';
import type { Download } from '../../core/http/index.js';
import { AgentsService } from '../agents/index.js';
import type { RunFileRecord } from './run-file.entity.js';
import type { RunTick } from './run-tick.entity.js';
import { RunStore } from './run.store.js';
import {
  RunsRepository,
  type ReportSort,
  type RunFilter,
  type RunSort,
  type RunWithStatus,
} from './runs.repository.js';
import { SimulationError } from './simulation.errors.js';

/** Reads runs and what they left. */
@Injectable()
export class RunsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly store: RunStore,
    private readonly agents: AgentsService,
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

  /** A page of runs. @throws InvalidCursor, PopulationNotFound */
  async list(filter: RunFilter, request: PageRequest<RunSort>): Promise<Page<RunWithStatus>> {
    return this.repository.page(this.dataSource.manager, await this.resolved(filter), request);
  }

  /** A page of the runs that have a report. @throws InvalidCursor, PopulationNotFound */
  async reports(filter: RunFilter, request: PageRequest<ReportSort>): Promise<Page<RunWithStatus>> {
    return this.repository.reported(this.dataSource.manager, await this.resolved(filter), request);
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

  private async resolved(filter: RunFilter): Promise<RunFilter> {
    const { population } = filter;
    return population === undefined
      ? filter
      : { ...filter, population: await this.agents.populationIdOf(population) };
  }

  private async completed(id: string): Promise<RunWithStatus> {
    const run = await this.get(id);
    if (run.status === 'completed') return run;
    const message = `run ${id} is ${run.status}; only a completed run has results`;
    throw new SimulationError('conflict', 'run_not_completed', message);
  }
}
