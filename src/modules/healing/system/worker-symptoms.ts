import type { SeenWorker } from '../../jobs/index.js';
import type { Finding } from '../healer.js';
import { HEALER } from '../incident.record.js';
import type { Playbook, SymptomOf } from '../playbooks.js';

/** A leak is told when it would reach the limit in this time, in seconds. */
const LEAK_HORIZON = 600;

/** What is looked at of a worker. */
export interface WorkerVitals {
  worker: SeenWorker;
  /** By how much its memory grows for good, in MB a second; undefined: it does not. */
  memorySlope: number | undefined;
}

type Check = (vitals: WorkerVitals, threshold: number | undefined) => Finding['evidence'] | undefined;

const isWell = ({ status }: SeenWorker): boolean => status === 'running';

const CHECKS: Readonly<Record<SymptomOf<'worker'>, Check>> = {
  exited: ({ worker }) =>
    worker.status === 'gone' ? { host: worker.host, pid: worker.pid, jobs: worker.held } : undefined,
  heartbeat_missed: ({ worker: { status, silence, held } }, threshold = 0) =>
    status === 'silent' && silence >= threshold
      ? { silent_seconds: Math.round(silence), jobs: held }
      : undefined,
  memory_high: ({ worker }, threshold = 0.9) => {
    const { rss_mb, memory_limit_mb } = worker;
    if (!isWell(worker) || rss_mb < memory_limit_mb * threshold) return undefined;
    return { rss_mb: Math.round(rss_mb), limit_mb: Math.round(memory_limit_mb) };
  },
  memory_leak: ({ worker, memorySlope }) => {
    if (!isWell(worker) || memorySlope === undefined) return undefined;
    const left = (worker.memory_limit_mb - worker.rss_mb) / memorySlope;
    if (left > LEAK_HORIZON) return undefined;
    return {
      mb_per_second: Math.round(memorySlope * 1_000) / 1_000,
      seconds_to_limit: Math.max(0, Math.round(left)),
    };
  },
  event_loop_lag: ({ worker }, threshold = 1_000) =>
    isWell(worker) && worker.event_loop_lag_ms >= threshold
      ? { lag_ms: Math.round(worker.event_loop_lag_ms), concurrency: widthOf(worker) }
      : undefined,
  // What people have reduced stays so.
  reduced: ({ worker }) =>
    isWell(worker) && worker.desired_concurrency !== null && worker.changed_by === HEALER
      ? { concurrency: worker.desired_concurrency }
      : undefined,
};

/** How many jobs of each queue a worker may do at once. */
export function widthOf({ concurrency, desired_concurrency }: SeenWorker): number {
  return Math.min(concurrency, desired_concurrency ?? concurrency);
}

/** What is out of the usual with a worker, of what these playbooks are for. */
export function workerFindings(vitals: WorkerVitals, playbooks: readonly Playbook[]): Finding[] {
  const found = playbooks.flatMap(({ when, threshold }) => {
    const evidence = CHECKS[when as SymptomOf<'worker'>](vitals, threshold);
    return evidence === undefined ? [] : [{ symptom: when, evidence }];
  });
  // It has more to do again once it is well.
  return found.some(({ symptom }) => symptom === 'event_loop_lag')
    ? found.filter(({ symptom }) => symptom !== 'reduced')
    : found;
}
