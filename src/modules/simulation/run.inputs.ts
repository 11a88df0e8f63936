import { Injectable } from '@nestjs/common';
import { VERSION } from '../../core/version.js';
import { AgentsService, type AgentProfile } from '../agents/index.js';
import { DraftBatchesService } from '../content/index.js';
import { RecordedLogs } from './deciders/recorded-log.js';
import type { SimulationAgent, SimulationDraft } from './feed-mapping.rules.js';
import { RunNetworks } from './graphs/run-networks.js';
import type { RunWithStatus } from './runs.repository.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import type { SimulationInput } from './simulation.rules.js';

/** Reads what a run is made from. */
@Injectable()
export class RunInputs {
  constructor(
    private readonly agents: AgentsService,
    private readonly batches: DraftBatchesService,
    private readonly networks: RunNetworks,
    private readonly recorded: RecordedLogs,
  ) {}

  /** The agents in their order, and their drafts with every decision, also of those that the guard holds back. */
  async load(
    scenario: FeedScenario,
    run: RunWithStatus,
  ): Promise<{ input: SimulationInput; versions: Record<string, string> }> {
    const { population_id, draft_batch_id } = run;
    if (population_id === null || draft_batch_id === null) throw new Error(`run ${run.id} has no population`);
    const { agents, drafts, batch } = await this.people({ population_id, draft_batch_id });
    const network = await this.networks.read(scenario, run.id);
    const { generator_version } = await this.agents.population(population_id);
    const [logs, kept] = [await this.recorded.read(scenario), await this.recorded.kept(scenario)];
    return {
      input: { scenario, seed: run.seed, agents, drafts, network, logs, kept },
      versions: {
        azt3knet: VERSION,
        population: String(generator_version),
        [`template ${batch.template}`]: batch.template_version,
      },
    };
  }

  /** The agents of a population, and the drafts of a batch. */
  async people({ population_id, draft_batch_id }: { population_id: string; draft_batch_id: string }) {
    const agents: SimulationAgent[] = [];
    for await (const profiles of this.agents.eachAgents(population_id)) agents.push(...profiles.map(agentOf));
    const { batch, drafts } = await this.batches.drafts(draft_batch_id);
    return { agents, drafts: drafts.map(draftOf), batch };
  }
}

function agentOf({ id, seed, name, username_hint, ...rest }: AgentProfile): SimulationAgent {
  const { interests, posting_cadence, tone, behavioral_biases, timezone, attributes, persona } = rest;
  const { country, city, locale, age, gender } = rest;
  return {
    id,
    seed,
    name,
    username_hint,
    interests,
    posting_cadence,
    tone,
    behavioral_biases,
    timezone,
    country,
    city,
    locale,
    age,
    gender,
    ...(attributes !== undefined && { attributes }),
    ...(persona?.opinions !== undefined && { opinions: persona.opinions }),
  };
}

function draftOf({ id, agent_id, caption, hashtags, ...rest }: SimulationDraft): SimulationDraft {
  const { quality, action, labels } = rest;
  return { id, agent_id, caption, hashtags, quality, action, labels };
}
