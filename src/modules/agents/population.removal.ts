import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import { ExportsService } from '../exports/index.js';
import { PopulationNotFound } from './agents.errors.js';
import { PopulationDependents } from './population.dependents.js';
import { populationDeleted } from './population.events.js';
import { PopulationsRepository } from './populations.repository.js';

/** Deletes populations. */
@Injectable()
export class PopulationRemoval {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: PopulationsRepository,
    private readonly dependents: PopulationDependents,
    private readonly exports: ExportsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Deletes a population with its agents and exports. The guard's decisions stay: they are the record of what it said.
   * @param cascade whether what was made from it goes as well; otherwise that forbids it
   * @throws PopulationNotFound, PopulationInUse
   */
  async delete(reference: string, cascade: boolean, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const population = await this.repository.lock(manager, reference);
      if (population === undefined) throw new PopulationNotFound(reference);
      if (!cascade) await this.dependents.requireNone(manager, population.id);
      const removed = cascade ? await this.dependents.removeAll(manager, population.id, actor) : [];
      const subject = { population_id: population.id };
      removed.push(...(await this.exports.removeOf(manager, subject, actor)));
      await this.repository.delete(manager, population.id);
      await this.events.emit(
        manager,
        populationDeleted({ population_id: population.id, name: population.name, count: population.count }),
      );
      await this.audit.append(manager, ...removed, {
        actor,
        action: 'population.delete',
        subject: { type: 'population', id: population.id },
        data: { digest: population.digest, count: population.count, cascade },
      });
    });
  }
}
