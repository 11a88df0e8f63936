import { setTimeout as sleep } from 'node:timers/promises';
import { metroScenario, sampleSimulation } from '../test/support/simulation-sample.js';
import type { FeedScenario } from '../src/modules/simulation/scenarios/scenario.schema.js';
import { prepareSimulation } from '../src/modules/simulation/simulation.rules.js';
import { figure, figureAtMost, printFigures } from './figure.js';

// What it costs that somebody else could decide: the same scenario with rules alone, and with groups of other deciders to which nobody
// belongs. They take turns, and the best turn of each counts.

const BENCH = 'deciders';
const AGENTS = 10_000;
const TICKS = 72;
const TURNS = 10;

const NOBODY = { share: 1, interests: ['an interest that nobody has'] };
const OTHERS: NonNullable<FeedScenario['deciders']> = [
  { kind: 'external', people: NOBODY, every: 1, deadline_seconds: 60, missing: 'nothing' },
  {
    kind: 'llm',
    people: NOBODY,
    every: 1,
    batch: 5,
    most_people: 50,
    budget_calls: 5_000,
    missing: 'nothing',
  },
];

/** Seconds of processor time that a run takes. */
function once(scenario: FeedScenario): number {
  const { feed } = prepareSimulation(sampleSimulation(AGENTS, '7', scenario));
  const before = process.cpuUsage();
  for (let tick = 0; tick < TICKS; tick += 1) {
    feed.tick();
    feed.drainEvents();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

const scenarios = [metroScenario(), metroScenario({ deciders: OTHERS })];
const best = scenarios.map(() => Infinity);
for (let turn = 0; turn < TURNS; turn += 1) {
  for (const [index, scenario] of scenarios.entries())
    best[index] = Math.min(best[index] as number, once(scenario));
  await sleep(50);
}
const [rules = 0, possible = 0] = best;
const steps = AGENTS * TICKS;
printFigures([
  figure(BENCH, 'rules alone', steps / rules, 'agent-steps/s'),
  figure(BENCH, 'rules, and groups of nobody', steps / possible, 'agent-steps/s'),
  figureAtMost(BENCH, 'groups of nobody ÷ rules alone, time', possible / rules, '×', 1.05),
]);
