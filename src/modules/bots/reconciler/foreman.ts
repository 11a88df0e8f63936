import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { Executor, type ConditionTold } from '../executor/executor.js';
import type { BotState } from '../registry/bot.entity.js';
import { conditionsWith, isSame } from './conditions.js';
import type { Crew } from './crew.js';
import { BotInstancesRepository } from './instances.repository.js';
import { BotNews } from './bot-news.js';
import { availabilityOf, conditionsOf, isPaused } from './told.js';
import { planOf, type Course, type Member, type Plan } from './rollout.js';
import { standingOf } from './standing.js';
import { BotStatesRepository } from './states.repository.js';
import type { Ward } from './ward.js';
import { WardLost } from './wards.js';

/** Sees to it that a bot has the instances that it is to have, and tells how it is as a whole. */
@Injectable()
export class Foreman {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly states: BotStatesRepository,
    private readonly instances: BotInstancesRepository,
    private readonly news: BotNews,
    private readonly executor: Executor,
  ) {}

  /**
   * One step towards the instances that a bot is to have. @returns whether none of them may start yet
   * @throws WardLost
   */
  async plan(crew: Crew): Promise<boolean> {
    const now = Date.now();
    const plan = planOf(this.courseOf(crew, now));
    const change: Partial<BotState> = {
      observed_generation: plan.observedGeneration,
      good_revision: plan.goodRevision,
      updated_replicas: plan.updatedReplicas,
      progress_at: plan.progressAt === null ? null : new Date(plan.progressAt),
      conditions: conditionsWith(crew.state, conditionsOf(crew, plan.outcome), now),
    };
    const after: BotState = Object.assign({}, crew.state, change);
    const hasSteps = [plan.create, plan.renew, plan.retire, plan.remove].some(({ length }) => length > 0);
    if (!hasSteps && plan.outcome === undefined && isSame(crew.state, after)) return plan.held;
    const made = await this.dataSource.transaction(async (manager) => {
      // First: who has lost the bot changes nothing of it.
      if (!(await this.states.save(manager, after, this.executor.host))) throw new WardLost(crew.id);
      if (plan.outcome !== undefined) await this.news.became(manager, crew, after, plan.outcome);
      return this.step(manager, crew, plan);
    });
    crew.state = after;
    this.follow(crew, plan);
    for (const instance of made) crew.add(instance);
    return plan.held;
  }

  /** Tells how a bot is, from how its instances are. @throws WardLost */
  async sum(crew: Crew): Promise<void> {
    const before = crew.state;
    const now = Date.now();
    const wanted = crew.bot.desired_state === 'running';
    const parts = crew.all.map(({ state }) => state);
    const after: BotState = Object.assign({}, before, {
      ...standingOf({ wanted, replicas: crew.bot.replicas }, parts, before),
      restarts: before.restarts + crew.restarted,
      last_exit: lastExitOf(crew),
      conditions: conditionsWith(before, availabilityOf(crew), now),
    });
    if (isSame(before, after)) return;
    const moved = before.status !== after.status || before.reason !== after.reason;
    await this.dataSource.transaction(async (manager) => {
      if (!(await this.states.save(manager, after, this.executor.host))) throw new WardLost(crew.id);
      if (moved) await this.news.moved(manager, after);
    });
    crew.restarted = 0;
    crew.state = after;
  }

  /** Nothing is done with a bot, which says why. @throws WardLost */
  async leave(crew: Crew, pause: ConditionTold): Promise<void> {
    const conditions = conditionsWith(crew.state, [pause], Date.now());
    if (conditions === crew.state.conditions) return;
    const after: BotState = Object.assign({}, crew.state, { conditions });
    if (!(await this.states.save(this.dataSource.manager, after, this.executor.host)))
      throw new WardLost(crew.id);
    crew.state = after;
  }

  private courseOf(crew: Crew, now: number): Course {
    const { bot, state } = crew;
    const { strategy, min_ready_seconds, progress_deadline_seconds } = bot.manifest.update;
    // What nobody did while it was left alone is not late.
    const isResumed = isPaused(crew) && state.progress_at !== null;
    return {
      now,
      wanted: bot.desired_state === 'running',
      replicas: bot.replicas,
      generation: bot.generation,
      revision: bot.revision,
      restartGeneration: bot.restart_generation,
      strategy,
      minReadySeconds: min_ready_seconds,
      progressDeadlineSeconds: progress_deadline_seconds,
      mayRollBack: (bot.healing ?? this.config.bots.healing) === 'act',
      observedGeneration: state.observed_generation,
      goodRevision: state.good_revision,
      updatedReplicas: state.updated_replicas,
      progressAt: isResumed ? now : (state.progress_at?.getTime() ?? null),
      members: crew.all.map(memberOf),
    };
  }

  private async step(manager: EntityManager, { id, bot }: Crew, { create, renew, retire, remove }: Plan) {
    if (remove.length > 0) await this.instances.remove(manager, id, remove);
    if (renew.length > 0) await this.instances.renew(manager, id, renew, bot);
    for (const { ordinal, reason } of retire) await this.instances.retire(manager, id, ordinal, reason);
    const made = [];
    for (const { ordinal, starts } of create)
      made.push(await this.instances.insert(manager, id, ordinal, bot, starts));
    return made;
  }

  /** Has what is in memory be as what was written. */
  private follow({ bot, wards }: Crew, { renew, retire, remove }: Plan): void {
    const change = (ordinal: number, to: Partial<Ward['state']>): void => {
      const ward = wards.get(ordinal);
      if (ward !== undefined) ward.state = Object.assign({}, ward.state, to);
    };
    const { generation, revision } = bot;
    for (const ordinal of renew) change(ordinal, { generation, revision, failures: 0, next_start_at: null });
    for (const { ordinal, reason } of retire) change(ordinal, { retiring: reason });
    for (const ordinal of remove) wards.delete(ordinal);
  }
}

function memberOf({ state }: Ward): Member {
  return {
    ordinal: state.ordinal,
    generation: state.generation,
    revision: state.revision,
    observedGeneration: state.observed_generation,
    retiring: state.retiring,
    status: state.status,
    readySince: state.ready_since?.getTime() ?? null,
    failures: state.failures,
    starts: state.starts,
  };
}

function lastExitOf({ all, state }: Crew): BotState['last_exit'] {
  const exits = [state.last_exit, ...all.map((ward) => ward.state.last_exit)].filter((each) => each !== null);
  return exits.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0] ?? null;
}
