import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import { RunRemoval } from '../run.removal.js';
import { RunsRepository } from '../runs.repository.js';
import { SimulationError } from '../simulation.errors.js';
import { experimentDeleted } from './experiment.events.js';
import { ExperimentsRepository, hasEnded } from './experiments.repository.js';

/** Deletes experiments with their runs. */
@Injectable()
export class ExperimentRemoval {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ExperimentsRepository,
    private readonly runs: RunsRepository,
    private readonly removal: RunRemoval,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Deletes an experiment that nothing works on, with its runs and their files. Its digests stay in the audit, and later experiments of its
   * name tell of it.
   * @throws SimulationError `experiment_not_found`, `experiment_busy`
   */
  async delete(id: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // Whoever starts its runs waits for the lock, and finds it gone.
      await this.repository.lock(manager, id);
      const experiment = await this.repository.find(manager, id);
      if (experiment === undefined)
        throw new SimulationError('not_found', 'experiment_not_found', `there is no experiment ${id}`);
      const { status, name, digest, preregistration_sha256, file_sha256, completed } = experiment;
      if (!hasEnded(status)) {
        const message =
          status === 'cancelling'
            ? `experiment ${id} is being cancelled; it can be deleted once it is cancelled`
            : `experiment ${id} is ${status}; cancel it first`;
        throw new SimulationError('conflict', 'experiment_busy', message);
      }
      const runs = await this.runs.ofExperiment(manager, id);
      const entries = await this.removal.deleteWithin(manager, runs, actor);
      await this.repository.delete(manager, experiment);
      await this.events.emit(manager, experimentDeleted(experiment));
      const registration = { name, digest, file_sha256, preregistration_sha256 };
      await this.audit.append(manager, ...entries, {
        actor,
        action: 'experiment.delete',
        subject: { type: 'experiment', id },
        data: { ...registration, status, completed, runs: experiment.runs },
      });
    });
  }
}
