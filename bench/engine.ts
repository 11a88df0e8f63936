import { parseArgs } from 'node:util';
import { Feed, type FeedInput } from '../src/engine/index.js';
import { MEASURES, planWorld, ReferenceKernel, runLane, viewWorld } from '../src/engine/feedsim/index.js';
import { sampleInput } from '../test/support/feed-sample.js';
import { figure, figureAtMost, printFigures, type Figure } from './figure.js';

const BENCH = 'engine';
const WARM_UP = 25;
const TURNS = 8;
const TICKS_A_TURN = 5;

/** Every kind of act, so that nothing the model can do is left out of what is measured. */
const ACTS = {
  acts: {
    quote: 0.002,
    follow: 0.01,
    unfollow: 0.001,
    mute: 0.001,
    block: 0.0005,
    report: 0.001,
    dismiss: 0.005,
  },
  bursts: { gain: 0.2, halfLifeTicks: 6 },
  churn: { leaving: 0.001, returning: 0.01 },
} as const;

/** Something that ticks. @returns how many agents were active */
type Tick = () => number;

function feedSim(agents: number): Tick {
  const layout = planWorld(12345, agents, 1);
  const world = viewWorld(layout, new SharedArrayBuffer(layout.bytes));
  const kernel = new ReferenceKernel(world, 0);
  const history = new Float64Array(MEASURES.length);
  // No ticks: it only founds the world.
  runLane({ world, lane: 0, ticks: 0, kernel: () => kernel, history }, () => {});
  const active = MEASURES.indexOf('active');
  let tick = 0;
  return () => {
    tick += 1;
    kernel.act(tick);
    kernel.commit(tick);
    return world.measures[active] as number;
  };
}

function model(input: FeedInput): Tick {
  const feed = new Feed(input);
  return () => {
    feed.tick();
    feed.drainEvents();
    return feed.metrics().at(-1)?.active ?? 0;
  };
}

/** Microseconds of processor time that an active agent takes, of each: they take turns, and the best turn counts. */
function compare(programs: readonly Tick[]): number[] {
  for (const tick of programs) for (let t = 0; t < WARM_UP; t += 1) tick();
  const best = programs.map(() => Infinity);
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [index, tick] of programs.entries()) {
      const before = process.cpuUsage();
      let active = 0;
      for (let t = 0; t < TICKS_A_TURN; t += 1) active += tick();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index] as number, (user + system) / active);
    }
  }
  return best;
}

function beside(agents: number): Figure[] {
  const options = { agents, logExposures: false };
  const [reference = 0, plain = 0, full = 0, logged = 0] = compare([
    feedSim(agents),
    model(sampleInput(options)),
    model(sampleInput({ ...options, behaviour: ACTS })),
    model(sampleInput({ agents, logExposures: true, logScores: true, behaviour: ACTS })),
  ]);
  const name = `${agents.toLocaleString('en')} agents`;
  return [
    figure(BENCH, `${name}: FeedSim, TypeScript kernel`, reference, 'µs an activation'),
    figure(BENCH, `${name}: posts, reactions, comments, reposts`, plain, 'µs an activation'),
    figure(BENCH, `${name}: every act`, full, 'µs an activation'),
    figureAtMost(BENCH, `${name}: every act ÷ FeedSim`, full / reference, '×', 2),
    figureAtMost(BENCH, `${name}: with exposures and scores ÷ FeedSim`, logged / reference, '×', 4),
  ];
}

/** As many people, ticks, follows and sessions as `metro_cdmx` has for each thousand, a thousand times. */
function large(agents: number, ticks: number): Figure[] {
  const input = sampleInput({
    agents,
    logExposures: false,
    graph: { meanFollows: 24, homophily: 0, hubs: 0.5, reciprocity: 0.1 },
    ranking: { windowTicks: 72, discovery: 2 },
    behaviour: ACTS,
  });
  input.agents.activity.fill(7 / 144);
  input.agents.posting.fill(1 / 7);
  const tick = model(input);
  const started = performance.now();
  for (let t = 0; t < ticks; t += 1) tick();
  const seconds = (performance.now() - started) / 1000;
  const name = `${agents.toLocaleString('en')} agents × ${ticks} ticks of metro_cdmx`;
  return [
    figureAtMost(BENCH, name, seconds, 's', 60),
    figure(BENCH, `${name}, rate`, (agents * ticks) / seconds, 'agent-steps/s'),
    figureAtMost(BENCH, `${name}, most memory`, process.resourceUsage().maxRSS / 1024 / 1024, 'GiB', 4),
  ];
}

const { values } = parseArgs({
  options: {
    large: { type: 'boolean', default: false },
    agents: { type: 'string', default: '100000' },
    json: { type: 'boolean', default: false },
  },
});
const agents = Number(values.agents);
if (!Number.isInteger(agents) || agents < 1) {
  process.stderr.write('--agents is a whole number from 1\n');
  process.exit(2);
}
printFigures(values.large ? large(1_000_000, 120) : beside(agents));
