import { createHash } from 'node:crypto';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { parseYamlDocument, type DocumentKind } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { type Scenario, scenarioSchema } from './scenario.schema.js';

/** Reads a scenario from YAML text. @throws DocumentError naming every wrong line */
export function parseScenario(text: string, source: string): Scenario {
  return parseYamlDocument(text, source, scenarioSchema);
}

/** SHA-256 of a scenario's meaning: comments, spacing and the order of keys do not count, defaults do. */
export function scenarioDigest(scenario: Scenario): string {
  return createHash('sha256')
    .update(canonicalize(scenario) as string)
    .digest('hex');
}

/** What lists show of a scenario and filter it by. */
export interface ScenarioSummary {
  title: string;
  description: string;
  tags: readonly string[];
  /** Null for a model without people. */
  template: string | null;
  country: string | null;
  agents: number;
  ticks: number;
  tick_minutes: number;
}

/** Scenarios, as documents. */
export const SCENARIOS: DocumentKind<Scenario, ScenarioSummary> = {
  kind: 'scenario',
  folder: join(PROJECT_ROOT, 'scenarios'),
  parse: parseScenario,
  facts: (scenario) => ({
    name: scenario.id,
    version: scenario.version,
    sha256: scenarioDigest(scenario),
    summary: {
      title: scenario.title,
      description: scenario.description,
      tags: scenario.tags ?? [],
      ...(scenario.model === 'feedsim'
        ? { template: null, country: null, agents: scenario.agents }
        : {
            template: scenario.content.template,
            country: scenario.population.country,
            agents: scenario.population.count,
          }),
      ticks: scenario.ticks,
      tick_minutes: scenario.tick_minutes,
    },
  }),
};
