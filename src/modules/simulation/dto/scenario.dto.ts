import { API_PREFIX } from '../../../core/http/index.js';
import type { Scenario } from '../scenarios/scenario.schema.js';

/** The path of a scenario. */
export function scenarioPath(id: string): string {
  return `/${API_PREFIX}/simulations/${id}`;
}

/** A scenario as lists show it. */
export class ScenarioSummaryDto {
  /** @example metro_cdmx */
  id!: string;

  /** @example 1.0.0 */
  version!: string;

  title!: string;
  description!: string;
  ticks!: number;

  /** Minutes of simulated time in a tick. */
  tick_minutes!: number;

  /** Agents of its own population. */
  agents!: number;

  template!: string;
  links!: Record<string, string>;

  static of({ id, version, title, description, ticks, tick_minutes, ...rest }: Scenario): ScenarioSummaryDto {
    const agents = rest.population.count;
    const { template } = rest.content;
    const links = { self: scenarioPath(id), run: `${scenarioPath(id)}/run` };
    return { id, version, title, description, ticks, tick_minutes, agents, template, links };
  }
}

/** The scenarios that there are. */
export class ScenariosDto {
  synthetic!: true;
  scenarios!: ScenarioSummaryDto[];
}

/** A scenario in full. */
export class ScenarioDto {
  synthetic!: true;

  /** The scenario as docs/schemas/scenario.schema.json describes it, defaults filled in. */
  scenario!: object;

  /** SHA-256 of its meaning. */
  digest!: string;

  links!: Record<string, string>;
}
