import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../core/audit/index.js';
import {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from '../../agents/index.js';
import { SchedulerError } from '../scheduler.errors.js';
import { CampaignsRepository } from './campaigns.repository.js';

/** The campaigns that need a population. */
@Injectable()
export class PopulationCampaigns implements PopulationDependent, OnModuleInit {
  readonly what = 'campaigns';

  constructor(
    private readonly dependents: PopulationDependents,
    private readonly repository: CampaignsRepository,
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
      throw new SchedulerError(
        'conflict',
        'campaign_active',
        `cancel first what is at work: ${active.slice(0, NAMED).join(', ')}`,
      );
    if (count === 0) return [];
    await this.repository.deleteOfPopulation(manager, populationId);
    const subject = { type: 'population', id: populationId };
    return [{ actor, action: 'campaigns.delete', subject, data: { campaigns: count } }];
  }
}
