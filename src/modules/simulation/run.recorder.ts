import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import { FURTHER_COUNTERS } from '../../engine/index.js';
import { AgentStatesService } from '../agents/index.js';
import { RunCheckpoints } from './checkpoints/run-checkpoints.js';
import { runCompleted } from './run.events.js';
import type { FinishedRun } from './run.execution.js';
import type { StoredRunFile } from './run.store.js';
import { RunsRepository, type RunWithStatus } from './runs.repository.js';
import type { SimulationJob } from './run-acceptance.js';

/** What a simulation job made. */
export interface RunJobResult {
  run_id: string;
  scenario: string;
  seed: string;
  ticks: number;
  checksum: string;
  posts: number;
  exposures: number;
  reactions: number;
  comments: number;
  reposts: number;
}

/** Writes what finished runs leave in the database. */
@Injectable()
export class RunRecorder {
  constructor(
    private readonly repository: RunsRepository,
    private readonly states: AgentStatesService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly checkpoints: RunCheckpoints,
  ) {}

  /**
   * Writes, in the manager's transaction, what a finished run leaves. Throws the signal's reason when that aborts meanwhile: a large
   * population takes seconds.
   * @param run as it was accepted
   */
  async record(
    manager: EntityManager,
    run: RunWithStatus,
    { report, outcomes, files }: Omit<FinishedRun, 'files'> & { files: readonly StoredRunFile[] },
    { actor, agent_states }: SimulationJob,
    signal: AbortSignal,
  ): Promise<RunJobResult> {
    const { checksum, totals, measures, per_tick } = report;
    const ticks = per_tick.map((tick) => ({
      ...tick,
      actions: Object.fromEntries(FURTHER_COUNTERS.map((name) => [name, tick[name]])),
    }));
    await this.repository.complete(manager, run.id, { checksum, totals, measures, ticks, files });
    signal.throwIfAborted();
    await this.checkpoints.finish(manager, run.id);
    const { posts, exposures, reactions, comments, reposts } = totals;
    const result = {
      run_id: run.id,
      scenario: run.scenario,
      seed: run.seed,
      ticks: run.ticks,
      checksum: String(checksum),
      posts,
      exposures,
      reactions,
      comments,
      reposts,
    };
    if (agent_states === true) {
      const author = { run_id: run.id, author: actor, key: 'simulation' };
      await this.states.recordRun(manager, author, outcomes(), signal);
    }
    signal.throwIfAborted();
    await this.events.emit(manager, runCompleted(result));
    // The audit chain comes last: its writers wait for each other.
    await this.audit.append(manager, {
      actor,
      action: 'simulation.complete',
      subject: { type: 'run', id: run.id },
      data: { ...result, digests: report.digests },
    });
    return result;
  }
}
