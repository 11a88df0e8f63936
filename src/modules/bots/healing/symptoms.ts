import type { BotStatus } from '../registry/bot.rules.js';
import { REQUESTS_MIN, type Habits } from './habits.js';
import type { Finding, Playbook, SymptomOf } from '../../healing/index.js';

/** What is looked at of a bot; times are milliseconds since 1970. */
export interface Vitals {
  now: number;
  status: BotStatus;
  reason: string | null;
  failures: number;
  /** When its progress last grew, or it had nothing to do. */
  progressAt: number | null;
  working: boolean;
  stuckSeconds: number | null;
  memoryMb: number;
  memoryLimitMb: number;
  /** By how much it grows for good, in MB a second; undefined: it does not. */
  memorySlope: number | undefined;
  /** Percent of one core, and how much it may have. */
  cpuLoad: number;
  cpuLimit: number;
  requests: number;
  errorRate: number;
  /** How late its last beat was, in milliseconds, as it says itself; undefined: it does not say. */
  lagMs: number | undefined;
  /** Bytes a second that it printed and that were too many. */
  floodRate: number;
  habits: Pick<Habits, 'anomaly'>;
}

/** A leak is told when it would reach the limit in this time, in seconds. */
const LEAK_HORIZON = 600;

type Check = (vitals: Vitals, threshold: number | undefined) => Finding['evidence'] | undefined;

const isUp = ({ status }: Vitals): boolean =>
  status === 'running' || status === 'unhealthy' || status === 'starting';

const CHECKS: Readonly<Record<SymptomOf<'bot'>, Check>> = {
  exited: ({ status, reason, failures }) =>
    (status === 'backoff' || status === 'failed') && reason === 'Exited' ? { failures } : undefined,
  crash_loop: ({ status, failures }, threshold = 8) =>
    failures >= threshold && (status === 'backoff' || status === 'starting') ? { failures } : undefined,
  not_startable: ({ status, reason }) =>
    status === 'failed' && reason !== 'Exited' ? { reason } : undefined,
  heartbeat_missed: ({ status, reason }) => (status === 'unhealthy' ? { reason } : undefined),
  stuck: ({ now, status, working, progressAt, stuckSeconds }) => {
    if (stuckSeconds === null || !working || progressAt === null || status !== 'running') return undefined;
    const idle = (now - progressAt) / 1_000;
    return idle > stuckSeconds ? { seconds_without_progress: Math.round(idle) } : undefined;
  },
  memory_high: (vitals, threshold = 1) => {
    const { memoryMb, memoryLimitMb } = vitals;
    if (!isUp(vitals) || memoryMb <= memoryLimitMb * threshold) return undefined;
    return { memory_mb: Math.round(memoryMb), limit_mb: memoryLimitMb };
  },
  memory_leak: (vitals) => {
    const { memorySlope: slope, memoryMb, memoryLimitMb } = vitals;
    if (!isUp(vitals) || slope === undefined) return undefined;
    const left = (memoryLimitMb - memoryMb) / slope;
    if (left > LEAK_HORIZON) return undefined;
    return { mb_per_second: round(slope), seconds_to_limit: Math.max(0, Math.round(left)) };
  },
  cpu_high: (vitals, threshold = 0.9) => {
    const { cpuLoad, cpuLimit } = vitals;
    if (!isUp(vitals) || cpuLoad < cpuLimit * threshold) return undefined;
    return { cpu_load: Math.round(cpuLoad), limit: Math.round(cpuLimit) };
  },
  error_rate: (vitals, threshold = 0.5) => {
    const { requests, errorRate } = vitals;
    if (!isUp(vitals) || requests < REQUESTS_MIN || errorRate < threshold) return undefined;
    return { error_rate: round(errorRate), requests };
  },
  event_loop_lag: (vitals, threshold = 1_000) => {
    const { lagMs = 0 } = vitals;
    return isUp(vitals) && lagMs >= threshold ? { lag_ms: Math.round(lagMs) } : undefined;
  },
  log_flood: (vitals, threshold = 100_000) => {
    const { floodRate } = vitals;
    return isUp(vitals) && floodRate >= threshold ? { bytes_per_second: Math.round(floodRate) } : undefined;
  },
  anomalous: (vitals, threshold) => {
    const anomaly = vitals.status === 'running' ? vitals.habits.anomaly(threshold) : undefined;
    if (anomaly === undefined) return undefined;
    const { measure, value, usual } = anomaly;
    return { measure, value: round(value), usual: round(usual) };
  },
};

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** What is out of the usual, of what these playbooks are for. */
export function findingsOf(vitals: Vitals, playbooks: readonly Playbook[]): Finding[] {
  return playbooks.flatMap(({ when, threshold }) => {
    const evidence = CHECKS[when as SymptomOf<'bot'>](vitals, threshold);
    return evidence === undefined ? [] : [{ symptom: when, evidence }];
  });
}
