import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { documentErrorAt, type ReadDocument } from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import { AgentsService, PopulationNotPersisted } from '../../agents/index.js';
import { ScenarioLibrary } from '../scenarios/scenario-library.js';
import type { ScenarioSummary } from '../scenarios/scenario.loader.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { parseExperiment, register, type Registration } from './registration.js';

/** A scenario with its version and its text. */
type ScenarioDocument = ReadDocument<Scenario, ScenarioSummary>;

/** What errors call the text, which comes without the name of its file. */
const SOURCE = 'experiment';

/** Reads experiments together with what they name. */
@Injectable()
export class ExperimentReader {
  constructor(
    private readonly scenarios: ScenarioLibrary,
    private readonly agents: AgentsService,
  ) {}

  /** @throws DocumentError naming every wrong line, also of names that nothing has */
  async read(content: string): Promise<{ scenario: ScenarioDocument; registration: Registration }> {
    const file = parseExperiment(content, SOURCE);
    const at = { text: content, source: SOURCE };
    const scenario = await naming(at, 'scenario', () => this.scenarios.get(file.scenario));
    const { population } = file;
    if (population !== undefined) {
      await naming(at, 'population', async () => {
        const found = await this.agents.population(population);
        if (!found.persisted) throw new PopulationNotPersisted(found.id);
      });
    }
    return { scenario, registration: await register(file, scenario.value, at) };
  }

  /** Keeps a copy of the scenario, in the manager's transaction. */
  pin(manager: EntityManager, scenario: ScenarioDocument): Promise<void> {
    return this.scenarios.pin(manager, scenario);
  }
}

/** Does something with what a field names: where that is not there, the file is wrong in its line. */
async function naming<T>(
  at: { text: string; source: string },
  field: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || (error.kind !== 'not_found' && error.kind !== 'conflict'))
      throw error;
    throw documentErrorAt(at.text, at.source, [{ path: [field], message: error.message }]);
  }
}
