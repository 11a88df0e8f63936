import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { Executor, LaunchRefused, type ConditionTold, type Sight } from '../executor/executor.js';
import { Healing } from '../healing/healing.js';
import type { BotInstance } from '../registry/bot-instance.entity.js';
import { backoffSeconds, decide, type Backoff, type Decision, type Situation } from './decide.js';
import { conditionsWith, isSame } from './conditions.js';
import { Launcher } from './launcher.js';
import { BotInstancesRepository } from './instances.repository.js';
import type { Ward } from './ward.js';

/** Somebody else has taken the bot. */
export class WardLost extends Error {}

/** Moves single instances towards what is wanted of them. */
@Injectable()
export class Wards {
  readonly backoff: Backoff;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly instances: BotInstancesRepository,
    private readonly launcher: Launcher,
    private readonly executor: Executor,
    private readonly healing: Healing,
  ) {
    const { bots } = config;
    this.backoff = {
      firstSeconds: bots.backoffSeconds,
      mostSeconds: bots.backoffMaxSeconds,
      healthySeconds: bots.healthySeconds,
    };
  }

  /** What self-healing needs for a look at the instances of these bots. */
  async prepare(botIds: readonly string[]): Promise<void> {
    await this.healing.refresh(botIds);
  }

  /**
   * One look at an instance, and one step.
   * @param held whether it may not start yet
   * @throws WardLost
   */
  async look(ward: Ward, sight: Sight | undefined, held: boolean): Promise<void> {
    // What is to end is not healed.
    const order = ward.state.retiring === null ? await this.healing.look(ward) : undefined;
    const now = Date.now();
    const situation = { ...this.situationOf(ward, sight, now), held, order };
    const decision = decide(situation, this.backoff);
    const { step, status, reason, failures, nextStartAt } = decision;
    if (step === 'start') {
      await this.start(ward, decision, now);
      return;
    }
    if (step === 'kill' && ward.running !== undefined) await this.executor.kill(ward.running);
    const change: Partial<BotInstance> = {
      status,
      reason,
      failures,
      next_start_at: nextStartAt === null ? null : new Date(nextStartAt),
      ready_since: status === 'running' ? (ward.state.ready_since ?? new Date(now)) : null,
      conditions: conditionsWith(ward.state, sight?.conditions ?? [], now),
    };
    if (step === 'ask' && ward.running !== undefined) {
      await this.executor.ask(ward.running);
      change.stopping_at = new Date(now);
    }
    if (step === 'clear') Object.assign(change, await this.clear(ward, sight, now));
    await this.save(ward, change);
  }

  /** Ends an instance that goes with its server. */
  async takeAlong(ward: Ward): Promise<void> {
    const change = await this.clear(ward, undefined, Date.now());
    await this.save(ward, { status: 'stopped', reason: 'ServerStopped', next_start_at: null, ...change });
  }

  private situationOf({ bot, state, lastBeatAt }: Ward, sight: Sight | undefined, now: number): Situation {
    const { health, grace_seconds } = bot.manifest;
    const { hearing } = this.healing;
    return {
      now,
      wanted: state.retiring === null ? bot.desired_state : 'stopped',
      retiring: bot.desired_state === 'running' ? state.retiring : null,
      generation: state.generation,
      mode: bot.healing ?? this.config.bots.healing,
      status: state.status,
      reason: state.reason,
      observedGeneration: state.observed_generation,
      failures: state.failures,
      nextStartAt: state.next_start_at?.getTime() ?? null,
      startedAt: hearing.excuse(state.started_at?.getTime() ?? null, now),
      stoppingAt: state.stopping_at?.getTime() ?? null,
      alive: sight?.alive ?? false,
      lastBeatAt: hearing.excuse(lastBeatAt, now),
      health: {
        heartbeatSeconds: health.heartbeat_seconds,
        missed: health.missed,
        startupSeconds: health.startup_seconds,
      },
      graceSeconds: grace_seconds,
    };
  }

  /** What is left of a process that ended. */
  private async clear(ward: Ward, sight: Sight | undefined, now: number): Promise<Partial<BotInstance>> {
    const { running } = ward;
    const exit = sight?.exit;
    if (running !== undefined) await this.executor.kill(running);
    ward.end();
    return {
      instance: null,
      handle: null,
      place: null,
      started_at: null,
      stopping_at: null,
      ready_since: null,
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
        starts: state.starts + 1,
        observed_generation: state.generation,
        next_start_at: null,
        started_at: new Date(now),
        stopping_at: null,
        ready_since: null,
        last_heartbeat: null,
        conditions: conditionsWith(state, [verified], now),
      });
      if (state.starts > 0) ward.crew.restarted += 1;
      const { running, place, conditions } = await this.launcher.start(ward, instance, blueprint);
      ward.begin(running, now);
      await this.save(ward, {
        handle: running.handle,
        place,
        conditions: conditionsWith(ward.state, conditions, now),
      });
    } catch (error) {
      if (!(error instanceof LaunchRefused)) throw error;
      await this.refuse(ward, error, failures + 1, now);
    }
  }

  /** An instance that could not be started is tried again as one that ended, since what is missing may come back. */
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
      handle: null,
      place: null,
      started_at: null,
      ready_since: null,
      observed_generation: state.generation,
      next_start_at: acts ? new Date(now + backoffSeconds(failures, this.backoff) * 1_000) : null,
      conditions: conditionsWith(state, [told(type, 'false', error.reason, error.message)], now),
    });
  }

  /** Writes a change, if it is one. @throws WardLost */
  private async save(ward: Ward, change: Partial<BotInstance>): Promise<void> {
    const before = ward.state;
    const after: BotInstance = Object.assign({}, before, change);
    if (isSame(before, after)) return;
    const { manager } = this.dataSource;
    if (!(await this.instances.save(manager, after, this.executor.host, before.instance)))
      throw new WardLost(ward.name);
    ward.state = after;
  }
}

function told(type: string, status: ConditionTold['status'], reason: string, message: string): ConditionTold {
  return { type, status, reason, message };
}
