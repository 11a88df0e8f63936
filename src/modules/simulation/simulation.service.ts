import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import type { Requester } from '../agents/index.js';
import { DecidersCheck } from './deciders/deciders-check.js';
import { RunAcceptance, type AcceptedRun } from './run-acceptance.js';
import { RunSources } from './run.sources.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import { MAX_TICKS } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';

/** The longest seed, in UTF-16 units. */
export const MAX_SEED_LENGTH = 200;

/** A scenario to run. */
export interface RunRequest {
  /** The current version of a scenario by its name, or `name@version`. */
  scenario: string;
  /** Instead of the scenario's own number. */
  ticks?: number | undefined;
  seed?: string | undefined;
  /** A persisted population, by id or digest, instead of the scenario's own. */
  population_id?: string | undefined;
  /** Whether what became of each agent is written into its state. */
  agent_states?: boolean | undefined;
  /** The text of the file that a graph which is imported names. */
  network?: string | undefined;
  /** Ticks between two checkpoints, 0: none; the configuration's unless given. */
  checkpoint_every?: number | undefined;
}

@Injectable()
export class SimulationService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly scenarios: ScenarioLibrary,
    private readonly sources: RunSources,
    private readonly acceptance: RunAcceptance,
    private readonly deciders: DecidersCheck,
  ) {}

  /**
   * Accepts a run together with whatever it needs that is not there yet: the job that makes its population, the job that
   * writes its drafts, and the job that runs it, each after the one before, all in one transaction.
   * @throws DocumentStoreError `scenario_not_found`; SimulationError `out_of_range`; PopulationNotFound, PopulationNotPersisted,
   *   InvalidSpecification, ContentError; SimulationError `network_invalid` where an imported graph cannot be read, `run_not_replayable`, `model_missing` and what an LlmGateway says; ComplianceError when the guard refuses the scenario or the specification
   */
  async run(request: RunRequest, requester: Requester): Promise<AcceptedRun> {
    const document = await this.scenarios.get(request.scenario);
    const scenario = document.value;
    const ticks = request.ticks ?? scenario.ticks;
    if (!Number.isInteger(ticks) || ticks < 1 || ticks > MAX_TICKS) {
      refuse('ticks', `is a whole number from 1 to ${MAX_TICKS}`);
    }
    if (scenario.model === 'feedsim') refusePeople(request);
    const seed = this.seedFor(request.seed);
    await this.deciders.check(scenario, seed, requester);
    const decide = await this.sources.decision(scenario, seed, requester);
    const id = randomUUID();
    return this.sources.networks.withStored(scenario, id, request.network, (keep) =>
      this.dataSource.transaction(async (manager) => {
        await this.scenarios.pin(manager, document);
        const sources = await this.sources.require(manager, scenario, { ...request, seed }, requester);
        const accepted = await this.acceptance.accept(
          manager,
          {
            id,
            scenario,
            seed,
            ticks,
            sources,
            checkpoint_every: request.checkpoint_every,
            agent_states: request.agent_states,
          },
          decide,
          requester,
        );
        await keep(manager);
        return accepted;
      }),
    );
  }

  /** The seed of a request in one spelling, the configured default, or a new one. @throws SimulationError `out_of_range` */
  seedFor(given: string | undefined): string {
    return seedOf(given, this.config.defaultSeed);
  }
}

/** @throws SimulationError `out_of_range` where a request wants people of a model that has none */
function refusePeople({ population_id, agent_states }: RunRequest): void {
  const why = 'is for scenarios of the model feed; the agents of feedsim are only numbers';
  if (population_id !== undefined) refuse('population_id', why);
  if (agent_states === true) refuse('agent_states', why);
}

function seedOf(given: string | undefined, configured: string | undefined): string {
  if (given === undefined) return configured ?? randomBytes(8).toString('hex');
  const seed = given.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (seed === '' || seed.length > MAX_SEED_LENGTH)
    refuse('seed', `is a text of 1 to ${MAX_SEED_LENGTH} characters`);
  return seed;
}

function refuse(field: string, message: string): never {
  throw new SimulationError('invalid', 'out_of_range', `${field} ${message}`, [{ field, message }]);
}
