import { VERSION } from '../../../core/version.js';
import { keyFromText } from '../../../engine/index.js';
import type { FinishedRun, RunWatch } from '../run.execution.js';
import { writeReport } from '../report/write-report.js';
import type { FeedSimScenario } from '../scenarios/scenario.schema.js';
import { runFeedSim } from './feedsim.run.js';
import { feedSimReport } from './feedsim.report.js';

/** The number that a seed stands for: itself where it is one of 32 bits, otherwise a hash of its text. */
export function modelSeed(seed: string): number {
  const number = /^\d{1,10}$/u.test(seed) ? Number(seed) : Number.NaN;
  return number <= 0xffffffff ? number : keyFromText(`feedsim:${seed}`).k0;
}

/**
 * Runs a scenario of FeedSim and writes its report into a folder. The same scenario, seed and ticks give the same bytes. When
 * the signal aborts, throws its reason and leaves the folder to the caller.
 */
export async function executeFeedSim(
  scenario: FeedSimScenario,
  { seed, ticks }: { readonly seed: string; readonly ticks: number },
  folder: string,
  watch: RunWatch,
): Promise<FinishedRun> {
  const given = { seed, modelSeed: modelSeed(seed), ticks };
  const progress = (done: number): void => watch.progress(done, done === 0 ? 'loading' : 'simulating');
  const result = await runFeedSim(
    { seed: given.modelSeed, agents: scenario.agents, ticks },
    { signal: watch.signal, progress },
  );
  watch.progress(ticks, 'writing');
  const report = feedSimReport(scenario, given, result, { azt3knet: VERSION });
  // The chart library is large and only a run needs it.
  const { renderFeedSim } = await import('./feedsim.page.js');
  const files = await writeReport(report, await renderFeedSim(report), folder);
  return { report: { ...report, measures: null }, outcomes: () => new Map(), files };
}
