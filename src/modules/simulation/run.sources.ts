import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgentsService, PopulationNotPersisted, type Requester } from '../agents/index.js';
import { DraftBatchesService, type SubmittedBatch } from '../content/index.js';
import type { Job } from '../jobs/index.js';
import { RunNetworks } from './graphs/run-networks.js';
import { RunDecision, type RecordDecision } from './run.decision.js';
import type { FeedScenario, Scenario } from './scenarios/scenario.schema.js';

/** A population that a run uses, and the job that makes it where it is not there. */
export interface RequiredPopulation {
  id: string;
  job?: Job;
}

/** What a run of people is made from, with the jobs that make it. */
export interface RequiredSources {
  population: RequiredPopulation;
  content: SubmittedBatch;
}

/** What a run is made from, taken where it is there and asked for where it is not. */
@Injectable()
export class RunSources {
  constructor(
    private readonly decisions: RunDecision,
    private readonly agents: AgentsService,
    private readonly batches: DraftBatchesService,
    readonly networks: RunNetworks,
  ) {}

  /** The population and the drafts of a run; nothing for a model without people. */
  async require(
    manager: EntityManager,
    scenario: Scenario,
    request: { population_id?: string | undefined; seed: string },
    requester: Requester,
  ): Promise<RequiredSources | undefined> {
    if (scenario.model === 'feedsim') return undefined;
    const population = await this.population(manager, scenario, request, requester);
    const content = await this.content(manager, scenario, { ...population, seed: request.seed }, requester);
    return { population, content };
  }

  private async population(
    manager: EntityManager,
    { population: { age_range, ...population } }: FeedScenario,
    { population_id, seed }: { population_id?: string | undefined; seed: string },
    requester: Requester,
  ): Promise<RequiredPopulation> {
    if (population_id === undefined) {
      return this.agents.requirePersisted(manager, { ...population, age_range, seed }, requester);
    }
    const found = await this.agents.population(population_id, manager);
    if (!found.persisted) throw new PopulationNotPersisted(found.id);
    return { id: found.id };
  }

  /**
   * Asks the guard about what the run shows of its own: what writes its decision in the transaction that accepts the run.
   * @throws ComplianceError when the guard does not let the scenario pass
   */
  decision(scenario: Scenario, seed: string, requester: Requester): Promise<RecordDecision> {
    return this.decisions.of(scenario, seed, requester);
  }

  private content(
    manager: EntityManager,
    { content: { template, drafts_per_agent } }: FeedScenario,
    { id, job, seed }: RequiredPopulation & { seed: string },
    requester: Requester,
  ): Promise<SubmittedBatch> {
    const request = { population: id, template, draftsPerAgent: drafts_per_agent, seed };
    return this.batches.submitWithin(manager, request, requester, job?.id);
  }
}
