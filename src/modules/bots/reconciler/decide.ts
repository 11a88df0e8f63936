import type { HealingMode } from '../../../core/config/index.js';
import { isAlive, type BotStatus, type Retiring } from '../registry/bot.rules.js';

/** How long to wait before a bot that ended is started again, in seconds; as Kubernetes does it. */
export interface Backoff {
  /** After the first failure; it doubles with each. */
  firstSeconds: number;
  mostSeconds: number;
  /** In good health for so long, and failures are forgotten. */
  healthySeconds: number;
}

/** What self-healing wants done with a process. */
export interface Order {
  action: 'restart' | 'quarantine';
  reason: string;
  /** For so long it is not started again, at least; in seconds. */
  pauseSeconds?: number;
}

/** What is known of an instance at a moment; times are milliseconds since 1970. */
export interface Situation {
  now: number;
  wanted: 'running' | 'stopped';
  /** Why it is ended for good, though its bot is wanted. */
  retiring?: Retiring | null;
  /** Whether it may not start yet: what was before ends first. */
  held?: boolean;
  generation: number;
  mode: HealingMode;
  status: BotStatus;
  reason: string | null;
  observedGeneration: number;
  failures: number;
  nextStartAt: number | null;
  startedAt: number | null;
  stoppingAt: number | null;
  /** Whether its process is there. */
  alive: boolean;
  lastBeatAt: number | null;
  health: { heartbeatSeconds: number; missed: number; startupSeconds: number };
  graceSeconds: number;
  /** What self-healing, or a person by it, has decided. */
  order?: Order | undefined;
}

/** What is to be done now. */
export type Step = 'start' | 'ask' | 'kill' | 'clear' | undefined;

/** What follows: the status, and one step towards what is wanted. */
export interface Decision {
  status: BotStatus;
  reason: string | null;
  step?: Step;
  failures: number;
  nextStartAt: number | null;
}

/** Seconds until the next start after so many failures in a row, from 1. */
export function backoffSeconds(failures: number, { firstSeconds, mostSeconds }: Backoff): number {
  return Math.min(mostSeconds, firstSeconds * 2 ** Math.min(30, Math.max(0, failures - 1)));
}

/**
 * What follows from a situation: the state machine of an instance. It is asked again and again and does nothing by itself; asked twice in
 * the same situation, it says the same.
 */
export function decide(situation: Situation, backoff: Backoff): Decision {
  const { status, reason, failures, nextStartAt, alive, held = false } = situation;
  const decision = alive ? whileAlive(situation, backoff) : withoutProcess(situation, backoff);
  return held && decision.step === 'start' ? { status, reason, failures, nextStartAt } : decision;
}

function whileAlive(situation: Situation, backoff: Backoff): Decision {
  const { now, wanted, generation, observedGeneration, status, stoppingAt, graceSeconds, order } = situation;
  const failures = isHealthyForLong(situation, backoff) ? 0 : situation.failures;
  const same = { failures, nextStartAt: null };
  if (status === 'stopping') {
    const late = now - (stoppingAt ?? now) > graceSeconds * 1_000;
    const { reason, nextStartAt } = situation;
    return { status, reason, failures, nextStartAt, step: late ? 'kill' : undefined };
  }
  const stop = (reason: string): Decision => ({ status: 'stopping', reason, ...same, step: 'ask' });
  if (wanted === 'stopped') return stop(situation.retiring ?? 'StopAsked');
  if (generation > observedGeneration) return stop('Replaced');
  if (order !== undefined)
    return {
      ...stop(order.action === 'quarantine' ? 'Quarantined' : order.reason),
      nextStartAt: pauseEnd(order, now),
    };
  return { ...healthOf(situation), ...same };
}

function pauseEnd({ pauseSeconds }: Order, now: number): number | null {
  return pauseSeconds === undefined ? null : now + pauseSeconds * 1_000;
}

function isHealthyForLong({ now, startedAt, status }: Situation, { healthySeconds }: Backoff): boolean {
  return status === 'running' && startedAt !== null && now - startedAt >= healthySeconds * 1_000;
}

function healthOf({ now, startedAt, lastBeatAt, health }: Situation): Pick<Decision, 'status' | 'reason'> {
  if (lastBeatAt === null) {
    const late = now - (startedAt ?? now) > health.startupSeconds * 1_000;
    return late ? { status: 'unhealthy', reason: 'NoHeartbeat' } : { status: 'starting', reason: 'Started' };
  }
  const late = now - lastBeatAt > health.missed * health.heartbeatSeconds * 1_000;
  return late
    ? { status: 'unhealthy', reason: 'HeartbeatMissed' }
    : { status: 'running', reason: 'Heartbeat' };
}

function withoutProcess(situation: Situation, backoff: Backoff): Decision {
  const { wanted, generation, observedGeneration, status, failures, reason } = situation;
  // What it started and left behind goes with it.
  const cleared = isAlive(status) ? ('clear' as const) : undefined;
  if (wanted === 'stopped') {
    // One that was never started stays what it is.
    const next: BotStatus = status === 'registered' ? 'registered' : 'stopped';
    const why = next === status ? reason : (situation.retiring ?? 'StopAsked');
    return { status: next, reason: why, failures: 0, nextStartAt: null, step: cleared };
  }
  if (generation > observedGeneration && !isAlive(status)) return starting(0, 'Asked');
  if (status === 'stopping' && reason === 'Replaced')
    return { status: 'stopped', reason, failures: 0, nextStartAt: null, step: cleared };
  if (status === 'stopping' && reason === 'Quarantined')
    return { status: 'quarantined', reason: 'Quarantined', failures, nextStartAt: null, step: cleared };
  if (isAlive(status)) return afterEnd(situation, backoff);
  return waiting(situation);
}

/** Its process was there, and is not. */
function afterEnd(
  { now, status, reason, failures, mode, nextStartAt: paused }: Situation,
  backoff: Backoff,
): Decision {
  const more = failures + 1;
  // What healing has stopped, it may start again; what ended by itself in a mode that only looks stays as it is.
  const isHealed = status === 'stopping';
  const why = isHealed ? reason : 'Exited';
  if (mode !== 'act' && !isHealed)
    return { status: 'failed', reason: why, failures: more, nextStartAt: null, step: 'clear' };
  const nextStartAt = Math.max(paused ?? 0, now + backoffSeconds(more, backoff) * 1_000);
  return { status: 'backoff', reason: why, failures: more, nextStartAt, step: 'clear' };
}

/** It has no process, and is wanted. */
function waiting({ now, status, reason, failures, nextStartAt, mode, order }: Situation): Decision {
  const same = { status, reason, failures, nextStartAt };
  if (order?.action === 'quarantine') return { ...same, status: 'quarantined', reason: order.reason };
  if (order?.pauseSeconds !== undefined)
    return { status: 'backoff', reason: order.reason, failures, nextStartAt: pauseEnd(order, now) };
  if (order?.action === 'restart') return starting(failures, order.reason);
  if (status === 'quarantined') return same;
  // A server that was stopped took it along.
  if (status === 'stopped' || status === 'registered') return starting(failures, 'Wanted');
  if (nextStartAt === null) return mode === 'act' ? { ...same, nextStartAt: now } : same;
  return now >= nextStartAt ? starting(failures, 'BackoffOver') : same;
}

function starting(failures: number, reason: string): Decision {
  return { status: 'starting', reason, failures, nextStartAt: null, step: 'start' };
}
