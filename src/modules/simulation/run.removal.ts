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
      const entries = await this.deleteWithin(manager, run === undefined ? [] : [run], actor);
      if (entries.length === 0) {
        throw new SimulationError('not_found', 'run_not_found', `there is no run ${id}`);
      }
      await this.audit.append(manager, ...entries);
    });
  }

  /**
   * Deletes runs in the manager's transaction, in a few statements however many they are, and their files after the commit.
   * @returns what the audit is to say of each; nothing of those that are gone already
   * @throws SimulationError `run_not_finished`
   */
  async deleteWithin(
    manager: EntityManager,
    runs: readonly RunWithStatus[],
    actor: string,
  ): Promise<AuditEntry[]> {
    const unfinished = runs.find(({ status }) => UNFINISHED.includes(status));
    if (unfinished !== undefined) {
      const { id, status, job_id } = unfinished;
      const message = `run ${id} is ${status}; cancel its job ${job_id} first`;
      throw new SimulationError('conflict', 'run_not_finished', message);
    }
    if (runs.length === 0) return [];
    const ids = runs.map(({ id }) => id);
    const files = await this.repository.filesOf(manager, ids);
    await this.checkpoints.clear(manager, ids);
    const gone = await this.repository.delete(manager, ids);
    const deleted = runs.filter(({ id }) => gone.has(id));
    const events = deleted.map(({ id, scenario, population_id }) =>
      runDeleted({ run_id: id, scenario, population_id }),
    );
    await this.events.emit(manager, ...events);
    // The rows go first: a run without its files would be a broken promise, files without a run only take room.
    this.store.removeAfter(manager, files);
    return deleted.map(({ id, scenario, seed, checksum }) => ({
      actor,
      action: 'run.delete',
      subject: { type: 'run', id },
      data: { scenario, seed, checksum },
    }));
  }
}
