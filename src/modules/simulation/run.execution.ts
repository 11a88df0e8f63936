import { setImmediate } from 'node:timers/promises';
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

/** Agents read between two breaths of the event loop: some ten milliseconds of work. */
const AGENTS_A_TURN = 5_000;
/** Ticks are drained when the work since the last breath took this long. */
const TURN_MS = 12;

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

/**
 * Runs a simulation for `ticks` ticks and writes its event log and report into a folder. The same simulation gives the
 * same bytes. Lets the event loop breathe; when the signal aborts, throws its reason and leaves the folder to the caller.
 */
export async function executeRun(
  simulation: Simulation,
  ticks: number,
  folder: string,
  versions: Record<string, string>,
  watch: RunWatch,
): Promise<FinishedRun> {
  const tallies = {
    run: new RunTally(simulation),
    agents: new AgentTally(simulation),
    meter: new RunMeter(simulation),
  };
  const { export: affinity } = simulation.scenario.graph.affinity ?? {};
  const log = await EventLog.open(folder, simulation);
  let events: RunFile[];
  try {
    await tickAll(simulation, ticks, tallies, log, watch);
    watch.progress(ticks, 'writing');
    events = await log.close();
  } catch (error) {
    await log.abandon();
    throw error;
  }
  watch.signal.throwIfAborted();
  const report = reportData(simulation, tallies, events, versions);
  const outcomes = (): ReadonlyMap<string, AgentOutcome> => tallies.agents.outcomes(ticks);
  // The chart library is large and only a run needs it.
  const { renderReport } = await import('./report/report-html.js');
  const written = await writeReport(report, await renderReport(report), folder);
  const files = [...events, ...written];
  if (affinity !== undefined) {
    const { input, world } = simulation.feed;
    const networks = { before: input.graph, after: world.ties.now() };
    files.push(await writeAffinity(folder, affinity, networks, simulation.agents));
  }
  return { report, outcomes, files };
}

async function tickAll(
  { feed, agents }: Simulation,
  ticks: number,
  tallies: { run: RunTally; agents: AgentTally; meter: RunMeter },
  log: EventLog,
  watch: RunWatch,
): Promise<void> {
  let breath = performance.now();
  for (let tick = 1; tick <= ticks; tick += 1) {
    feed.begin();
    for (let from = 0; from < agents.length; from += AGENTS_A_TURN) {
      feed.read(from, Math.min(from + AGENTS_A_TURN, agents.length));
      if (agents.length > AGENTS_A_TURN) await setImmediate();
    }
    feed.commit();
    if (tick < ticks && performance.now() - breath < TURN_MS) continue;
    const events = feed.drainEvents();
    tallies.run.add(events, tick);
    tallies.agents.add(events);
    tallies.meter.add(events, tick);
    await log.append(events);
    watch.progress(tick, 'simulating');
    await setImmediate();
    watch.signal.throwIfAborted();
    breath = performance.now();
  }
}
