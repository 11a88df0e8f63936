import { HEALING_MODES } from '../../../core/config/index.js';
import { describe, expect, it } from 'vitest';
import { BOT_STATUSES, isAlive, TRANSITIONS } from '../registry/bot.rules.js';
import { backoffSeconds, decide, type Backoff, type Situation } from './decide.js';

const BACKOFF: Backoff = { firstSeconds: 10, mostSeconds: 300, healthySeconds: 600 };
const NOW = 1_800_000_000_000;
const usual: Situation = {
  now: NOW,
  wanted: 'running',
  generation: 2,
  mode: 'act',
  status: 'running',
  reason: 'Heartbeat',
  observedGeneration: 2,
  failures: 0,
  nextStartAt: null,
  startedAt: NOW - 60_000,
  stoppingAt: null,
  alive: true,
  lastBeatAt: NOW - 1_000,
  health: { heartbeatSeconds: 2, missed: 3, startupSeconds: 30 },
  graceSeconds: 5,
};
const given = (change: Partial<Situation>) => decide({ ...usual, ...change }, BACKOFF);

describe('what follows for a bot', () => {
  it('waits as Kubernetes does: 10 s, doubled each time, 5 min at most', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((failures) => backoffSeconds(failures, BACKOFF))).toEqual([
      10, 20, 40, 80, 160, 300, 300,
    ]);
  });

  it('forgets failures after ten minutes in good health, and not before', () => {
    expect(given({ failures: 3, startedAt: NOW - 599_000 }).failures).toBe(3);
    expect(given({ failures: 3, startedAt: NOW - 600_000 }).failures).toBe(0);
  });

  it.each([
    ['beats', {}, 'running', undefined],
    ['has missed three beats', { lastBeatAt: NOW - 6_001 }, 'unhealthy', undefined],
    ['has not beaten yet', { lastBeatAt: null, startedAt: NOW - 1_000 }, 'starting', undefined],
    [
      'never beat in its time to start',
      { lastBeatAt: null, startedAt: NOW - 30_001 },
      'unhealthy',
      undefined,
    ],
    ['is not wanted any more', { wanted: 'stopped' }, 'stopping', 'ask'],
    ['is wanted otherwise', { generation: 3 }, 'stopping', 'ask'],
    ['is slow to end', { status: 'stopping', stoppingAt: NOW - 5_001 }, 'stopping', 'kill'],
    ['has time to end', { status: 'stopping', stoppingAt: NOW - 4_000 }, 'stopping', undefined],
  ] as const)('that is there and %s', (_, change, status, step) => {
    const decision = given(change);
    expect([decision.status, decision.step]).toEqual([status, step]);
  });

  it.each([
    ['was stopped as asked', { wanted: 'stopped', status: 'stopping' }, 'stopped', 'clear'],
    ['ended by itself', {}, 'backoff', 'clear'],
    ['ended while healing only observes', { mode: 'observe' }, 'failed', 'clear'],
    ['ended while healing only proposes', { mode: 'propose' }, 'failed', 'clear'],
    ['is replaced', { status: 'stopping', reason: 'Replaced' }, 'stopped', 'clear'],
    ['waits', { status: 'backoff', nextStartAt: NOW + 1 }, 'backoff', undefined],
    ['has waited', { status: 'backoff', nextStartAt: NOW }, 'starting', 'start'],
    ['is quarantined', { status: 'quarantined' }, 'quarantined', undefined],
    ['is quarantined, and asked for anew', { status: 'quarantined', generation: 3 }, 'starting', 'start'],
    ['went with its server', { status: 'stopped' }, 'starting', 'start'],
    [
      'was never started and is not wanted',
      { status: 'registered', wanted: 'stopped' },
      'registered',
      undefined,
    ],
    [
      'is seen to have failed by who only observes',
      { status: 'failed', mode: 'observe' },
      'failed',
      undefined,
    ],
    [
      'has failed, and a person has approved a restart',
      { status: 'failed', mode: 'propose', order: { action: 'restart', reason: 'Approved' } },
      'starting',
      'start',
    ],
  ] as const)('without a process that %s', (_, change, status, step) => {
    const decision = given({ alive: false, ...(change as Partial<Situation>) });
    expect([decision.status, decision.step]).toEqual([status, step]);
  });

  it('only goes where the state machine leads, and asks for no step twice once it is done', () => {
    const wrong: string[] = [];
    for (const status of BOT_STATUSES)
      for (const mode of HEALING_MODES)
        for (const wanted of ['running', 'stopped'] as const)
          for (const alive of isAlive(status) ? [true, false] : [false])
            for (const generation of [2, 3])
              for (const reason of ['Replaced', 'Quarantined', 'Stuck', null])
                for (const nextStartAt of [null, NOW - 1, NOW + 1]) {
                  const decision = given({ status, mode, wanted, alive, generation, reason, nextStartAt });
                  const isAllowed =
                    decision.status === status || TRANSITIONS[status].includes(decision.status);
                  if (!isAllowed) wrong.push(`${status} to ${decision.status}`);
                }
    expect(wrong).toEqual([]);
  });

  it('is not started before the pause of healing is over, and after its own pauses', () => {
    const order = { action: 'restart', reason: 'HealedErrorRate', pauseSeconds: 60 } as const;
    const asked = given({ order });
    expect(asked).toMatchObject({ status: 'stopping', step: 'ask', nextStartAt: NOW + 60_000 });
    const { nextStartAt } = asked;
    const stopping = given({ status: 'stopping', stoppingAt: NOW, nextStartAt });
    expect(stopping).toMatchObject({ status: 'stopping', nextStartAt });
    const ended = given({ status: 'stopping', alive: false, nextStartAt });
    expect(ended).toMatchObject({ status: 'backoff', nextStartAt });
    const late = given({ status: 'stopping', alive: false, nextStartAt, now: NOW + 55_000 });
    expect(late.nextStartAt).toBe(NOW + 65_000);
    const waiting = given({ status: 'backoff', alive: false, nextStartAt: NOW + 1_000, order });
    expect(waiting).toMatchObject({ status: 'backoff', nextStartAt: NOW + 60_000 });
  });
});
