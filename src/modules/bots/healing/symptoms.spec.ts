import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { PROJECT_ROOT } from '../../../core/project.js';
import { readPlaybooks, risingSlope } from '../../healing/index.js';
import { findingsOf, type Vitals } from './symptoms.js';

const SHIPPED = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
const playbooks = readPlaybooks(SHIPPED, 'playbooks.yaml').playbooks.filter(
  ({ subject }) => subject === 'bot',
);
const NOW = 1_800_000_000_000;
const well: Vitals = {
  now: NOW,
  status: 'running',
  reason: 'Heartbeat',
  failures: 0,
  progressAt: NOW - 1_000,
  working: true,
  stuckSeconds: 60,
  memoryMb: 50,
  memoryLimitMb: 128,
  memorySlope: undefined,
  cpuLoad: 20,
  cpuLimit: 100,
  requests: 100,
  errorRate: 0.01,
  lagMs: 5,
  floodRate: 0,
  habits: { anomaly: () => undefined },
};
const symptomsOf = (change: Partial<Vitals>) =>
  findingsOf({ ...well, ...change }, playbooks).map(({ symptom }) => symptom);
const growing = (mbPerSecond: number, noise: (index: number) => number = () => 0) =>
  Array.from({ length: 30 }, (_, index) => ({
    at: NOW + index * 2_000,
    mb: 50 + index * 2 * mbPerSecond + noise(index),
  }));

describe('symptoms', () => {
  it.each([
    ['nothing', {}, []],
    ['an exit', { status: 'backoff', reason: 'Exited', failures: 1 }, ['exited']],
    ['a crash loop', { status: 'backoff', reason: 'Exited', failures: 9 }, ['exited', 'crash_loop']],
    ['a changed program', { status: 'failed', reason: 'BlueprintChanged' }, ['not_startable']],
    ['silence', { status: 'unhealthy', reason: 'HeartbeatMissed' }, ['heartbeat_missed']],
    ['beats without progress', { progressAt: NOW - 61_000 }, ['stuck']],
    ['idleness', { progressAt: NOW - 61_000, working: false }, []],
    ['a bot that nobody looks for progress of', { progressAt: 0, stuckSeconds: null }, []],
    ['too much memory', { memoryMb: 129 }, ['memory_high']],
    ['a leak', { memorySlope: risingSlope(growing(0.5)) }, ['memory_leak']],
    ['memory that comes and goes', { memorySlope: risingSlope(growing(0, (index) => (index % 5) * 4)) }, []],
    ['a leak that has time', { memorySlope: risingSlope(growing(0.01)) }, []],
    ['a busy loop', { cpuLoad: 99 }, ['cpu_high']],
    ['errors', { errorRate: 0.6 }, ['error_rate']],
    ['few errors of few requests', { errorRate: 1, requests: 3 }, []],
    ['a busy event loop', { lagMs: 2_500 }, ['event_loop_lag']],
    ['a bot that tells no lag', { lagMs: undefined }, []],
    ['a flood', { floodRate: 1_000_000 }, ['log_flood']],
  ] as const)('are found in %s', (_, change, symptoms) => {
    expect(symptomsOf(change as Partial<Vitals>)).toEqual(symptoms);
  });
});
