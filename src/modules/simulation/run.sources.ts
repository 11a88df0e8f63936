import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgentsService, PopulationNotPersisted, type Requester } from '../agents/index.js';
import { DraftBatchesService, type SubmittedBatch } from '../content/index.js';
import type { Job } from '../jobs/index.js';
import { DecidersCheck } from './deciders/deciders-check.js';
import { recordedRuns } from './deciders/recorded-log.js';
import { RunNetworks } from './graphs/run-networks.js';
import { RunsRepository } from './runs.repository.js';
import { RunDecision, type RecordDecision } from './run.decision.js';
import { GROUPINGS } from './groups.rules.js';
import type { FeedScenario, Scenario } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';

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
    private readonly runs: RunsRepository,
    readonly networks: RunNetworks,
    readonly deciders: DecidersCheck,
  ) {}

  /**
   * The population and the drafts of a run; nothing for a model without people.
   * @throws SimulationError `scenario_invalid` where it groups people by what only a population file gives them, `run_not_replayable` where it
   *   takes again what other people did; PopulationNotPersisted
   */
  async require(
    manager: EntityManager,
    scenario: Scenario,
    request: { population_id?: string | undefined; seed: string },
    requester: Requester,
  ): Promise<RequiredSources | undefined> {
    if (scenario.model === 'feedsim') return undefined;
    if (request.population_id === undefined) requireGrouping(scenario);
    const population = await this.population(manager, scenario, request, requester);
    await this.requirePeople(manager, scenario, population.id);
    const content = await this.content(manager, scenario, { ...population, seed: request.seed }, requester);
    return { population, content };
  }

  private async requirePeople(
    manager: EntityManager,
    scenario: FeedScenario,
    population: string,
  ): Promise<void> {
    for (const id of recordedRuns(scenario)) {
      const run = await this.runs.find(manager, id);
      if (run === undefined || run.population_id === population) continue;
      const of = run.population_id ?? 'that is gone';
      const message = `run ${id} cannot be taken again: its people are the population ${of}, and those of this run the population ${population}; give it population_id ${of}`;
      const issue = { field: 'population_id', message };
      throw new SimulationError('conflict', 'run_not_replayable', message, [issue]);
    }
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

/** People who are generated have no attributes of a file. */
function requireGrouping({ measures, graph }: FeedScenario): void {
  const fields = {
    'measures.group_by': measures?.group_by,
    'graph.by': 'by' in graph ? graph.by : undefined,
  };
  const issues = Object.entries(fields).flatMap(([field, by]) => {
    if (by === undefined || GROUPINGS.some((each) => each === by)) return [];
    const message = `is ${GROUPINGS.join(', ')} for people who are generated; ${by} would be an attribute of a population file that the run is given`;
    return [{ field, message }];
  });
  if (issues.length === 0) return;
  const message = issues.map((issue) => `${issue.field} ${issue.message}`).join('\n');
  throw new SimulationError('invalid', 'scenario_invalid', message, issues);
}
