import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService, type AuditEntry } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import { RunCheckpoints } from './checkpoints/run-checkpoints.js';
import { runDeleted } from './run.events.js';
import { RunStore } from './run.store.js';
import { RunsRepository, type RunWithStatus, UNFINISHED } from './runs.repository.js';
import { SimulationError } from './simulation.errors.js';

/** Deletes runs with all that they left. */
@Injectable()
export class RunRemoval {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly store: RunStore,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly checkpoints: RunCheckpoints,
  ) {}

  /** Deletes a finished run. @throws SimulationError `run_not_found`, `run_not_finished` */
  async delete(id: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const run = await this.repository.find(manager, id);
      const entries = run === undefined ? [] : await this.deleteWithin(manager, run, actor);
      if (entries.length === 0) {
        throw new SimulationError('not_found', 'run_not_found', `there is no run ${id}`);
      }
      await this.audit.append(manager, ...entries);
    });
  }

  /**
   * Deletes a run in the manager's transaction, and its files after the commit.
   * @returns what the audit is to say; nothing when it is gone already
   * @throws SimulationError `run_not_finished`
   */
  async deleteWithin(manager: EntityManager, run: RunWithStatus, actor: string): Promise<AuditEntry[]> {
    const { id, status, scenario, seed, checksum, job_id } = run;
    if (UNFINISHED.includes(status)) {
      const message = `run ${id} is ${status}; cancel its job ${job_id} first`;
      throw new SimulationError('conflict', 'run_not_finished', message);
    }
    const files = await this.repository.files(manager, id);
    await this.checkpoints.clear(manager, id);
    if (!(await this.repository.delete(manager, id))) return [];
    const { population_id } = run;
    await this.events.emit(manager, runDeleted({ run_id: id, scenario, population_id }));
    // The row goes first: a run without its files would be a broken promise, files without a run only take room.
    this.store.removeAfter(manager, files);
    return [
      { actor, action: 'run.delete', subject: { type: 'run', id }, data: { scenario, seed, checksum } },
    ];
  }
}
