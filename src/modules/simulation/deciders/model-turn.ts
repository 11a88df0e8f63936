import type { ModelWriter } from '../../../core/llm/index.js';

import type { Decisions } from './decision.js';

/** What a model was asked for the people of a decider in a tick, and what came of it; the same when it is replayed. */
export interface ModelTurn {
  /** Place of the decider in the scenario. */
  readonly decider: number;
  readonly writer: ModelWriter;
  readonly cassette: string;
  /** Questions, each about some agents; repairs of an answer are no more. */
  calls: number;
  /** Agents who had something to decide on. */
  agents: number;
  /** Of these: of whom an answer says nothing that can be done. */
  omitted: number;
  /** Whom nothing was asked about, since the budget was used up. */
  over_budget: number;
  /** Whose question was not answered, by the code of the error. */
  failed: Record<string, number>;
  /** Acts that could not be done, and were left out. */
  refused_acts: number;
  input_tokens: number;
  output_tokens: number;
}

/** What language models decided in a tick. */
export interface Modelled {
  readonly decisions: Decisions;
  readonly turns: readonly ModelTurn[];
}

export function noModelTurn(
  decider: number,
  { writer, cassette }: Pick<ModelTurn, 'writer' | 'cassette'>,
): ModelTurn {
  return {
    decider,
    writer,
    cassette,
    calls: 0,
    agents: 0,
    omitted: 0,
    over_budget: 0,
    failed: {},
    refused_acts: 0,
    input_tokens: 0,
    output_tokens: 0,
  };
}

/** What models did for a decider in several ticks. */
export function modelTurnsSum(turns: readonly ModelTurn[]): ModelTurn | undefined {
  const [first] = turns;
  if (first === undefined) return undefined;
  const sum = noModelTurn(first.decider, first);
  for (const turn of turns) {
    sum.calls += turn.calls;
    sum.agents += turn.agents;
    sum.omitted += turn.omitted;
    sum.over_budget += turn.over_budget;
    sum.refused_acts += turn.refused_acts;
    sum.input_tokens += turn.input_tokens;
    sum.output_tokens += turn.output_tokens;
    for (const [code, agents] of Object.entries(turn.failed))
      sum.failed[code] = (sum.failed[code] ?? 0) + agents;
  }
  return sum;
}
