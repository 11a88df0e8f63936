import type { SeenQueue } from '../../jobs/index.js';
import type { Finding } from '../healer.js';
import { HEALER } from '../incident.record.js';
import type { Playbook, SymptomOf } from '../playbooks.js';
import { isUnusual } from '../trends.js';
import { errorEvidence } from './errors.js';

/** What makes more work of a queue the wrong thing to do. */
export const AILING: ReadonlySet<string> = new Set(['error_rate', 'failing']);

/** What is looked at of a queue. */
export interface QueueVitals {
  queue: SeenQueue;
  /** Attempts that ended in the last so many seconds, and not before the queue was last changed. */
  within: (seconds: number) => { attempts: number; errors: number };
  /** Rates of errors from 0 to 1, and waits in seconds, that were usual. */
  usualRates: readonly number[];
  usualWaits: readonly number[];
  /** Dead letters that can be put back. */
  deadLetters: number;
}

type Check = (vitals: QueueVitals, playbook: Playbook) => Finding['evidence'] | undefined;

/** How many of its jobs the strongest worker does at once. */
export function queueWidth({ concurrency, widest }: SeenQueue): number {
  return Math.min(concurrency ?? widest, widest);
}

function errorsOf({ within, usualRates }: QueueVitals, { within_seconds, threshold = 0.5 }: Playbook) {
  return errorEvidence(within(within_seconds), usualRates, threshold);
}

const isOurs = ({ changed_by }: SeenQueue): boolean => changed_by === HEALER;

const CHECKS: Readonly<Record<SymptomOf<'queue'>, Check>> = {
  error_rate: (vitals, playbook) =>
    !vitals.queue.paused && queueWidth(vitals.queue) > 1 ? errorsOf(vitals, playbook) : undefined,
  failing: (vitals, playbook) =>
    !vitals.queue.paused && queueWidth(vitals.queue) === 1 ? errorsOf(vitals, playbook) : undefined,
  // What people have paused or reduced stays so.
  paused: ({ queue }) => (queue.paused && isOurs(queue) ? { workers: queue.workers } : undefined),
  reduced: ({ queue }) =>
    !queue.paused && queue.concurrency !== null && isOurs(queue)
      ? { concurrency: queue.concurrency }
      : undefined,
  dead_letters: ({ deadLetters }) => (deadLetters > 0 ? { dead_letters: deadLetters } : undefined),
  queue_age: ({ queue, usualWaits }, { threshold = 300 }) => {
    const { oldest_seconds, workers, paused } = queue;
    if (paused || workers === 0 || oldest_seconds < threshold || !isUnusual(oldest_seconds, usualWaits))
      return undefined;
    return { waits_seconds: Math.round(oldest_seconds), workers };
  },
  no_worker: ({ queue: { oldest_seconds, workers, paused } }, { threshold = 60 }) =>
    !paused && workers === 0 && oldest_seconds >= threshold
      ? { waits_seconds: Math.round(oldest_seconds) }
      : undefined,
};

/** What is out of the usual with a queue, of what these playbooks are for. */
export function queueFindings(vitals: QueueVitals, playbooks: readonly Playbook[]): Finding[] {
  const found = playbooks.flatMap((playbook) => {
    const evidence = CHECKS[playbook.when as SymptomOf<'queue'>](vitals, playbook);
    return evidence === undefined ? [] : [{ symptom: playbook.when, evidence }];
  });
  // It has more to do again once it is well.
  return found.some(({ symptom }) => AILING.has(symptom))
    ? found.filter(({ symptom }) => symptom !== 'reduced')
    : found;
}
