import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ComplianceService, mayPass } from '../../compliance/index.js';
import type { JobContext } from '../../jobs/index.js';
import { RunHistory, type PeopledRun } from '../../simulation/index.js';
import { PostRefusedError } from '../integrations.errors.js';
import type { Network } from '../network/network.entity.js';
import { NetworksService } from '../network/networks.service.js';
import type { ProjectJob } from './network-jobs.js';
import { ProjectionRepository } from './projection.repository.js';
import { RunTelling, type ProjectedRun } from './run-telling.js';

/** Stands for a comment: simulations have no words for them. */
const REPLY_TEXT = '(a reply of the simulation, which has no words of its own)';
const MINUTE_MS = 60_000;

/** What a projection made. */
export interface ProjectionResult {
  network: string;
  accounts: number;
  statuses: number;
  favourites: number;
  follows: number;
}

/** Shows runs on networks of their own. */
@Injectable()
export class RunProjector {
  constructor(
    private readonly history: RunHistory,
    private readonly networks: NetworksService,
    private readonly compliance: ComplianceService,
    private readonly repository: ProjectionRepository,
  ) {}

  /** Reads a run and writes the network with the completion of the job, all or nothing. */
  async project(job: ProjectJob, context: JobContext): Promise<ProjectionResult> {
    const run = await this.history.run(job.run_id);
    const beginning = run.completed_at.getTime() - run.ticks * run.definition.tick_minutes * MINUTE_MS;
    return context.complete(async (manager) => {
      const network = await this.network(manager, run, job);
      const firstId = (BigInt(beginning) - 1n) << 16n;
      const accounts = await this.repository.accounts(manager, network.id, {
        populationId: run.population_id,
        limit: null,
        firstId: firstId.toString(),
      });
      const byAgent = await this.repository.accountsOf(manager, network.id);
      const telling = new RunTelling({
        beginning,
        tickMinutes: run.definition.tick_minutes,
        accounts: byAgent,
        drafts: await this.history.drafts(run),
        replyText: REPLY_TEXT,
        replyDecisionId: network.decision_id ?? '',
      });
      for await (const event of this.history.events(run, job.tick)) {
        context.signal.throwIfAborted();
        telling.hear(event);
        if (event.sequence % 1_000 === 0) context.progress(event.tick, job.tick + 1, 'reading events');
      }
      const follows = await this.follows(run, byAgent, telling.told.ties);
      await this.repository.follows(manager, network.id, follows, 1n);
      await this.write(manager, network, telling.told);
      const { statuses, favourites } = telling.told;
      return {
        network: network.name,
        accounts,
        statuses: statuses.length,
        favourites: favourites.length,
        follows: follows.length,
      };
    });
  }

  private async write(manager: EntityManager, { id }: Network, told: ProjectedRun): Promise<void> {
    await this.repository.statuses(manager, id, told.statuses);
    await this.repository.favourites(manager, id, told.favourites);
    await this.repository.notifications(manager, id, told.notifications);
    await this.repository.count(manager, id);
  }

  /** Pairs of accounts: who followed whom when the run began, with what became of it since. */
  private async follows(
    run: PeopledRun,
    accounts: ReadonlyMap<string, string>,
    ties: ReadonlyMap<string, boolean>,
  ): Promise<(readonly [string, string])[]> {
    const follows = new Map<string, readonly [string, string]>();
    for await (const [follower, followee] of this.history.follows(run)) {
      const [from, to] = [accounts.get(follower), accounts.get(followee)];
      if (from !== undefined && to !== undefined) follows.set(`${from} ${to}`, [from, to]);
    }
    for (const [tie, holds] of ties) {
      const [from = '', to = ''] = tie.split(' ');
      if (holds) follows.set(tie, [from, to]);
      else follows.delete(tie);
    }
    return [...follows.values()];
  }

  /** The network, whose decision is on the words that the projection adds to those of the run. */
  private async network(
    manager: EntityManager,
    run: PeopledRun,
    { network: name, tick, open, actor }: ProjectJob,
  ): Promise<Network> {
    const title = `${run.scenario} ${run.scenario_version}, seed ${run.seed}, up to tick ${tick}`;
    const decision = await this.compliance.decide(
      manager,
      { type: 'network', id: name },
      [
        { field: 'name', text: name },
        { field: 'title', text: title },
        { field: 'reply', text: REPLY_TEXT },
      ],
      actor,
    );
    if (!mayPass(decision.action)) throw new PostRefusedError(decision.reasons ?? '', decision.id);
    return this.networks.insert(manager, {
      name,
      title,
      open,
      run_id: run.id,
      tick,
      decision_id: decision.id,
      created_by: actor,
    });
  }
}
