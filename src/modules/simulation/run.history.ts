import { createInterface } from 'node:readline';
import { Injectable } from '@nestjs/common';
import { DraftBatchesService, type BatchDraft } from '../content/index.js';
import type { EventRow } from './eventlog/event-row.js';
import { mapAgents } from './feed-mapping.rules.js';
import { EVENTS_JSONL } from './run-files.js';
import { buildNetwork } from './graphs/network.rules.js';
import { RunNetworks } from './graphs/run-networks.js';
import { RunInputs } from './run.inputs.js';
import { RunStore } from './run.store.js';
import type { RunWithStatus } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';

/** An event of a log; what does not apply to its kind is not there. */
export type HistoricEvent = Pick<EventRow, 'sequence' | 'tick' | 'kind' | 'agent_id'> &
  Partial<
    Pick<EventRow, 'post_id' | 'root_id' | 'draft_id' | 'parent_id' | 'comment_id' | 'reaction' | 'target_id'>
  >;

/** A run of people, of which there is something to tell. */
export type PeopledRun = RunWithStatus & {
  population_id: string;
  draft_batch_id: string;
  completed_at: Date;
  definition: FeedScenario;
};

/** Tells completed runs again: who was there, who followed whom, and what happened. */
@Injectable()
export class RunHistory {
  constructor(
    private readonly runs: RunsService,
    private readonly store: RunStore,
    private readonly inputs: RunInputs,
    private readonly networks: RunNetworks,
    private readonly batches: DraftBatchesService,
  ) {}

  /** @throws SimulationError `run_not_found`, `run_not_completed`, `run_without_people` */
  async run(id: string): Promise<PeopledRun> {
    // Says why, where the run has no events.
    await this.runs.file(id, EVENTS_JSONL);
    const run = await this.runs.get(id);
    if (run.population_id === null || run.draft_batch_id === null || run.definition.model === 'feedsim')
      throw new SimulationError('conflict', 'run_without_people', `run ${id} is of a model without people`);
    return run as PeopledRun;
  }

  /** The drafts that could be posted, with their texts. */
  async drafts(run: PeopledRun): Promise<BatchDraft[]> {
    return (await this.batches.drafts(run.draft_batch_id)).drafts;
  }

  /** Who followed whom when it began, in the order of the followers: pairs of agents' ids. It follows from scenario, seed and agents. */
  async *follows(run: PeopledRun): AsyncGenerator<[string, string]> {
    const { definition: scenario, seed } = run;
    const { agents } = await this.inputs.people(run);
    const { interests } = mapAgents(agents, scenario.tick_minutes, scenario.behaviour.sessions_per_day);
    const network = await this.networks.read(scenario, run.id);
    const graph = buildNetwork({ graph: scenario.graph, seed, agents, interests, network });
    for (const [row, { id }] of agents.entries()) {
      const end = graph.offsets[row + 1] ?? 0;
      for (let at = graph.offsets[row] ?? 0; at < end; at += 1)
        yield [id, agents[graph.followees[at] ?? 0]?.id ?? id];
    }
  }

  /** What happened but exposures, in order. @param through the last tick */
  async *events({ id }: PeopledRun, through: number): AsyncGenerator<HistoricEvent> {
    const file = await this.runs.file(id, EVENTS_JSONL);
    const { stream } = await this.store.open(file);
    try {
      for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
        if (line.includes('"kind":"exposure"')) continue;
        const event = JSON.parse(line) as HistoricEvent;
        if (event.tick > through) return;
        yield event;
      }
    } finally {
      stream.destroy();
    }
  }
}
