import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CheckpointError, type EventColumns, FrameError } from '../../../engine/index.js';
import type { Resumption, Stage } from '../run.entity.js';
import { RunWaits, type TurnTaking } from '../deciders/turn-taking.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import type { Simulation } from '../simulation.rules.js';
import { lineageOf, stageAfter } from '../stages.js';
import { type CheckpointHead, CheckpointUnusable, inputsDigest } from './checkpoint-file.js';
import { EventSegment, readSegment } from './event-segment.js';
import type { LoadedCheckpoint, NewCheckpoint } from './run-checkpoints.js';

/** Agents visited between two breaths of the event loop: some ten milliseconds of work. */
const AGENTS_A_TURN = 5_000;
/** Ticks are drained when the work since the last breath took this long. */
const TURN_MS = 12;
/** Unless a run names its number of ticks, a checkpoint comes when the last one took so little of the time since. */
const SHARE_OF_TIME = 0.05;

/** A checkpoint that a run may go on from. */
export interface CheckpointCandidate {
  readonly tick: number;
  /** Whether it is one of the run's own, and not of the run that it parted from. */
  readonly own: boolean;
  /** @throws CheckpointUnusable */
  load(expected: Omit<CheckpointHead, 'digest' | 'tick'>, folder: string): Promise<LoadedCheckpoint>;
}

/** Where the checkpoints of a run are. */
export interface CheckpointKeeper {
  /** Ticks between two; 0: none are made. */
  readonly every: number;
  /** Whether each is made, whatever it costs. */
  readonly strict: boolean;
  /** What there is, the latest first. */
  candidates(): Promise<readonly CheckpointCandidate[]>;
  save(checkpoint: NewCheckpoint): Promise<void>;
  /** The run went on from somewhere else than its start, or could not. */
  resumed(resumption: Resumption): Promise<void>;
  /** Whether a run that is told to stop is to go on later. */
  goesOnLater(): Promise<boolean>;
}

/** What a run is to do. */
export interface RunPlan {
  readonly stages: readonly [Stage, ...Stage[]];
  readonly ticks: number;
  readonly keeper: CheckpointKeeper;
  /** Where decisions come from; needed where somebody outside decides. */
  readonly turns?: TurnTaking;
  /** A simulation by one of the scenarios, before its first tick. */
  prepare(scenario: FeedScenario): Simulation;
}

interface Watch {
  readonly signal: AbortSignal;
  progress(ticks: number, note: string): void;
}

/** Takes the events of whole ticks. @param ticks completed, these included */
export type EventSink = (events: EventColumns, ticks: number) => Promise<void>;

/** Where a run begins: a simulation after so many ticks, and the files of the events until then. */
interface Start {
  readonly simulation: Simulation;
  readonly tick: number;
  readonly segments: readonly string[];
  /** Whether it is a checkpoint of the run's own. */
  readonly own: boolean;
}

/** A run on its way: from a checkpoint or from its start, over its stages, to its last tick. */
export class RunCourse {
  private tick: number;
  /** Files of events that are told before the run goes on. */
  private readonly past: readonly string[];
  private segments = 0;
  /** The tick of the last checkpoint of its own, and when the next may come. */
  private savedAt: number;
  private nextAfter = 0;

  private constructor(
    private readonly plan: RunPlan,
    private readonly folder: string,
    private readonly watch: Watch,
    readonly simulation: Simulation,
    start: { readonly tick: number; readonly own: boolean; readonly segments: readonly string[] },
    /** The events since the last checkpoint of its own. */
    private segment: EventSegment,
  ) {
    this.tick = start.tick;
    this.savedAt = start.own ? start.tick : 0;
    this.past = start.own ? start.segments : [segment.path];
  }

  /** Brings a run to the first tick of its last stage, or to its last checkpoint. */
  static async begin(plan: RunPlan, folder: string, watch: Watch): Promise<RunCourse> {
    const { stages } = plan;
    const start = await startOf(plan, folder);
    const segment = await EventSegment.open(join(folder, 'since-0.bin'));
    try {
      if (!start.own) for (const path of start.segments) await segment.appendFile(path);
      let { simulation, tick } = start;
      const record: EventSink = (events) => segment.append(events);
      for (let stage = stageAfter(stages, tick); stage < stages.length - 1; stage += 1) {
        const next = stages[stage + 1] as Stage;
        tick = await advance(simulation, tick, next.from, record, watch, plan.turns);
        watch.signal.throwIfAborted();
        const state = simulation.feed.checkpoint();
        simulation = plan.prepare(next.definition);
        simulation.feed.restore(state);
      }
      return new RunCourse(plan, folder, watch, simulation, { ...start, tick }, segment);
    } catch (error) {
      await segment.close();
      throw error;
    }
  }

  /** Tells the events so far, and goes on to the last tick. */
  async follow(sink: EventSink): Promise<void> {
    const { plan, watch } = this;
    for (const path of this.past) {
      for await (const events of readSegment(path)) {
        await sink(events, (events.tick.at(-1) ?? 0) + 1);
        watch.progress(this.tick, 'restoring');
      }
    }
    // Where a branch begins is a checkpoint in any case: what is before it belongs to another run.
    if (this.savedAt < this.tick && this.keeps) await this.save();
    const record: EventSink = async (events, tick) => {
      if (this.keeps) await this.segment.append(events);
      try {
        await sink(events, tick);
      } catch (error) {
        // What is written of the log is written anew; the tick itself is done, and may be kept.
        if (!watch.signal.aborted) throw error;
      }
    };
    while (this.tick < plan.ticks) {
      await this.advance(record);
      if (watch.signal.aborted) await this.leave();
      if (this.isDue()) await this.save();
    }
  }

  /** Goes on to the next stop. What may have to wait for decisions is kept as it was before, and found there again. */
  private async advance(record: EventSink): Promise<void> {
    const { plan, watch, simulation, tick } = this;
    const { turns } = plan;
    const mayWait = this.keeps && tick > this.savedAt && (await turns?.mayWait(simulation, tick)) === true;
    const before = mayWait ? simulation.feed.checkpoint() : undefined;
    try {
      this.tick = await advance(simulation, tick, this.nextStop(), record, watch, turns);
    } catch (error) {
      if (before !== undefined && (error instanceof RunWaits || (await this.goesOnLater())))
        await this.save(before);
      throw error;
    }
  }

  private async goesOnLater(): Promise<boolean> {
    return this.watch.signal.aborted && (await this.plan.keeper.goesOnLater());
  }

  async close(): Promise<void> {
    await this.segment.close();
  }

  private get keeps(): boolean {
    return this.plan.keeper.every > 0;
  }

  /** Up to where nothing needs to be done between two ticks. */
  private nextStop(): number {
    const { ticks, keeper } = this.plan;
    if (!this.keeps) return ticks;
    const kept = (Math.floor(this.tick / keeper.every) + 1) * keeper.every;
    return Math.min(kept, this.simulation.outside?.nextAsked(this.tick + 1) ?? ticks, ticks);
  }

  private isDue(): boolean {
    const { ticks, keeper } = this.plan;
    if (!this.keeps || this.tick === ticks || this.tick % keeper.every !== 0) return false;
    return keeper.strict || performance.now() >= this.nextAfter;
  }

  /** The job is to stop: what was done so far is kept where the run goes on later. */
  private async leave(): Promise<never> {
    const { ticks } = this.plan;
    if (this.keeps && this.tick > this.savedAt && this.tick < ticks && (await this.goesOnLater()))
      await this.save();
    throw this.watch.signal.reason;
  }

  /** @param state of the feed behind the last completed tick; as it is now unless given */
  private async save(state = this.simulation.feed.checkpoint()): Promise<void> {
    const began = performance.now();
    const { simulation, tick, segment, savedAt: from } = this;
    await segment.close();
    this.segments += 1;
    this.segment = await EventSegment.open(join(this.folder, `since-${tick}-${this.segments}.bin`));
    const { stages, keeper } = this.plan;
    const head = {
      ...expectationOf(simulation, stages, tick),
      tick,
      digest: simulation.feed.digests().at(-1) ?? '',
    };
    await keeper.save({ head, state, from, events: segment.path });
    await rm(segment.path);
    this.savedAt = tick;
    const now = performance.now();
    this.nextAfter = now + (now - began) / SHARE_OF_TIME;
  }
}

/** The best of what there is to go on from; the start of the first stage where nothing is. */
async function startOf(plan: RunPlan, folder: string): Promise<Start> {
  const { stages, keeper } = plan;
  const skipped: Resumption['skipped'] = [];
  for (const candidate of await keeper.candidates()) {
    const { tick, own } = candidate;
    const stage = stages[stageAfter(stages, tick)] as Stage;
    const simulation = plan.prepare(stage.definition);
    try {
      const { state, segments } = await candidate.load(expectationOf(simulation, stages, tick), folder);
      simulation.feed.restore(state);
      if (own) await keeper.resumed({ tick, skipped });
      return { simulation, tick, segments, own };
    } catch (error) {
      if (!(
        error instanceof CheckpointUnusable ||
        error instanceof CheckpointError ||
        error instanceof FrameError
      ))
        throw error;
      if (own) skipped.push({ tick, reason: error.message });
    }
  }
  if (skipped.length > 0) await keeper.resumed({ tick: 0, skipped });
  return { simulation: plan.prepare(stages[0].definition), tick: 0, segments: [], own: false };
}

function expectationOf(
  simulation: Simulation,
  stages: readonly Stage[],
  tick: number,
): Omit<CheckpointHead, 'digest' | 'tick'> {
  const { seed } = simulation;
  return { seed, lineage: lineageOf(stages, tick), inputs: inputsDigest(simulation) };
}

/**
 * Does ticks until `to`, each with what is decided outside, or until the signal aborts, handing on the events now and then. What was begun of a tick when it aborts is
 * thrown away with the simulation, and its reason thrown.
 * @returns completed ticks
 */
async function advance(
  simulation: Simulation,
  from: number,
  to: number,
  sink: EventSink,
  watch: Watch,
  turns: TurnTaking | undefined,
): Promise<number> {
  const { feed, agents, outside } = simulation;
  let breath = performance.now();
  const inTurns = async (work: (from: number, to: number) => void): Promise<void> => {
    for (let first = 0; first < agents.length; first += AGENTS_A_TURN) {
      work(first, Math.min(first + AGENTS_A_TURN, agents.length));
      if (agents.length <= AGENTS_A_TURN) continue;
      await setImmediate();
      watch.signal.throwIfAborted();
    }
  };
  for (let tick = from + 1; tick <= to; tick += 1) {
    feed.begin();
    if (outside !== undefined) await turns?.take(simulation, tick - 1, watch);
    await inTurns((first, end) => feed.read(first, end));
    await inTurns((first, end) => feed.apply(first, end));
    feed.close();
    if (tick < to && performance.now() - breath < TURN_MS) continue;
    await sink(feed.drainEvents(), tick);
    watch.progress(tick, 'simulating');
    await setImmediate();
    if (watch.signal.aborted) return tick;
    breath = performance.now();
  }
  return to;
}
