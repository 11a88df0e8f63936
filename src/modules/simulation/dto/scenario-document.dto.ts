import { z } from 'zod';
import {
  documentFields,
  documentsQuery,
  versionDto,
  versionFields,
  type DocumentVersion,
  type ReadDocument,
} from '../../../core/documents/index.js';
import { API_PREFIX, links, page, synthetic, wire } from '../../../core/http/index.js';
import { scenarioDigest, type ScenarioSummary } from '../scenarios/scenario.loader.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { ScenarioDefinition, scenarioPath } from './scenario.dto.js';

const summaryFields = {
  title: z.string().meta({ examples: ['Street art on the Mexico City metro'] }),
  description: z.string(),
  tags: z.array(z.string()),
  template: z
    .string()
    .nullable()
    .meta({ description: 'Null where nothing is written.', examples: ['street_art_campaign'] }),
  country: z
    .string()
    .nullable()
    .meta({ description: 'Of its own population; null where it has no people.', examples: ['MX'] }),
  agents: z.int().meta({ description: 'Agents of its own population.' }),
  ticks: z.int(),
  tick_minutes: z.int().meta({ description: 'Minutes of simulated time in a tick.' }),
};

export const ScenariosQuery = documentsQuery({
  template: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'As the scenario names it.', examples: ['street_art_campaign'] }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u, 'must be two capital letters')
    .optional()
    .meta({ examples: ['MX'] }),
});
export type ScenariosQuery = z.infer<typeof ScenariosQuery>;

const ScenarioEntry = wire(
  'ScenarioEntry',
  z.strictObject({ ...versionFields, ...summaryFields, links }).describe('A scenario as lists show it.'),
);
type ScenarioEntry = z.infer<typeof ScenarioEntry>;

export const ScenarioPage = page('ScenarioPage', 'scenarios', ScenarioEntry);
export type ScenarioPage = z.infer<typeof ScenarioPage>;

export const ScenarioVersionPage = page('ScenarioVersionPage', 'versions', ScenarioEntry);
export type ScenarioVersionPage = z.infer<typeof ScenarioVersionPage>;

export const ScenarioDocument = wire(
  'ScenarioDocument',
  z
    .strictObject({
      ...documentFields,
      ...summaryFields,
      content: z.string().meta({ description: 'The YAML text as it was given.' }),
      scenario: ScenarioDefinition,
      links,
    })
    .describe('One version of a scenario, in full.'),
);
export type ScenarioDocument = z.infer<typeof ScenarioDocument>;

export const CheckedScenario = wire(
  'CheckedScenario',
  z
    .strictObject({
      synthetic,
      name: z.string(),
      version: z.string(),
      sha256: z.string(),
      scenario: ScenarioDefinition,
    })
    .describe('A scenario that could be added as far as its text goes.'),
);
export type CheckedScenario = z.infer<typeof CheckedScenario>;

const ROOT = `/${API_PREFIX}/scenarios`;

export function scenarioEntry(document: DocumentVersion<ScenarioSummary>): ScenarioEntry {
  const { name, version, summary, retired_at } = document;
  const { title, description, tags, template, country, agents, ticks, tick_minutes } = summary;
  return {
    ...versionDto(document),
    title,
    description,
    tags: [...tags],
    template,
    country,
    agents,
    ticks,
    tick_minutes,
    links: {
      self: `${ROOT}/${name}?version=${version}`,
      versions: `${ROOT}/${name}/versions`,
      ...(retired_at === null && { run: `${scenarioPath(name)}/run` }),
    },
  };
}

export function scenarioDocument(document: ReadDocument<Scenario, ScenarioSummary>): ScenarioDocument {
  const { content, value } = document;
  return { synthetic: true, ...scenarioEntry(document), content, scenario: value };
}

export function checkedScenario(scenario: Scenario): CheckedScenario {
  const { id: name, version } = scenario;
  return { synthetic: true, name, version, sha256: scenarioDigest(scenario), scenario };
}

/** The least that a scenario says. */
export const SCENARIO_EXAMPLE = `id: small_town
version: 1.0.0
title: A small town
description: Sixty people and a campaign.
population: { gender: unspecified, count: 60, country: MX }
content: { template: street_art_campaign }
ticks: 12
tick_minutes: 60
`;
