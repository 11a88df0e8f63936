import { AppError } from '../../../core/errors/index.js';
import { createGenerator } from '../../agents/index.js';
import { SimulationError } from '../simulation.errors.js';
import { degreesFor } from '../graphs/network.rules.js';
import type { Scenario } from './scenario.schema.js';

/**
 * Judges what a scenario's schema cannot: whether its population and its network can be made.
 * @throws SimulationError `scenario_invalid` naming the fields as the scenario has them
 */
export async function checkScenario(scenario: Scenario): Promise<void> {
  if (scenario.model === 'feedsim') return;
  const { population, graph } = scenario;
  if (graph.model === 'configuration') checkDegrees(graph.degrees, population.count);
  try {
    await createGenerator({ ...population, seed: '0' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const issues = error.issues.map((issue) => ({ ...issue, field: `population.${issue.field}` }));
    throw new SimulationError('invalid', 'scenario_invalid', error.message, issues);
  }
}

function checkDegrees(degrees: readonly number[], count: number): void {
  try {
    degreesFor(degrees, count);
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    throw new SimulationError('invalid', 'scenario_invalid', error.message, error.issues);
  }
}
