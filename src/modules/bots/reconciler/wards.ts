import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { Executor, LaunchRefused, type ConditionTold, type Sight } from '../executor/executor.js';
import type { BotState } from '../registry/bot.entity.js';
import { BotRecord } from '../registry/bot.record.js';
import { withCondition } from '../registry/bot.rules.js';
import { backoffSeconds, decide, type Backoff, type Decision, type Situation } from './decide.js';
import { Launcher } from './launcher.js';
import { BotStatesRepository } from './states.repository.js';
import type { Ward } from './ward.js';

/** Somebody else has taken the bot. */
export class WardLost extends Error {}

/** Moves single bots towards what is wanted of them. */
@Injectable()
export class Wards {
  readonly backoff: Backoff;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly states: BotStatesRepository,
    private readonly record: BotRecord,
    private readonly launcher: Launcher,
    private readonly executor: Executor,
  ) {
    const { bots } = config;
    this.backoff = {
      firstSeconds: bots.backoffSeconds,
      mostSeconds: bots.backoffMaxSeconds,
      healthySeconds: bots.healthySeconds,
    };
  }

  /**
   * One look at a bot, and one step.
   * @param order what self-healing has decided
   * @throws WardLost
   */
  async look(ward: Ward, sight: Sight | undefined, order?: Situation['order']): Promise<void> {
    const now = Date.now();
    const decision = decide(this.situationOf(ward, sight, now, order), this.backoff);
    const { step, status, reason, failures, nextStartAt } = decision;
    if (step === 'start') {
      await this.start(ward, decision, now);
      return;
    }
    if (step === 'kill' && ward.running !== undefined) await this.executor.kill(ward.running);
    const change: Partial<BotState> = {
      status,
      reason,
      failures,
      next_start_at: nextStartAt === null ? null : new Date(nextStartAt),
      conditions: conditionsWith(ward.state, [...(sight?.conditions ?? []), ...resumed(ward)], now),
    };
    if (step === 'ask' && ward.running !== undefined) {
      await this.executor.ask(ward.running);
      change.stopping_at = new Date(now);
    }
    if (step === 'clear') Object.assign(change, await this.clear(ward, sight, now));
    if (status === 'stopped') change.observed_generation = ward.state.observed_generation;
    await this.save(ward, change);
  }

  /** Nothing is done with a bot, which says why. @throws WardLost */
  async leave(ward: Ward, pause: ConditionTold): Promise<void> {
    await this.save(ward, { conditions: conditionsWith(ward.state, [pause], Date.now()) });
  }

  /** Ends a bot that goes with its server. */
  async takeAlong(ward: Ward): Promise<void> {
    const change = await this.clear(ward, undefined, Date.now());
    await this.save(ward, { status: 'stopped', reason: 'ServerStopped', next_start_at: null, ...change });
  }

  private situationOf(
    { bot, state, lastBeatAt }: Ward,
    sight: Sight | undefined,
    now: number,
    order: Situation['order'],
  ): Situation {
    const { health, grace_seconds } = bot.manifest;
    return {
      now,
      wanted: bot.desired_state,
      generation: bot.generation,
      mode: bot.healing ?? this.config.bots.healing,
      status: state.status,
      reason: state.reason,
      observedGeneration: state.observed_generation,
      failures: state.failures,
      nextStartAt: state.next_start_at?.getTime() ?? null,
      startedAt: state.started_at?.getTime() ?? null,
      stoppingAt: state.stopping_at?.getTime() ?? null,
      alive: sight?.alive ?? false,
      lastBeatAt,
      health: {
        heartbeatSeconds: health.heartbeat_seconds,
        missed: health.missed,
        startupSeconds: health.startup_seconds,
      },
      graceSeconds: grace_seconds,
      order,
    };
  }

  /** What is left of a process that ended. */
  private async clear(ward: Ward, sight: Sight | undefined, now: number): Promise<Partial<BotState>> {
    const { running } = ward;
    const exit = sight?.exit;
    if (running !== undefined) await this.executor.kill(running);
    ward.end();
    return {
      instance: null,
      host: null,
      handle: null,
      started_at: null,
      stopping_at: null,
      last_exit: {
        code: exit?.code ?? null,
        signal: exit?.signal ?? null,
        at: new Date(now).toISOString(),
      },
    };
  }

  private async start(ward: Ward, { reason, failures }: Decision, now: number): Promise<void> {
    const { bot, state } = ward;
    const instance = this.launcher.newInstance();
    try {
      const blueprint = this.launcher.verify(bot);
      const verified = told('BlueprintVerified', 'true', 'DigestMatches', 'the program is what was pinned');
      // Written before it is done: a process whose start is not written down is found by its instance.
      await this.save(ward, {
        status: 'starting',
        reason,
        failures,
        instance,
        host: this.executor.host,
        restarts: state.observed_generation === 0 ? 0 : state.restarts + 1,
        observed_generation: bot.generation,
        next_start_at: null,
        started_at: new Date(now),
        stopping_at: null,
        last_heartbeat: null,
        conditions: conditionsWith(state, [verified], now),
      });
      const { running, conditions } = await this.launcher.start(ward, instance, blueprint);
      ward.begin(running, now);
      await this.save(ward, {
        handle: running.handle,
        conditions: conditionsWith(ward.state, conditions, now),
      });
    } catch (error) {
      if (!(error instanceof LaunchRefused)) throw error;
      await this.refuse(ward, error, failures + 1, now);
    }
  }

  /** A bot that could not be started is tried again as one that ended, since what is missing may come back. */
  private async refuse(ward: Ward, error: LaunchRefused, failures: number, now: number): Promise<void> {
    const { bot, state } = ward;
    const isBlueprint = error.reason.startsWith('Blueprint');
    const type = isBlueprint ? 'BlueprintVerified' : 'Launched';
    const acts = (bot.healing ?? this.config.bots.healing) === 'act';
    ward.end();
    await this.save(ward, {
      status: 'failed',
      reason: error.reason,
      failures,
      instance: null,
      host: null,
      handle: null,
      started_at: null,
      observed_generation: bot.generation,
      next_start_at: acts ? new Date(now + backoffSeconds(failures, this.backoff) * 1_000) : null,
      conditions: conditionsWith(state, [told(type, 'false', error.reason, error.message)], now),
    });
  }

  /** Writes a change, if it is one; tells of another status. @throws WardLost */
  private async save(ward: Ward, change: Partial<BotState>): Promise<void> {
    const before = ward.state;
    const after: BotState = Object.assign({}, before, change);
    if (isSame(before, after)) return;
    const moved = before.status !== after.status || before.reason !== after.reason;
    await this.dataSource.transaction(async (manager) => {
      if (!(await this.states.save(manager, after, before.instance))) throw new WardLost(ward.id);
      // Beats that come and go are no news.
      if (!moved) return;
      await this.states.addTransition(manager, after);
      await this.record.moved(manager, [
        { bot_id: after.bot_id, status: after.status, reason: after.reason },
      ]);
    });
    ward.state = after;
  }
}

function told(type: string, status: ConditionTold['status'], reason: string, message: string): ConditionTold {
  return { type, status, reason, message };
}

/** A bot that was left as it was says that it is not any more. */
function resumed({ state }: Ward): ConditionTold[] {
  return state.conditions.some(({ type, status }) => type === 'Paused' && status === 'true')
    ? [told('Paused', 'false', 'Resumed', 'it is looked after again')]
    : [];
}

function conditionsWith(
  { conditions }: BotState,
  more: readonly ConditionTold[],
  now: number,
): BotState['conditions'] {
  const at = new Date(now).toISOString();
  const isKnown = ({ type, status, reason, message }: ConditionTold): boolean =>
    conditions.some(
      (each) =>
        each.type === type && each.status === status && each.reason === reason && each.message === message,
    );
  return more
    .filter((each) => !isKnown(each))
    .reduce((all, each) => withCondition(all, each, at), conditions);
}

function isSame(before: BotState, after: BotState): boolean {
  return (Object.keys(after) as (keyof BotState)[]).every((field) => {
    const [left, right] = [before[field], after[field]];
    return left instanceof Date && right instanceof Date
      ? left.getTime() === right.getTime()
      : left === right;
  });
}
