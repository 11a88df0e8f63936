import type { FeedInput } from '../../engine/index.js';
import type { SimulationAgent, SimulationDraft } from './feed-mapping.rules.js';
import { drawOf, isFalse } from './interventions.rules.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';

interface Given {
  readonly scenario: FeedScenario;
  readonly seed: string;
}

/** Log-odds that emotion and novelty of each draft add to every decision about it. Both are drawn, false content being ahead. */
export function liftOf(given: Given, drafts: readonly SimulationDraft[]): Float32Array {
  const { emotion_pull, novelty_pull, false_emotion, false_novelty } = given.scenario.information;
  const lift = new Float32Array(drafts.length);
  for (const [row, draft] of drafts.entries()) {
    const ahead = isFalse(given, draft) ? 1 : 0;
    const emotion = raised(drawOf(`emotion:${given.seed}:${draft.id}`), ahead * false_emotion);
    const novelty = raised(drawOf(`novelty:${given.seed}:${draft.id}`), ahead * false_novelty);
    lift[row] = emotion_pull * (emotion - 0.5) + novelty_pull * (novelty - 0.5);
  }
  return lift;
}

function raised(value: number, share: number): number {
  return value + share * (1 - value);
}

/** Whether opinions do anything in a scenario: otherwise nobody has one. */
export function hasOpinions({ opinions: { rule, pull } }: Pick<FeedScenario, 'opinions'>): boolean {
  return rule !== 'none' || pull !== 0;
}

/** What people think at the start, and how that changes; undefined where opinions do nothing. */
export function opinionsOf(
  { scenario, seed }: Given,
  agents: readonly SimulationAgent[],
): FeedInput['opinions'] | undefined {
  const { opinions } = scenario;
  const { start, pull, ...rule } = opinions;
  if (!hasOpinions(scenario)) return undefined;
  const initial = Float64Array.from(agents, ({ id }) => {
    const drawn = 2 * drawOf(`opinion:${seed}:${id}`) - 1;
    if (start === 'uniform') return drawn;
    // Cubes gather in the middle; camps are a half to the left and right, a quarter wide each way.
    return start === 'centred' ? drawn * drawn * drawn : Math.sign(drawn) * 0.5 + (drawn % 0.5) * 0.5;
  });
  return { rule, initial, pull };
}
