import type { Simulation } from '../simulation.rules.js';
import type { DecisionOrigin } from './decision.js';
import { type ModelTurn, modelTurnsSum } from './model-turn.js';

/** How often something was decided for an agent in a run. */
export interface DecisionCount {
  readonly agent: string;
  readonly origin: DecisionOrigin;
  readonly decisions: number;
}

/** What became of the decisions of a decider outside. */
export interface DeciderReport {
  /** Place in the scenario. */
  readonly decider: number;
  readonly kind: string;
  readonly agents: number;
  /** The run whose decisions are repeated. */
  readonly repeats: string | null;
  readonly decided: number;
  /** Decisions that nobody made by the deadline, and what was done instead. */
  readonly missing: number;
  readonly instead: 'rules' | 'nothing';
  /** What a language model was asked, and which; null for others. */
  readonly model: Omit<ModelTurn, 'decider'> | null;
}

/** What became of the decisions of a run, a line for each decider. */
export function decidersReport(
  { outside, agents }: Simulation,
  counts: readonly DecisionCount[],
  models: readonly ModelTurn[],
): DeciderReport[] {
  return (outside?.groups ?? []).map(({ place, decider, rows }) => {
    const ids = new Set(rows.map((row) => agents[row]?.id));
    const own = counts.filter(({ agent }) => ids.has(agent));
    const of = (wanted: DecisionOrigin): number =>
      own.reduce((sum, { origin, decisions }) => sum + (origin === wanted ? decisions : 0), 0);
    return {
      decider: place,
      kind: decider.kind,
      agents: rows.length,
      repeats: decider.repeats ?? null,
      decided: of('decided'),
      missing: of('missing'),
      instead: decider.missing,
      model: modelOf(models.filter((turn) => turn.decider === place)),
    };
  });
}

function modelOf(turns: readonly ModelTurn[]): DeciderReport['model'] {
  const sum = modelTurnsSum(turns);
  if (sum === undefined) return null;
  const { decider: _place, ...model } = sum;
  return model;
}

/** Versions of the models and prompts that decided, by what they are called in a report. */
export function versionsOfModels(deciders: readonly DeciderReport[]): Record<string, string> {
  return Object.fromEntries(
    deciders.flatMap(({ model }) => {
      if (model === null) return [];
      const { writer, cassette } = model;
      return [
        [`model ${writer.model}`, writer.model_digest],
        [`prompt ${writer.prompt.name}`, writer.prompt.version],
        ['cassette', cassette],
      ];
    }),
  );
}
