import { randomInt } from 'node:crypto';
import { AppError } from '../../core/errors/index.js';
import { StopRequest } from './running-job.js';

/** How often an error may happen before the job fails for good, and how long it waits in between. */
interface RetryPolicy {
  failures: number;
  /** The longest wait before the second attempt; it doubles from one to the next. */
  firstSeconds: number;
  /** It does not grow beyond this. */
  mostSeconds: number;
}

/** Something that is needed does not answer: it may come back. */
const UNAVAILABLE: RetryPolicy = { failures: 5, firstSeconds: 1, mostSeconds: 60 };
/** The attempt took longer than it may: it may have been slow to begin. */
const DEADLINE: RetryPolicy = { failures: 3, firstSeconds: 2, mostSeconds: 60 };
/** A defect, or a connection that broke. */
const DEFECT: RetryPolicy = { failures: 3, firstSeconds: 1, mostSeconds: 10 };

/** The policy for an error by its class; none for what an attempt cannot mend: a refusal, wrong input. */
function policyOf(error: unknown): RetryPolicy | undefined {
  if (error instanceof StopRequest) return DEADLINE;
  if (error instanceof AppError) return error.kind === 'unavailable' ? UNAVAILABLE : undefined;
  return DEFECT;
}

/** What follows from an error: another attempt after a while, the end since it cannot pass, or since it was tried too often. */
export type RetryDecision =
  { kind: 'again'; delaySeconds: number } | { kind: 'permanent' } | { kind: 'spent' };

/**
 * Decides by the class of an error whether a job is tried again. The wait is drawn from nothing to its longest ("full jitter"), so
 * that jobs which failed together do not come back together.
 * @param failures how many attempts ended in an error that may pass before this one
 * @param most after how many it fails for good, where the job has a limit of its own
 */
export function decideRetry(error: unknown, failures: number, most: number | null): RetryDecision {
  const policy = policyOf(error);
  if (policy === undefined) return { kind: 'permanent' };
  if (failures + 1 >= (most ?? policy.failures)) return { kind: 'spent' };
  const longest = Math.min(policy.mostSeconds, policy.firstSeconds * 2 ** failures);
  return { kind: 'again', delaySeconds: randomInt(Math.round(longest * 1_000) + 1) / 1_000 };
}
