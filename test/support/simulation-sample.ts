import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYamlDocument } from '../../src/core/documents/index.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { branchDefinition } from '../../src/modules/simulation/branch.rules.js';
import type { SimulationAgent, SimulationDraft } from '../../src/modules/simulation/feed-mapping.rules.js';
import { SCENARIOS } from '../../src/modules/simulation/scenarios/scenario.loader.js';
import {
  feedScenarioSchema,
  type FeedScenario,
} from '../../src/modules/simulation/scenarios/scenario.schema.js';
import { type SimulationInput, uuidFromText } from '../../src/modules/simulation/simulation.rules.js';

const CADENCES = [
  'hourly',
  'daily',
  'daily',
  'daily',
  'daily',
  'weekly',
  'weekly',
  'weekly',
  'monthly',
] as const;
const TONES = ['casual', 'casual', 'enthusiastic', 'informative', 'sarcastic', 'formal'] as const;
const BIASES = ['confirmation_bias', 'social_proof', 'negativity_bias', 'novelty_bias', 'anchoring'] as const;
const OTHERS = ['jazz', 'football', 'cooking', 'podcasts', 'running', 'chess', 'gardening'];

const METRO = parseYamlDocument(
  readFileSync(join(SCENARIOS.folder, 'metro_cdmx.yaml'), 'utf8'),
  'metro_cdmx.yaml',
  feedScenarioSchema,
);

/** The shipped scenario, as it is in the repository. */
export function metroScenario(change: Partial<FeedScenario> = {}): FeedScenario {
  return { ...METRO, ...change };
}

/** One with everything that has state: reviews, bursts, churn, opinions, ties. */
export function busyScenario(): FeedScenario {
  return metroScenario({
    ...branchDefinition(
      metroScenario(),
      {
        behaviour: {
          acts: {
            quote: 0.05,
            follow: 0.2,
            unfollow: 0.05,
            mute: 0.03,
            block: 0.02,
            report: 0.2,
            dismiss: 0.1,
          },
          bursts: { gain: 0.5, half_life_ticks: 4 },
          churn: { leaving: 0.05, returning: 0.2 },
        },
      },
      1,
    ),
    log_scores: true,
  });
}

/** A population and its drafts, made up for tests: a function of the number and the seed alone. */
export function sampleSimulation(count: number, seed = '7', scenario = metroScenario()): SimulationInput {
  const stream = new RandomStream(keyFromText(`sample:${seed}`), 0);
  const pick = <T>(list: readonly T[]): T => list[stream.below(list.length)] as T;
  const agents: SimulationAgent[] = Array.from({ length: count }, (_, i) => ({
    id: uuidFromText(`agent:${seed}:${i}`),
    seed: `${seed}-${i}`,
    name: `Agent ${i}`,
    username_hint: `agent.${i}`,
    interests: [...new Set([pick(scenario.population.interests ?? OTHERS), pick(OTHERS), pick(OTHERS)])],
    posting_cadence: pick(CADENCES),
    tone: pick(TONES),
    behavioral_biases: [...new Set([pick(BIASES), pick(BIASES)])],
    timezone: 'America/Mexico_City',
    country: 'MX',
    city: i % 3 === 0 ? 'Puebla' : 'Mexico City',
    locale: i % 5 === 0 ? 'nah-MX' : 'es-MX',
    age: 18 + (i % 40),
    gender: i % 2 === 0 ? 'female' : 'male',
  }));
  const drafts = agents.flatMap((agent) =>
    Array.from({ length: scenario.content.drafts_per_agent }, (_, n): SimulationDraft => {
      const action = pick(['allow', 'allow', 'allow', 'allow', 'label', 'review', 'block'] as const);
      return {
        id: uuidFromText(`draft:${agent.id}:${n}`),
        agent_id: agent.id,
        caption: `Found a new wall near the station, & it is <bright>: ${agent.interests.join(', ')}`,
        hashtags: [`#${(agent.interests[0] as string).replaceAll(' ', '')}`, '#mural'],
        quality: stream.unit(),
        action,
        labels: action === 'label' ? ['promotional'] : [],
      };
    }),
  );
  return { scenario, seed, agents, drafts };
}
