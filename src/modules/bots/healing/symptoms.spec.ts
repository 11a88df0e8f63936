import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { DocumentError } from '../../../core/documents/index.js';
import { PROJECT_ROOT } from '../../../core/project.js';
import { readPlaybooks, SYMPTOMS } from './playbooks.js';
import { findingsOf, risingSlope, type Vitals } from './symptoms.js';

const SHIPPED = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
const { playbooks } = readPlaybooks(SHIPPED, 'playbooks.yaml');
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
};
const symptomsOf = (change: Partial<Vitals>) =>
  findingsOf({ ...well, ...change }, playbooks).map(({ symptom }) => symptom);
const growing = (mbPerSecond: number, noise: (index: number) => number = () => 0) =>
  Array.from({ length: 30 }, (_, index) => ({
    at: NOW + index * 2_000,
    mb: 50 + index * 2 * mbPerSecond + noise(index),
  }));

describe('symptoms', () => {
  it('have a playbook each, of the shipped ones', () => {
    expect(playbooks.map(({ when }) => when).toSorted()).toEqual([...SYMPTOMS].toSorted());
  });

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

  it('tell a slope that single jumps do not move', () => {
    const slope = risingSlope(growing(0.5, (index) => (index === 7 ? 20 : 0)));
    expect(slope).toBeCloseTo(0.5, 1);
  });
});

it('playbooks that are wrong are told with file and line', () => {
  const wrong = SHIPPED.replace('action: quarantine', 'action: pray');
  const line = SHIPPED.split('\n').findIndex((each) => each.includes('action: quarantine')) + 1;
  let refused: unknown;
  try {
    readPlaybooks(wrong, 'playbooks.yaml');
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(DocumentError);
  expect((refused as DocumentError).issues[0]?.line).toBe(line);
});
