import type { PathIssue } from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import { createGenerator } from '../../agents/index.js';
import { degreesFor } from '../graphs/network.rules.js';
import type { Scenario } from './scenario.schema.js';

/** What a scenario's schema cannot see is wrong: a population or a network that cannot be made, each with the path of its field. */
export async function scenarioIssues(scenario: Scenario): Promise<PathIssue[]> {
  if (scenario.model === 'feedsim') return [];
  const { population, graph } = scenario;
  const issues: PathIssue[] = [];
  try {
    await createGenerator({ ...population, seed: '0' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    issues.push(...error.issues.map(({ field, message }) => ({ path: ['population', field], message })));
  }
  if (graph.model !== 'configuration') return issues;
  try {
    degreesFor(graph.degrees, population.count);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    issues.push(...error.issues.map(({ message }) => ({ path: ['graph', 'degrees'], message })));
  }
  return issues;
}
