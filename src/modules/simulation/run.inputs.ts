import { Injectable } from '@nestjs/common';
import { VERSION } from '../../core/version.js';
import { AgentsService, type AgentProfile } from '../agents/index.js';
import { DraftBatchesService } from '../content/index.js';
import type { SimulationAgent, SimulationDraft } from './feed-mapping.rules.js';
import type { RunWithStatus } from './runs.repository.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import type { SimulationInput } from './simulation.rules.js';

/** Reads what a run is made from. */
@Injectable()
export class RunInputs {
  constructor(
    private readonly agents: AgentsService,
    private readonly batches: DraftBatchesService,
  ) {}

  /** The agents in their order, and their drafts with every decision, also of those that the guard holds back. */
  async load(
    scenario: FeedScenario,
    run: RunWithStatus,
  ): Promise<{ input: SimulationInput; versions: Record<string, string> }> {
    const { population_id, draft_batch_id } = run;
    if (population_id === null || draft_batch_id === null) throw new Error(`run ${run.id} has no population`);
    const agents: SimulationAgent[] = [];
    for await (const profiles of this.agents.eachAgents(population_id)) agents.push(...profiles.map(agentOf));
    const { batch, drafts } = await this.batches.drafts(draft_batch_id);
    const { generator_version } = await this.agents.population(population_id);
    return {
      input: { scenario, seed: run.seed, agents, drafts: drafts.map(draftOf) },
      versions: {
        azt3knet: VERSION,
        population: String(generator_version),
        [`template ${batch.template}`]: batch.template_version,
      },
    };
  }
}

/** What a simulation needs of a profile. */
export function agentOf({ id, seed, name, username_hint, ...rest }: AgentProfile): SimulationAgent {
  const { interests, posting_cadence, tone, behavioral_biases } = rest;
  return { id, seed, name, username_hint, interests, posting_cadence, tone, behavioral_biases };
}

function draftOf({ id, agent_id, caption, hashtags, ...rest }: SimulationDraft): SimulationDraft {
  const { quality, action, labels } = rest;
  return { id, agent_id, caption, hashtags, quality, action, labels };
}
