import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Requester } from '../../agents/index.js';
import { JobsService } from '../../jobs/index.js';
import { RunSources } from '../run.sources.js';
import { ScenarioLibrary } from '../scenarios/scenario-library.js';
import type { FeedScenario, Scenario } from '../scenarios/scenario.schema.js';
import { SimulationError } from '../simulation.errors.js';
import { SimulationService } from '../simulation.service.js';
import { PARAMETER_NAMES, type ParameterName } from './parameters.js';

/** A scenario to calibrate. */
export interface CalibrationRequest {
  readonly parameters?: readonly ParameterName[] | undefined;
  readonly evaluations: number;
  readonly min_size: number;
  readonly ticks?: number | undefined;
  readonly seed?: string | undefined;
  readonly population_id?: string | undefined;
}

/** What a calibration job is told. */
export interface CalibrationJob {
  readonly scenario: FeedScenario;
  readonly seed: string;
  readonly ticks: number;
  readonly parameters: readonly ParameterName[];
  readonly evaluations: number;
  readonly min_size: number;
  readonly population_id: string;
  readonly draft_batch_id: string;
}

/** A calibration that was accepted, with the jobs that lead to it, in their order. */
export interface AcceptedCalibration {
  readonly scenario: string;
  readonly seed: string;
  readonly population_id: string;
  readonly jobs: { population: string | null; content: string | null; calibration: string };
}

/** Accepts calibrations. */
@Injectable()
export class CalibrationService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly scenarios: ScenarioLibrary,
    private readonly sources: RunSources,
    private readonly jobs: JobsService,
    private readonly simulations: SimulationService,
  ) {}

  /**
   * Accepts a calibration together with whatever it needs that is not there yet, all in one transaction.
   * @throws DocumentStoreError `scenario_not_found`; SimulationError `out_of_range` for a model without parameters and an
   *   imported network; whatever a run of the scenario is refused for
   */
  async accept(
    name: string,
    { population_id, ...request }: CalibrationRequest,
    requester: Requester,
  ): Promise<AcceptedCalibration> {
    const document = await this.scenarios.get(name);
    const scenario = calibratable(document.value);
    const seed = this.simulations.seedFor(request.seed);
    const decide = await this.sources.decision(scenario, seed, requester);
    return this.dataSource.transaction(async (manager) => {
      await this.scenarios.pin(manager, document);
      const sources = await this.sources.require(manager, scenario, { population_id, seed }, requester);
      if (sources === undefined) throw new Error(`the scenario ${name} has no people`);
      const { population, content } = sources;
      const writing = content.accepted ? content.batch.job_id : null;
      const payload: CalibrationJob = {
        scenario,
        seed,
        ticks: request.ticks ?? scenario.ticks,
        parameters: request.parameters ?? PARAMETER_NAMES,
        evaluations: request.evaluations,
        min_size: request.min_size,
        population_id: population.id,
        draft_batch_id: content.batch.id,
      };
      const job = await this.jobs.submit(manager, {
        queue: 'simulation',
        name: 'simulation.calibrate',
        payload,
        after: writing ?? population.job?.id ?? undefined,
        createdBy: requester.id,
      });
      await decide(manager);
      const jobs = { population: population.job?.id ?? null, content: writing, calibration: job.id };
      return { scenario: scenario.id, seed, population_id: population.id, jobs };
    });
  }
}

function calibratable(scenario: Scenario): FeedScenario {
  if (scenario.model === 'feedsim')
    throw refused('is for scenarios of the model feed; feedsim has no parameters');
  if (scenario.graph.model === 'imported')
    throw refused('is for scenarios whose network is made; an imported one comes with each run');
  if (scenario.deciders?.some(({ kind }) => kind !== 'rules') === true)
    throw refused('is for scenarios in which rules decide for everybody');
  return scenario;
}

function refused(why: string): SimulationError {
  const message = `calibration ${why}`;
  return new SimulationError('invalid', 'out_of_range', message, [{ field: 'scenario', message }]);
}
