import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../../core/audit/index.js';
import {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from '../../agents/index.js';
import { AccountsRepository } from './accounts.repository.js';

/** The accounts that agents of a population have on networks. Those of a network that shows a run go with the run. */
@Injectable()
export class PopulationAccounts implements PopulationDependent, OnModuleInit {
  readonly what = 'network_accounts';

  constructor(
    private readonly dependents: PopulationDependents,
    private readonly repository: AccountsRepository,
  ) {}

  onModuleInit(): void {
    this.dependents.register(this);
  }

  uses(manager: EntityManager, populationId: string): Promise<PopulationUse> {
    return this.repository.ofPopulation(manager, populationId, NAMED);
  }

  async remove(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]> {
    const accounts = await this.repository.deleteOfPopulation(manager, populationId);
    if (accounts === 0) return [];
    const subject = { type: 'population', id: populationId };
    return [{ actor, action: 'network.delete_accounts', subject, data: { accounts } }];
  }
}
