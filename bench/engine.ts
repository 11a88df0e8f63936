import { parseArgs } from 'node:util';
import { Feed, type FeedInput, Meters } from '../src/engine/index.js';
import {
  type Kernel,
  MEASURES,
  planWorld,
  ReferenceKernel,
  runLane,
  viewWorld,
  wasmKernel,
  wasmMemory,
  type World,
} from '../src/engine/feedsim/index.js';
import { loadWasm } from '../src/modules/simulation/feedsim/feedsim.kernel.js';
import { measureRun } from '../src/modules/simulation/measures/run-measures.js';
import { RunMeter } from '../src/modules/simulation/measures/run-meter.js';
import { prepareSimulation } from '../src/modules/simulation/simulation.rules.js';
import { sampleInput } from '../test/support/feed-sample.js';
import { sampleSimulation } from '../test/support/simulation-sample.js';
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

function feedSim(agents: number, language: 'typescript' | 'webassembly'): Tick {
  const layout = planWorld(12345, agents, 1);
  const memory = wasmMemory(layout.bytes);
  const world = viewWorld(layout, memory.buffer);
  const history = new Float64Array(MEASURES.length);
  const kernel = (): Kernel =>
    language === 'typescript' ? new ReferenceKernel(world, 0) : inWebAssembly(memory, world);
  // No ticks: it only founds the world.
  runLane({ world, lane: 0, ticks: 0, kernel, history }, () => {});
  const work = kernel();
  const active = MEASURES.indexOf('active');
  let tick = 0;
  return () => {
    tick += 1;
    work.act(tick);
    work.commit(tick);
    return world.measures[active] as number;
  };
}

function inWebAssembly(memory: WebAssembly.Memory, world: World): Kernel {
  const module = loadWasm();
  if (module === undefined) throw new Error('WebAssembly has no SIMD or no shared memory here');
  return wasmKernel(module, memory, world, 0);
}

/** The full model. @param measured whether every metric of a run is taken, as in the product */
function model(input: FeedInput, measured: boolean): Tick {
  const feed = new Feed(input);
  const { count } = input.agents;
  const drafts = input.drafts.quality.length;
  const run = {
    agents: count,
    posts: feed.world.posts,
    groupOf: Uint16Array.from({ length: count }, (_, row) => row % 8),
    groups: 8,
    topicOf: Uint16Array.from({ length: drafts }, (_, row) => row % 8),
    topics: 8,
    labelled: Uint8Array.from({ length: drafts }, (_, row) => Number(row % 9 === 0)),
    exposures: input.logExposures,
  };
  const meters = new Meters(run);
  let tick = 0;
  return () => {
    tick += 1;
    feed.tick();
    const events = feed.drainEvents();
    if (measured) meters.add(events, tick);
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
  const people = { agents, behaviour: ACTS };
  const [reference = 0, fastest = 0, plain = 0, full = 0, measured = 0, logged = 0] = compare([
    feedSim(agents, 'typescript'),
    feedSim(agents, 'webassembly'),
    model(sampleInput({ agents, logExposures: false }), false),
    model(sampleInput({ ...people, logExposures: false }), false),
    model(sampleInput({ ...people, logExposures: true }), true),
    model(sampleInput({ ...people, logExposures: true, logScores: true }), true),
  ]);
  const name = `${agents.toLocaleString('en')} agents`;
  return [
    figure(BENCH, `${name}: FeedSim, TypeScript kernel`, reference, 'µs an activation'),
    figure(BENCH, `${name}: posts, reactions, comments, reposts`, plain, 'µs an activation'),
    figure(BENCH, `${name}: every act`, full, 'µs an activation'),
    figure(BENCH, `${name}: every act ÷ FeedSim`, full / reference, '×'),
    figureAtMost(BENCH, `${name}: every act, every metric ÷ FeedSim`, measured / reference, '×', 2),
    figureAtMost(BENCH, `${name}: the same with scores in the log ÷ FeedSim`, logged / reference, '×', 4),
    figure(BENCH, `${name}: every act, every metric ÷ FeedSim, WebAssembly kernel`, measured / fastest, '×'),
  ];
}

/** The shipped scenario with people and drafts of its own for a thousand times as many: its network, its ticks, its measures. */
function large(agents: number): Figure[] {
  const input = sampleSimulation(agents);
  const { ticks } = input.scenario;
  const started = performance.now();
  const simulation = prepareSimulation(input);
  const meter = new RunMeter(simulation);
  const founded = performance.now();
  let events = 0;
  for (let tick = 1; tick <= ticks; tick += 1) {
    simulation.feed.tick();
    const columns = simulation.feed.drainEvents();
    events += columns.length;
    meter.add(columns, tick);
  }
  measureRun(simulation, meter);
  const seconds = (performance.now() - founded) / 1000;
  const name = `${agents.toLocaleString('en')} agents × ${ticks} ticks of metro_cdmx`;
  return [
    figure(BENCH, `${name}, the network`, (founded - started) / 1000, 's'),
    figureAtMost(BENCH, `${name}, every metric`, seconds, 's', 60),
    figure(BENCH, `${name}, rate`, (agents * ticks) / seconds, 'agent-steps/s'),
    figure(BENCH, `${name}, events`, Math.round(events / seconds), 'events/s'),
    figureAtMost(BENCH, `${name}, most memory`, process.resourceUsage().maxRSS / 1024 / 1024, 'GiB', 4),
  ];
}

const { values } = parseArgs({
  options: {
    large: { type: 'boolean', default: false },
    agents: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const agents = Number(values.agents ?? (values.large ? 1_000_000 : 100_000));
if (!Number.isInteger(agents) || agents < 1) {
  process.stderr.write('--agents is a whole number from 1\n');
  process.exit(2);
}
printFigures(values.large ? large(agents) : beside(agents));
