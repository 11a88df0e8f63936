import { describe, expect, it } from 'vitest';
import type { BotStatus } from '../registry/bot.rules.js';
import { standingOf } from './standing.js';

const part = (status: BotStatus, more: object = {}) => ({
  status,
  reason: status,
  retiring: null,
  starts: 1,
  failures: 0,
  ...more,
});
const before = { status: 'registered' as const, reason: null };
const wanted = (replicas: number, ...parts: ReturnType<typeof part>[]) =>
  standingOf({ wanted: true, replicas }, parts, before);

describe('how a bot as a whole is', () => {
  it.each(['starting', 'running', 'unhealthy', 'stopping', 'backoff', 'failed', 'quarantined'] as const)(
    'is as its one instance is: %s',
    (status) => {
      expect(wanted(1, part(status))).toEqual({ status, reason: status });
    },
  );

  it('runs when as many as are wanted are ready, and says that it is being updated', () => {
    expect(wanted(3, part('running'), part('running'), part('running'))).toMatchObject({ status: 'running' });
    expect(wanted(1, part('running'), part('starting', { starts: 0 }))).toEqual({
      status: 'running',
      reason: 'RollingUpdate',
    });
  });

  it('tells growing from missing what was there', () => {
    expect(wanted(3, part('running'), part('starting'), part('starting'))).toEqual({
      status: 'running',
      reason: 'ScalingUp',
    });
    for (const missing of [part('backoff'), part('starting', { starts: 2 }), part('unhealthy')])
      expect(wanted(3, part('running'), part('running'), missing)).toEqual({
        status: 'unhealthy',
        reason: 'ReplicasUnavailable',
      });
  });

  it('is what gives most hope where none is ready', () => {
    expect(wanted(3, part('quarantined'), part('backoff'), part('starting'))).toMatchObject({
      status: 'starting',
    });
  });

  it('is stopped only when nothing of it is left', () => {
    const stopped = (...parts: ReturnType<typeof part>[]) =>
      standingOf({ wanted: false, replicas: 2 }, parts, { status: 'running', reason: null }).status;
    expect(stopped(part('stopped'), part('stopping'))).toBe('stopping');
    expect(stopped(part('stopped'), part('stopped'))).toBe('stopped');
    expect(standingOf({ wanted: false, replicas: 1 }, [], before)).toEqual(before);
    expect(wanted(0)).toEqual({ status: 'registered', reason: null });
  });
});
