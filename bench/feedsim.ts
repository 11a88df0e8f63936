import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WARM_UP, type KernelName } from '../src/engine/feedsim/index.js';
import { chooseThreads } from '../src/modules/simulation/feedsim/feedsim.kernel.js';
import { runFeedSim, type FeedSimResult } from '../src/modules/simulation/feedsim/feedsim.run.js';
import { CppBaseline, runMesa, runObjects, type Case, type Measured } from './feedsim-baselines.js';
import { figure, figureAtMost, printFigures, type Figure } from './figure.js';

const SEED = 12345;
/** Programs take turns so many times, and the best turn of each counts: others on the machine only ever slow one down. */
const TURNS = 5;
/** What the model's definition says of seed 12345, by agents and ticks. */
const CHECKSUMS: Readonly<Record<string, number>> = {
  '1000/4000': 3394879819,
  '10000/500': 2577145971,
  '100000/60': 1995758287,
  '1000000/12': 1959626026,
};
const GOALS = [
  { agents: 10_000, ticks: 500, cpp: 1, twoThreads: null },
  { agents: 100_000, ticks: 60, cpp: 0.95, twoThreads: 1.8 },
  { agents: 1_000_000, ticks: 12, cpp: 0.7, twoThreads: 1.8 },
] as const;

const watch = { signal: new AbortController().signal, progress: () => {} };

async function run(given: Case, kernel?: KernelName): Promise<FeedSimResult & Measured> {
  const { seed, agents, ticks, threads } = given;
  const result = await runFeedSim({ seed, agents, ticks: WARM_UP + ticks, threads, kernel }, watch);
  const known = seed === SEED ? CHECKSUMS[`${agents}/${ticks}`] : undefined;
  if (known !== undefined) agree(given, result.checksum, known);
  return { ...result, milliseconds: result.milliseconds ?? Number.NaN };
}

function agree({ agents, ticks }: Case, checksum: number | undefined, expected: number): void {
  if (checksum === expected) return;
  throw new Error(`${agents} agents, ${ticks} ticks: the checksum is ${checksum}, not ${expected}`);
}

/** Agent-steps a second. */
function rateOf({ agents, ticks }: Case, { milliseconds }: Measured): number {
  return (agents * ticks * 1000) / milliseconds;
}

/** Lets programs take turns; the best rate of each. */
async function takeTurns(
  turns: number,
  programs: readonly (() => Promise<number> | number)[],
): Promise<number[]> {
  const best = programs.map(() => 0);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, program] of programs.entries()) {
      best[index] = Math.max(best[index] as number, await program());
    }
  }
  return best;
}

const ours = (given: Case) => async (): Promise<number> => rateOf(given, await run(given));

/** One size: this engine and C++, each on one thread and on two. */
async function size(
  { agents, ticks, cpp: goal, twoThreads }: (typeof GOALS)[number],
  cpp: CppBaseline | undefined,
): Promise<{ rate: number; figures: Figure[] }> {
  const named = (threads: number): string =>
    `${agents.toLocaleString('en')} agents, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
  const single = { seed: SEED, agents, ticks, threads: 1 };
  const double = { ...single, threads: 2 };
  const theirs = (given: Case, variant: 'plain' | 'tuned') => (): number => {
    if (cpp === undefined) return Number.NaN;
    const answer = cpp.run(variant, given);
    const known = CHECKSUMS[`${agents}/${ticks}`];
    if (known !== undefined) agree(given, answer.checksum, known);
    return rateOf(given, answer);
  };
  const [a = 0, b = 0, tunedOne = 0, tunedTwo = 0, plain = 0] = await takeTurns(TURNS, [
    ours(single),
    ours(double),
    theirs(single, 'tuned'),
    theirs(double, 'tuned'),
    theirs(single, 'plain'),
  ]);
  const figures = [
    figure('feedsim', named(1), Math.round(a), 'agent-steps/s'),
    figure('feedsim', named(2), Math.round(b), 'agent-steps/s'),
    figure('feedsim', `${named(2)} ÷ 1 thread`, b / a, '×', twoThreads),
  ];
  if (cpp !== undefined) {
    figures.push(
      figure('feedsim', `${named(1)} ÷ C++`, a / tunedOne, '×', goal),
      figure('feedsim', `${named(2)} ÷ C++`, b / tunedTwo, '×', goal),
      figure('feedsim', `${named(1)} ÷ plain C++`, a / plain, '×'),
    );
  }
  return { rate: a, figures };
}

/** 100,000 agents against programs that are not made for speed. */
async function simplePrograms(): Promise<Figure[]> {
  const given = { seed: SEED, agents: 100_000, ticks: 10, threads: 1 };
  const long = { ...given, ticks: 60 };
  const [engine = 0, reference = 0, objects = 0] = await takeTurns(2, [
    async () => rateOf(long, await run(long)),
    async () => rateOf(given, await run(given, 'typescript')),
    () => rateOf(given, runObjects(given)),
  ]);
  const figures = [
    figure('feedsim', '100,000 agents ÷ plain objects', engine / objects, '×', 30),
    figure('feedsim', '100,000 agents ÷ TypeScript kernel', engine / reference, '×'),
  ];
  const mesa = runMesa({ ...given, agents: 10_000 });
  if (mesa === undefined) {
    process.stderr.write('Python has no Mesa here: not compared with it\n');
    return figures;
  }
  const rate = rateOf({ ...given, agents: 10_000 }, mesa);
  return [...figures, figure('feedsim', '100,000 agents ÷ Mesa at 10,000', engine / rate, '×')];
}

/** Ten million agents, in a process of their own. */
function tenMillion(): Figure[] {
  const options = ['--agents', '10000000', '--ticks', '4', '--alone', '--json'];
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`ten million agents ended with ${status}`);
  const answer = JSON.parse(stdout) as { agent_steps_per_second: number; rss_mib: number; threads: number };
  const name = `10,000,000 agents, ${answer.threads} threads`;
  return [
    figure('feedsim', name, answer.agent_steps_per_second, 'agent-steps/s'),
    figureAtMost('feedsim', `${name}, most memory`, answer.rss_mib / 1024, 'GiB', 8),
  ];
}

async function all(): Promise<void> {
  const cpp = CppBaseline.build();
  if (cpp === undefined) process.stderr.write('there is no g++ here: not compared with C++\n');
  const figures: Figure[] = [];
  const rates: number[] = [];
  try {
    for (const goal of GOALS) {
      const measured = await size(goal, cpp);
      figures.push(...measured.figures);
      rates.push(measured.rate);
    }
  } finally {
    cpp?.remove();
  }
  const [small = 0, , large = 0] = rates;
  figures.push(figureAtMost('feedsim', 'cost of a step at 1,000,000 ÷ at 10,000', small / large, '×', 2));
  printFigures([...figures, ...(await simplePrograms()), ...tenMillion()]);
}

/** One case, beside C++ unless it is to run alone. */
async function one(given: Case, kernel: KernelName | undefined, alone: boolean): Promise<void> {
  const cpp = alone ? undefined : CppBaseline.build();
  try {
    let result: (FeedSimResult & Measured) | undefined;
    let checksum: number | undefined;
    const [rate = 0, cppRate = 0] = await takeTurns(alone ? 1 : TURNS, [
      async () => rateOf(given, (result = await run(given, kernel))),
      () => {
        if (cpp === undefined) return Number.NaN;
        const answer = cpp.run('tuned', given);
        checksum = answer.checksum;
        return rateOf(given, answer);
      },
    ]);
    if (result === undefined) return;
    if (checksum !== undefined) agree(given, result.checksum, checksum);
    const compared = alone ? 'not asked for' : 'there is no g++ here';
    print({
      agents: given.agents,
      ticks: given.ticks,
      seed: given.seed,
      threads: result.threads,
      kernel: result.kernel,
      checksum: result.checksum,
      state: result.state,
      agent_steps_per_second: Math.round(rate),
      cpp_agent_steps_per_second: cpp === undefined ? compared : Math.round(cppRate),
      ratio: cpp === undefined ? compared : Number((rate / cppRate).toFixed(3)),
      rss_mib: Math.round(process.resourceUsage().maxRSS / 1024),
    });
  } finally {
    cpp?.remove();
  }
}

function print(facts: Readonly<Record<string, string | number>>): void {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    return;
  }
  for (const [name, value] of Object.entries(facts)) {
    process.stdout.write(`${name.replaceAll('_', ' ').padEnd(28)}${value}\n`);
  }
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function wholeNumber(name: string, text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  const least = name === 'seed' ? 0 : 1;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return refuse(`--${name} is a whole number from ${least} to ${most.toLocaleString('en')}`);
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    agents: { type: 'string' },
    ticks: { type: 'string' },
    threads: { type: 'string' },
    kernel: { type: 'string' },
    alone: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const { seed, agents, ticks, threads, kernel } = values;
if (seed === undefined && agents === undefined && ticks === undefined && threads === undefined) await all();
else {
  const count = wholeNumber('agents', agents, 100_000, 15_000_000);
  const given = {
    seed: wholeNumber('seed', seed, SEED, 0xffffffff),
    agents: count,
    ticks: wholeNumber('ticks', ticks, 60, 30_000),
    threads: wholeNumber('threads', threads, chooseThreads(count, availableParallelism()), 64),
  };
  if (kernel !== undefined && kernel !== 'wasm' && kernel !== 'typescript')
    refuse('--kernel is wasm or typescript');
  await one(given, kernel, values.alone);
}
