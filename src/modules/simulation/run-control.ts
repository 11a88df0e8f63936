import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import type { Requester } from '../agents/index.js';
import { JobsService } from '../jobs/index.js';
import { runLinks } from './dto/run-links.js';
import { TurnsRepository } from './deciders/turns.repository.js';
import { RunsRepository, type RunStatus, type RunWithStatus, UNFINISHED } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { SimulationError } from './simulation.errors.js';
import type { AcceptedRun, SimulationJob } from './run-acceptance.js';

/** What a run can go on from. */
const STOPPED: ReadonlySet<RunStatus> = new Set(['paused', 'cancelled', 'failed']);

/** Stops runs for a while, and lets them go on. */
@Injectable()
export class RunControl {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly runs: RunsService,
    private readonly repository: RunsRepository,
    private readonly turns: TurnsRepository,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Asks a run to pause: its job is cancelled, and what was done so far is kept. One that is paused stays so.
   * @returns the run, still `running` until its worker has heard of it
   * @throws SimulationError `run_not_found`, `run_not_pausable`
   */
  async pause(id: string, actor: string): Promise<RunWithStatus> {
    const { status, job_id, paused_at } = await this.runs.get(id);
    if (UNFINISHED.includes(status)) {
      // One that was paused may have been put back in its queue by its job alone.
      const stopping = paused_at !== null && (await this.jobs.get(job_id)).cancel_requested_at !== null;
      if (!stopping) await this.stop(id, job_id, actor);
    } else if (status !== 'paused') {
      const message = `run ${id} is ${status}; only one that is queued, running or waiting can be paused`;
      throw new SimulationError('conflict', 'run_not_pausable', message);
    }
    return this.runs.get(id);
  }

  /**
   * Lets a run go on that was paused or cancelled, or that has failed, by another job: from its last checkpoint, or from its start where
   * it has none.
   * @throws SimulationError `run_not_found`, `run_not_resumable`
   */
  async resume(id: string, requester: Requester): Promise<AcceptedRun> {
    await this.dataSource.transaction((manager) => this.resumeWithin(manager, id, requester));
    const run = await this.runs.get(id);
    return { run, jobs: { population: null, content: null, simulation: run.job_id } };
  }

  /** The same in the manager's transaction. @throws as {@link resume} */
  async resumeWithin(manager: EntityManager, id: string, requester: Requester): Promise<void> {
    await this.repository.lock(manager, id);
    const run = await this.repository.find(manager, id);
    if (run === undefined) throw new SimulationError('not_found', 'run_not_found', `there is no run ${id}`);
    const { status, job_id } = run;
    if (!STOPPED.has(status)) {
      const message = `run ${id} is ${status}; only one that is paused, cancelled or failed can go on`;
      throw new SimulationError('conflict', 'run_not_resumable', message);
    }
    const before = await this.jobs.get(job_id);
    const job = await this.jobs.submit(manager, {
      queue: 'simulation',
      name: 'simulation.run',
      payload: { ...(before.payload as SimulationJob), actor: requester.name } satisfies SimulationJob,
      links: runLinks(id),
      after: before.after_ids,
      createdBy: requester.id,
    });
    await this.repository.goOn(manager, id, job.id);
    await this.turns.suspend(manager, id);
    await this.audit.append(manager, {
      actor: requester.name,
      action: 'run.resume',
      subject: { type: 'run', id },
      data: { job_id: job.id, was: status },
    });
  }

  private async stop(id: string, jobId: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.repository.notePause(manager, id, true);
      await this.audit.append(manager, {
        actor,
        action: 'run.pause',
        subject: { type: 'run', id },
        data: { job_id: jobId },
      });
    });
    try {
      await this.jobs.cancel(jobId, actor);
    } catch (error) {
      // It came to an end meanwhile.
      await this.repository.notePause(this.dataSource.manager, id, false);
      const { status } = await this.runs.get(id);
      if (UNFINISHED.includes(status)) throw error;
      const message = `run ${id} is ${status}; only one that is queued, running or waiting can be paused`;
      throw new SimulationError('conflict', 'run_not_pausable', message);
    }
  }
}
