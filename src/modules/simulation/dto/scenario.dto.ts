import { z } from 'zod';
import { API_PREFIX, links, synthetic, wire } from '../../../core/http/index.js';
import type { DocumentVersion } from '../../../core/documents/index.js';
import { scenarioDigest, type ScenarioSummary } from '../scenarios/scenario.loader.js';
import { scenarioSchema, type Scenario } from '../scenarios/scenario.schema.js';

/** The path of a scenario. */
export function scenarioPath(id: string): string {
  return `/${API_PREFIX}/simulations/${id}`;
}

export const ScenarioParams = z.strictObject({
  scenario: z
    .string()
    .max(100)
    .meta({ description: 'The name of a scenario, or `name@version`.', examples: ['metro_cdmx'] }),
});
export type ScenarioParams = z.infer<typeof ScenarioParams>;

const ScenarioSummaryDto = wire(
  'ScenarioSummary',
  z
    .strictObject({
      id: z.string().meta({ examples: ['metro_cdmx'] }),
      version: z.string().meta({ examples: ['1.0.0'] }),
      title: z.string(),
      description: z.string(),
      ticks: z.int(),
      tick_minutes: z.int().meta({ description: 'Minutes of simulated time in a tick.' }),
      agents: z.int().meta({ description: 'Agents of its own population.' }),
      template: z
        .string()
        .nullable()
        .meta({ description: 'Null where nothing is written.', examples: ['street_art_campaign'] }),
      links,
    })
    .describe('A scenario as lists show it.'),
);
type ScenarioSummaryDto = z.infer<typeof ScenarioSummaryDto>;

function scenarioLinks(id: string): Record<string, string> {
  return { self: scenarioPath(id), run: `${scenarioPath(id)}/run` };
}

export function scenarioSummaryDto({
  name,
  version,
  summary,
}: DocumentVersion<ScenarioSummary>): ScenarioSummaryDto {
  const { title, description, ticks, tick_minutes, agents, template } = summary;
  const counts = { ticks, tick_minutes, agents };
  return { id: name, version, title, description, ...counts, template, links: scenarioLinks(name) };
}

export const ScenariosDto = wire(
  'ScenarioSummaries',
  z.strictObject({ synthetic, scenarios: z.array(ScenarioSummaryDto) }),
);
export type ScenariosDto = z.infer<typeof ScenariosDto>;

/** The scenario itself, defaults filled in. */
export const ScenarioDefinition = wire('ScenarioDefinition', scenarioSchema).describe(
  'The scenario, defaults filled in.',
);

export const ScenarioDto = wire(
  'Scenario',
  z
    .strictObject({
      synthetic,
      scenario: ScenarioDefinition,
      digest: z.string().meta({ description: 'SHA-256 of its meaning.' }),
      links,
    })
    .describe('A scenario in full.'),
);
export type ScenarioDto = z.infer<typeof ScenarioDto>;

export function scenarioDto(scenario: Scenario): ScenarioDto {
  return {
    synthetic: true,
    scenario,
    digest: scenarioDigest(scenario),
    links: scenarioLinks(scenario.id),
  };
}
