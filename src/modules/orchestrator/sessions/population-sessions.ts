import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../core/audit/index.js';
import {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from '../../agents/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import { SessionPlansRepository } from './session-plans.repository.js';

/** The plans of sessions that agents of a population have. */
@Injectable()
export class PopulationSessions implements PopulationDependent, OnModuleInit {
  readonly what = 'session_plans';

  constructor(
    private readonly dependents: PopulationDependents,
    private readonly repository: SessionPlansRepository,
  ) {}

  onModuleInit(): void {
    this.dependents.register(this);
  }

  uses(manager: EntityManager, populationId: string): Promise<PopulationUse> {
    return this.repository.ofPopulation(manager, populationId, NAMED);
  }

  async remove(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]> {
    const { count, active } = await this.repository.ofPopulation(manager, populationId, NAMED);
    if (active.length > 0)
      throw new OrchestratorError(
        'conflict',
        'session_plan_active',
        `cancel first what is at work: ${active.slice(0, NAMED).join(', ')}`,
      );
    if (count === 0) return [];
    await this.repository.deleteOfPopulation(manager, populationId);
    const subject = { type: 'population', id: populationId };
    return [{ actor, action: 'session_plans.delete', subject, data: { plans: count } }];
  }
}
