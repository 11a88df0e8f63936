import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { etagOf, requireMatch } from '../../core/http/index.js';
import { RetentionService } from '../../core/retention/index.js';
import type { AgentState } from './agent-state.entity.js';
import { AgentStatesRepository, type AgentStateVersion, type RunAuthor } from './agent-states.repository.js';
import { AgentStateNotFound } from './agents.errors.js';
import { AgentsService } from './agents.service.js';

/** The state of an agent now; version 0 and empty until somebody writes one. */
export type CurrentState = Omit<AgentState, 'author' | 'created_at'> & {
  author: string | null;
  created_at: Date | null;
};

const RUN_BATCH = 5_000;
const SWEEP_BATCH = 5_000;
/** Above every version. */
const NEWEST = 2_147_483_647;

/** States of agents, with all that they were before. */
@Injectable()
export class AgentStatesService implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly agents: AgentsService,
    private readonly repository: AgentStatesRepository,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'agent_states',
      days: this.config.stateRetentionDays,
      run: (days, dryRun) => this.sweep(days, dryRun),
    });
  }

  /** @throws AgentNotFound */
  async current(agentId: string): Promise<CurrentState> {
    const state = await this.repository.current(this.dataSource.manager, agentId);
    if (state !== null) return state;
    await this.agents.agent(agentId);
    return { agent_id: agentId, version: 0, state: {}, author: null, run_id: null, created_at: null };
  }

  /** @throws AgentNotFound, AgentStateNotFound */
  async version(agentId: string, version: number): Promise<AgentState> {
    const state = await this.repository.find(this.dataSource.manager, agentId, version);
    if (state !== null) return state;
    await this.agents.agent(agentId);
    throw new AgentStateNotFound(agentId, version);
  }

  /**
   * Versions, the newest first.
   * @param before the last version that was seen
   * @throws AgentNotFound
   */
  async history(agentId: string, before: number | undefined, limit: number): Promise<AgentStateVersion[]> {
    const versions = await this.repository.history(this.dataSource.manager, agentId, before ?? NEWEST, limit);
    if (versions.length === 0) await this.agents.agent(agentId);
    return versions;
  }

  /**
   * Writes a new version, which is the current one from then on.
   * @throws AgentNotFound; PreconditionFailedError when the current one is not what `ifMatch` names
   */
  async write(
    agentId: string,
    state: Record<string, unknown>,
    ifMatch: string,
    author: string,
  ): Promise<AgentState> {
    for (;;) {
      const { version } = await this.current(agentId);
      requireMatch(ifMatch, etagOf(version));
      const next = { agent_id: agentId, version: version + 1, state, author };
      // Of two that write the same version, the key lets one; the other looks again.
      const written = await this.repository.add(this.dataSource.manager, next);
      if (written !== undefined) return written;
    }
  }

  /**
   * Writes, in the manager's transaction, a new version of each agent's state with what a run has to say of it. Throws the signal's
   * reason when that aborts.
   * @param outcomes by the agent's id
   */
  async recordRun(
    manager: EntityManager,
    run: RunAuthor,
    outcomes: ReadonlyMap<string, object>,
    signal: AbortSignal,
  ): Promise<void> {
    const agents = [...outcomes.keys()];
    for (let from = 0; from < agents.length; from += RUN_BATCH) {
      signal.throwIfAborted();
      const ids = agents.slice(from, from + RUN_BATCH);
      const values = ids.map((id) => outcomes.get(id) ?? {});
      let missing = ids.length;
      while (missing > 0) missing -= await this.repository.addOfRun(manager, run, ids, values);
    }
  }

  private async sweep(days: number, dryRun: boolean): Promise<number> {
    const { manager } = this.dataSource;
    if (dryRun) return this.repository.countSuperseded(manager, days);
    let swept = 0;
    for (;;) {
      const batch = await this.repository.deleteSuperseded(manager, days, SWEEP_BATCH);
      swept += batch;
      if (batch < SWEEP_BATCH) return swept;
    }
  }
}
