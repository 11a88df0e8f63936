import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { EventsService } from '../../../core/events/index.js';
import type { JobContext } from '../../jobs/index.js';
import { runWaiting } from '../run.events.js';
import type { Run } from '../run.entity.js';
import type { Simulation } from '../simulation.rules.js';
import type { Decisions, KeptDecision } from './decision.js';
import { decidersReport } from './deciders-report.js';
import { type DecidingModel, ModelDeciders } from './model-deciders.js';
import type { Modelled, ModelTurn } from './model-turn.js';
import { type Offer, offersOf } from './offers.rules.js';
import type { OutsideGroup } from './outside-deciders.js';
import { RunWaits, type TurnTaking, type TurnWatch } from './turn-taking.js';
import { TurnsRepository } from './turns.repository.js';

/** So long a run keeps its place for whoever decides at once; how often it looks. In milliseconds. */
const PATIENCE_MS = 5_000;
const LOOK_MS = 50;

/** Opens ticks for those who decide outside, waits for them, and settles what they decided. */
@Injectable()
export class RunTurns {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: TurnsRepository,
    private readonly events: EventsService,
    private readonly models: ModelDeciders,
  ) {}

  /** @param context of the job of the run: nothing is settled by one that has lost it */
  of(run: Run, context: Pick<JobContext, 'write'>): TurnTaking {
    const { manager } = this.dataSource;
    const opened = new Map<number, Promise<DecidingModel>>();
    return {
      mayWait: async ({ outside }, tick) =>
        (outside?.askedIn(tick).length ?? 0) > 0 &&
        (await this.repository.settled(manager, run.id, tick)) === undefined,
      take: async (simulation, tick, watch) => {
        const groups = simulation.outside?.askedIn(tick) ?? [];
        if (groups.length === 0) return;
        const decisions =
          (await this.repository.settled(manager, run.id, tick)) ??
          (await this.decide({ run, context, simulation, groups, tick, opened }, watch));
        simulation.outside?.settle(tick, decisions);
      },
      report: async (simulation) =>
        decidersReport(
          simulation,
          await this.repository.counts(manager, run.id),
          await this.repository.models(manager, run.id, run.ticks),
        ),
    };
  }

  /** Whether a turn has still to be waited for; it stays so until the transaction ends. */
  async stillWaits(manager: EntityManager, runId: string, tick: number): Promise<boolean> {
    await this.repository.current(manager, runId, true);
    const state = await this.repository.state(manager, runId, tick);
    return state !== undefined && state.missing > 0 && !state.due;
  }

  private async decide(turn: Turn, watch: TurnWatch): Promise<Decisions> {
    const { run, context, simulation, groups, tick } = turn;
    const offers = offersOf(simulation, groups);
    const modelled = await this.askModels(turn, offers, watch.signal);
    const waited = offers.filter(({ decider }) => isExternal(groups, decider));
    if (waited.length > 0) {
      await this.open(turn, waited, modelled);
      await this.wait(run.id, tick, watch);
    }
    return context.write((manager) => this.settle(manager, turn, offers, modelled));
  }

  /** Asks the language models, unless they were asked before. */
  private async askModels(turn: Turn, offers: readonly Offer[], signal: AbortSignal): Promise<Modelled> {
    const { run, simulation, groups, tick, opened } = turn;
    const { manager } = this.dataSource;
    const asked = groups.flatMap(({ place, decider }) =>
      decider.kind === 'llm' ? [{ place, decider }] : [],
    );
    if (asked.length === 0 || (await this.repository.isThere(manager, run.id, tick)))
      return { decisions: {}, turns: [] };
    const before = await this.repository.models(manager, run.id, tick);
    const turns: ModelTurn[] = [];
    let decisions: Decisions = {};
    for (const { place, decider } of asked) {
      const earlier = before.filter((each) => each.decider === place);
      const model = opened.get(place) ?? this.models.open(run, place, decider, earlier.at(-1)?.writer);
      opened.set(place, model);
      const own = offers.filter((offer) => offer.decider === place);
      const spent = earlier.reduce((sum, { calls }) => sum + calls, 0);
      const task = { run, simulation, place, decider, offers: own, tick, spent };
      const answer = await this.models.decide(await model, task, signal);
      decisions = { ...decisions, ...answer.decisions };
      turns.push(answer.turn);
    }
    return { decisions, turns };
  }

  private async open(
    { run, context, groups, tick }: Turn,
    offers: Offer[],
    modelled: Modelled,
  ): Promise<void> {
    const seconds = Math.max(
      ...groups.map(({ decider }) => (decider.kind === 'external' ? decider.deadline_seconds : 0)),
    );
    await context.write(async (manager) => {
      const fresh = await this.repository.open(manager, { run_id: run.id, tick, offers, seconds, modelled });
      if (!fresh) return;
      const state = await this.repository.state(manager, run.id, tick);
      if (state === undefined) return;
      const { missing, due_at } = state;
      const told = { run_id: run.id, tick, agents: missing, due_at: due_at.toISOString() };
      await this.events.emit(manager, runWaiting(told));
    });
  }

  /** @throws RunWaits, or the reason of the signal */
  private async wait(runId: string, tick: number, watch: TurnWatch): Promise<void> {
    const { signal } = watch;
    const patience = performance.now() + PATIENCE_MS;
    for (;;) {
      const state = await this.repository.state(this.dataSource.manager, runId, tick);
      if (state === undefined || state.missing === 0 || state.due) return;
      watch.progress(tick, `waiting for ${state.missing} decisions of tick ${tick}`);
      if (performance.now() >= patience) throw new RunWaits(tick, state.due_at);
      await sleep(LOOK_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  /** What was decided, and what the scenario says about those for whom nobody did. */
  private async settle(
    manager: EntityManager,
    { run, simulation, tick }: Turn,
    offers: readonly Offer[],
    modelled: Modelled,
  ): Promise<Decisions> {
    const turn = await this.repository.current(manager, run.id, true);
    const given = turn?.tick === tick ? turn.decisions : modelled.decisions;
    const settled: Record<string, KeptDecision> = {};
    for (const { agent_id, decider } of offers) {
      const group = simulation.outside?.groups.find(({ place }) => place === decider);
      settled[agent_id] = given[agent_id] ?? { does: group?.decider.missing ?? 'nothing', origin: 'missing' };
    }
    await this.repository.settle(manager, run.id, tick, settled, modelled.turns);
    return (await this.repository.settled(manager, run.id, tick)) ?? settled;
  }
}

function isExternal(groups: readonly OutsideGroup[], place: number): boolean {
  return groups.some((group) => group.place === place && group.decider.kind === 'external');
}

/** A tick of a run in which somebody outside decides. */
interface Turn {
  readonly run: Run;
  readonly context: Pick<JobContext, 'write'>;
  readonly simulation: Simulation;
  readonly groups: readonly OutsideGroup[];
  readonly tick: number;
  /** The models that were asked already, by the places of their deciders. */
  readonly opened: Map<number, Promise<DecidingModel>>;
}
