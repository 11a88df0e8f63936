import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import canonicalize from 'canonicalize';
import { loadYamlDocument } from '../../../core/documents/index.js';
import { SimulationError } from '../simulation.errors.js';
import { type Scenario, scenarioSchema } from './scenario.schema.js';

const SUFFIX = '.yaml';

/** The ids of the scenarios in a folder, in alphabetical order. */
export function scenarioIds(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => basename(file, SUFFIX))
    .toSorted();
}

/**
 * Reads the scenario of an id.
 * @throws SimulationError `scenario_not_found`, or `scenario_invalid` when the file has another id
 * @throws DocumentError naming every wrong line
 */
export function loadScenario(folder: string, id: string): Scenario {
  const file = join(folder, `${id}${SUFFIX}`);
  if (!/^[a-z][a-z0-9_]{0,63}$/u.test(id) || !existsSync(file)) {
    const known = scenarioIds(folder).join(', ');
    const message = `no scenario is called ${JSON.stringify(id.slice(0, 80))}; there are: ${known}`;
    throw new SimulationError('not_found', 'scenario_not_found', message, [{ field: 'scenario', message }]);
  }
  const scenario = loadYamlDocument(file, scenarioSchema);
  if (scenario.id !== id) {
    const message = `${file}: id: is ${id}, like the name of the file`;
    throw new SimulationError('invalid', 'scenario_invalid', message, [{ field: 'id', message }]);
  }
  return scenario;
}

/** SHA-256 of a scenario's meaning: comments, spacing and the order of keys do not count, defaults do. */
export function scenarioDigest(scenario: Scenario): string {
  return createHash('sha256')
    .update(canonicalize(scenario) as string)
    .digest('hex');
}
