import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../core/audit/index.js';
import {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from '../agents/index.js';
import { RunRemoval } from './run.removal.js';
import { RunsRepository } from './runs.repository.js';

/** The runs that need a population. */
@Injectable()
export class PopulationRuns implements PopulationDependent, OnModuleInit {
  readonly what = 'runs';

  constructor(
    private readonly dependents: PopulationDependents,
    private readonly repository: RunsRepository,
    private readonly removal: RunRemoval,
  ) {}

  onModuleInit(): void {
    this.dependents.register(this);
  }

  async uses(manager: EntityManager, populationId: string): Promise<PopulationUse> {
    const runs = await this.repository.ofPopulation(manager, populationId);
    return { count: runs.length, ids: runs.slice(0, NAMED).map(({ id }) => id) };
  }

  async remove(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]> {
    return this.removal.deleteWithin(
      manager,
      await this.repository.ofPopulation(manager, populationId),
      actor,
    );
  }
}
