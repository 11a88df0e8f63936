import { setImmediate } from 'node:timers/promises';
import type { EventColumns } from '../../engine/index.js';
import { RunCourse, type RunPlan } from './checkpoints/run-course.js';
import { versionsOfModels } from './deciders/deciders-report.js';
import { EventLog } from './eventlog/event-log.js';
import { writeAffinity } from './graphs/affinity-file.js';
import type { RunMeasures } from './measures/run-measures.js';
import { RunMeter } from './measures/run-meter.js';
import { AgentTally, type AgentOutcome } from './report/agent-tally.js';
import { reportData, type ReportData } from './report/report-data.js';
import { RunTally } from './report/run-tally.js';
import type { RunFile } from './run-files.js';
import { writeReport } from './report/write-report.js';
import type { RecordedTick } from './runs.repository.js';
import type { Simulation } from './simulation.rules.js';

/** How a run is watched and stopped. */
export interface RunWatch {
  readonly signal: AbortSignal;
  progress(ticks: number, note: string): void;
}

/** What a run left in its folder, and of what its report says that which is kept beside it. */
export interface FinishedRun {
  readonly files: readonly RunFile[];
  readonly report: Pick<ReportData, 'checksum' | 'totals' | 'digests'> & {
    readonly per_tick: readonly RecordedTick[];
    readonly measures: RunMeasures | null;
  };
  /** What became of each agent, by its id; made when it is asked for. */
  readonly outcomes: () => ReadonlyMap<string, AgentOutcome>;
}

/** What is counted while the events of a run pass by. */
class Tallies {
  readonly run: RunTally;
  readonly agents: AgentTally;
  readonly meter: RunMeter;

  constructor(simulation: Simulation) {
    this.run = new RunTally(simulation);
    this.agents = new AgentTally(simulation);
    this.meter = new RunMeter(simulation);
  }

  add(events: EventColumns, ticks: number): void {
    this.run.add(events, ticks);
    this.agents.add(events);
    this.meter.add(events, ticks);
  }
}

/**
 * Runs a simulation from its last checkpoint, or from the start, and writes its event log and report into a folder. The same
 * plan gives the same bytes, wherever it begins. Lets the event loop breathe; when the signal aborts, throws its reason and leaves the
 * folder to the caller.
 */
export async function executeRun(
  plan: RunPlan,
  folder: string,
  versions: Record<string, string>,
  watch: RunWatch,
): Promise<FinishedRun> {
  const { ticks } = plan;
  const course = await RunCourse.begin(plan, folder, watch);
  const { simulation } = course;
  const tallies = new Tallies(simulation);
  const log = await EventLog.open(folder, simulation);
  let events: RunFile[];
  try {
    await course.follow(async (columns, tick) => {
      tallies.add(columns, tick);
      await log.append(columns, watch.signal);
    });
    watch.progress(ticks, 'writing');
    events = await log.close();
  } catch (error) {
    await log.abandon();
    throw error;
  } finally {
    await course.close();
  }
  await breathe(watch.signal);
  // The chart library is large and only a run needs it.
  const { renderReport } = await import('./report/report-html.js');
  const deciders = simulation.outside && (await plan.turns?.report(simulation));
  const known = { ...versions, ...versionsOfModels(deciders ?? []) };
  const report = {
    ...reportData(simulation, tallies, events, known),
    ...(deciders !== undefined && { deciders }),
  };
  await breathe(watch.signal);
  const outcomes = (): ReadonlyMap<string, AgentOutcome> => tallies.agents.outcomes(ticks);
  const written = await writeReport(report, await renderReport(report), folder);
  const affinities = await affinityFiles(simulation, folder, watch.signal);
  return { report, outcomes, files: [...events, ...written, ...affinities] };
}

/** The event loop has its turn: a job that was cancelled is told. */
async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

async function affinityFiles(
  { scenario, feed, agents }: Simulation,
  folder: string,
  signal: AbortSignal,
): Promise<RunFile[]> {
  const { export: affinity } = scenario.graph.affinity ?? {};
  if (affinity === undefined) return [];
  const networks = { before: feed.input.graph, after: feed.world.ties.now() };
  return [await writeAffinity(folder, affinity, networks, agents, signal)];
}
