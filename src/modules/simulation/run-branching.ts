import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import type { Requester } from '../agents/index.js';
import { JobsService } from '../jobs/index.js';
import { branchDefinition, type BranchChanges } from './branch.rules.js';
import { BranchPoints } from './checkpoints/branch-points.js';
import { runLinks } from './dto/run-links.js';
import { RunSources } from './run.sources.js';
import { RunsRepository, type RunWithStatus } from './runs.repository.js';
import { scenarioDigest } from './scenarios/scenario.loader.js';
import { type FeedScenario, MAX_TICKS } from './scenarios/scenario.schema.js';
import { SimulationError } from './simulation.errors.js';
import type { AcceptedRun, SimulationJob } from './run-acceptance.js';
import { stagesOf, trunkAt } from './stages.js';

/** Where a run is to part from another, and how. */
export interface BranchRequest {
  /** The first tick that may be another. */
  at: number;
  changes?: BranchChanges | undefined;
  /** Of the whole run; those of the other unless given. */
  ticks?: number | undefined;
}

/** Accepts runs that do as another does up to a tick, and from there on as they say. */
@Injectable()
export class RunBranching {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly points: BranchPoints,
    private readonly sources: RunSources,
    private readonly jobs: JobsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Accepts a branch of a run, whatever has become of that: what came before is taken from its checkpoints, or done again.
   * @throws SimulationError `run_not_found`, `run_without_people`, `out_of_range`, `scenario_invalid`, `decisions_missing`, `cassette_forbidden`
   */
  async branch(parentId: string, request: BranchRequest, requester: Requester): Promise<AcceptedRun> {
    const parent = await this.repository.find(this.dataSource.manager, parentId);
    if (parent === undefined)
      throw new SimulationError('not_found', 'run_not_found', `there is no run ${parentId}`);
    if (parent.definition.model === 'feedsim') {
      const message = `run ${parentId} is of the model feedsim, which has no branches`;
      throw new SimulationError('conflict', 'run_without_people', message);
    }
    const ticks = request.ticks ?? parent.ticks;
    requireRange('at', request.at, parent.ticks - 1);
    requireRange('ticks', ticks, MAX_TICKS, request.at + 1);
    await this.points.require(parent, request.at);
    const definition = branchDefinition(parent.definition, request.changes ?? {}, request.at);
    this.sources.deciders.requireOwnTapes(definition, requester);
    const id = randomUUID();
    const network = await this.sources.networks.text(definition, parentId);
    return this.sources.networks.withStored(definition, id, network, async (keep) => {
      const branch = { id, definition, ticks, at: request.at };
      const accepted = await this.accept(parent, branch, requester, keep);
      return accepted;
    });
  }

  private async accept(
    parent: RunWithStatus,
    { id, definition, ticks, at }: { id: string; definition: FeedScenario; ticks: number; at: number },
    requester: Requester,
    keep: (manager: DataSource['manager']) => Promise<void>,
  ): Promise<AcceptedRun> {
    const { scenario, scenario_version, seed, population_id, draft_batch_id, checkpoint_every } = parent;
    const decide = await this.sources.decision(definition, seed, requester);
    const { after_ids } = await this.jobs.get(parent.job_id);
    const run = await this.dataSource.transaction(async (manager) => {
      const job = await this.jobs.submit(manager, {
        queue: 'simulation',
        name: 'simulation.run',
        payload: { run_id: id, actor: requester.name } satisfies SimulationJob,
        links: runLinks(id),
        after: after_ids,
        createdBy: requester.id,
      });
      const decision = await decide(manager);
      await this.repository.insert(manager, {
        id,
        scenario,
        scenario_version,
        scenario_digest: scenarioDigest(definition),
        definition,
        seed,
        ticks,
        population_id,
        draft_batch_id,
        job_id: job.id,
        decision_id: decision.id,
        created_by: requester.id ?? null,
        checkpoint_every,
        parent_id: parent.id,
        branch_tick: at,
        trunk: trunkAt(stagesOf(parent), at),
      });
      await this.points.take(manager, parent.id, id, at);
      await keep(manager);
      await this.audit.append(manager, {
        actor: requester.name,
        action: 'run.branch',
        subject: { type: 'run', id },
        data: { parent_id: parent.id, at, ticks },
      });
      return (await this.repository.find(manager, id)) as RunWithStatus;
    });
    return { run, jobs: { population: null, content: null, simulation: run.job_id } };
  }
}

function requireRange(field: 'at' | 'ticks', value: number, most: number, least = 1): void {
  if (value >= least && value <= most) return;
  const message =
    most < least ? 'is for runs of two ticks or more' : `is a whole number from ${least} to ${most}`;
  throw new SimulationError('invalid', 'out_of_range', `${field} ${message}`, [{ field, message }]);
}
