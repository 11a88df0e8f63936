import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../core/audit/index.js';
import { JobsService } from '../jobs/index.js';
import { PopulationInUse } from './agents.errors.js';

/** Of what is made from a population: how many there are, and the ids of a few. */
export interface PopulationUse {
  count: number;
  ids: string[];
}

/** What another module makes from populations. It knows this module, and not the other way round: so it registers. */
export interface PopulationDependent {
  /** In the plural: `drafts`. */
  readonly what: string;
  /** Those of a population, with at most {@link NAMED} ids. */
  uses(manager: EntityManager, populationId: string): Promise<PopulationUse>;
  /**
   * Deletes them.
   * @returns what the audit is to say; written by the caller, since whoever writes it holds up all others
   * @throws AppError `conflict` when one cannot be deleted now
   */
  remove(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]>;
}

/** So many ids are told of each kind. */
export const NAMED = 3;

function told({ count, ids }: PopulationUse): string {
  return `${count}: ${ids.slice(0, NAMED).join(', ')}${count > NAMED ? ', …' : ''}`;
}

/** Everything that is made from populations. */
@Injectable()
export class PopulationDependents {
  private readonly dependents: PopulationDependent[] = [];

  constructor(private readonly jobs: JobsService) {}

  register(dependent: PopulationDependent): void {
    this.dependents.push(dependent);
  }

  /** @throws PopulationInUse naming what needs the population, or the jobs that are at work on it */
  async requireNone(manager: EntityManager, populationId: string): Promise<void> {
    await this.requireIdle(manager, populationId);
    const issues = [];
    for (const dependent of this.dependents) {
      const use = await dependent.uses(manager, populationId);
      if (use.count > 0) issues.push({ field: dependent.what, message: told(use) });
    }
    if (issues.length > 0) {
      throw new PopulationInUse(populationId, issues, 'delete them first, or all of it with cascade=true');
    }
  }

  /**
   * Deletes all of it.
   * @returns what the audit is to say
   * @throws PopulationInUse when jobs are at work on the population
   */
  async removeAll(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]> {
    await this.requireIdle(manager, populationId);
    const entries: AuditEntry[] = [];
    for (const dependent of this.dependents.toReversed()) {
      entries.push(...(await dependent.remove(manager, populationId, actor)));
    }
    return entries;
  }

  private async requireIdle(manager: EntityManager, populationId: string): Promise<void> {
    const ids = await this.jobs.unfinishedWith(manager, { population_id: populationId });
    if (ids.length === 0) return;
    const issues = [{ field: 'jobs', message: told({ count: ids.length, ids }) }];
    throw new PopulationInUse(populationId, issues, 'wait until they are finished, or cancel them');
  }
}
