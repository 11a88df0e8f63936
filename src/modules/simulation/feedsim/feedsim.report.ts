import { checksumsOf, MEASURES } from '../../../engine/feedsim/index.js';
import { emptyMetrics, type TickMetrics } from '../../../engine/index.js';
import type { ReportData, Totals } from '../report/report-data.js';
import { scenarioDigest } from '../scenarios/scenario.loader.js';
import type { FeedSimScenario } from '../scenarios/scenario.schema.js';
import type { FeedSimResult } from './feedsim.run.js';

/** Raised whenever the same seed, agents and ticks would give another checksum. */
const MODEL_VERSION = 1;

type TickRow = TickMetrics & {
  acted: number;
  /** Products of readers' interests and what they were shown, in 256ths, summed. */
  alignment: number;
};

/** What a report of FeedSim shows: a function of scenario, seed and ticks. */
export interface FeedSimReport {
  readonly format: 'azt3knet.feedsim-report';
  readonly format_version: 1;
  readonly synthetic: true;
  readonly scenario: Pick<
    ReportData['scenario'],
    'id' | 'version' | 'title' | 'description' | 'tick_minutes' | 'start_hour'
  >;
  readonly seed: string;
  /** The 32-bit number that the seed stands for. */
  readonly model_seed: number;
  readonly ticks: number;
  readonly agents: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Of the scenario, and of the state after the last tick. */
  readonly digests: Readonly<Record<string, string>>;
  readonly checksum: number;
  readonly totals: Totals;
  readonly per_tick: readonly TickRow[];
}

/** Reports a finished run. */
export function feedSimReport(
  scenario: FeedSimScenario,
  given: { readonly seed: string; readonly modelSeed: number; readonly ticks: number },
  { history, checksum, state }: FeedSimResult,
  versions: Record<string, string>,
): FeedSimReport {
  const { id, version, title, description, tick_minutes, agents } = scenario;
  const rows = tickRows(history);
  return {
    format: 'azt3knet.feedsim-report',
    format_version: 1,
    synthetic: true,
    scenario: { id, version, title, description, tick_minutes, start_hour: 0 },
    seed: given.seed,
    model_seed: given.modelSeed,
    ticks: given.ticks,
    agents,
    versions: { feedsim: String(MODEL_VERSION), scenario: version, ...versions },
    digests: { scenario: scenarioDigest(scenario), state },
    checksum,
    totals: totalsOf(rows),
    per_tick: rows,
  };
}

/** The model's measures in the words of every run: a view is an exposure, a like a reaction, a reply a comment on a post. */
function tickRows(history: Float64Array): TickRow[] {
  let reached = 0;
  let acted = 0;
  const checksums = checksumsOf(history);
  return Array.from({ length: history.length / MEASURES.length }, (_, tick) => {
    const at = (name: (typeof MEASURES)[number]): number =>
      history[tick * MEASURES.length + MEASURES.indexOf(name)] as number;
    reached += at('reached');
    acted += at('acted');
    return {
      ...emptyMetrics(tick),
      active: at('active'),
      idle: at('idle'),
      posts: at('posts'),
      exposures: at('views'),
      reactions: at('likes'),
      comments: at('replies'),
      reposts: at('reposts'),
      mean_depth: at('replies') > 0 ? 1 : 0,
      reached,
      acted,
      digest: (checksums[tick] ?? 0).toString(16).padStart(8, '0'),
      alignment: at('alignment'),
    };
  });
}

function totalsOf(rows: readonly TickRow[]): Totals {
  const sum = (name: Exclude<keyof TickRow, 'digest'>): number =>
    rows.reduce((before, row) => before + row[name], 0);
  return {
    active: sum('active'),
    idle: sum('idle'),
    posts: sum('posts'),
    exposures: sum('exposures'),
    reactions: sum('reactions'),
    comments: sum('comments'),
    replies: sum('replies'),
    reposts: sum('reposts'),
    reached: rows.at(-1)?.reached ?? 0,
    acted: rows.at(-1)?.acted ?? 0,
  };
}
