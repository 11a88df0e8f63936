import type { PinoLogger } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from './audit-chain.js';
import { AuditTally, TALLY_AGAIN_MS, TALLY_FIRST_MS, TALLY_KINDS } from './audit-tally.js';
import type { AuditService } from './audit.service.js';

const written: AuditEntry[] = [];
const audit = { append: (_manager: unknown, ...entries: AuditEntry[]) => written.push(...entries) };
const dataSource = { transaction: async (work: (manager: unknown) => unknown) => work(undefined) };
const logger = { setContext: () => {}, error: () => {} };
const entryOf = (id: string): AuditEntry => ({
  actor: 'anonymous',
  action: 'access.reject',
  subject: { type: 'address', id },
  data: {},
});

let tally: AuditTally;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  written.length = 0;
  tally = new AuditTally(
    dataSource as unknown as DataSource,
    audit as unknown as AuditService,
    logger as unknown as PinoLogger,
  );
});
afterEach(() => {
  vi.useRealTimers();
});
const use = (actor: string, id: string, address: string): boolean =>
  tally.add({ actor, action: 'key.use', subject: { type: 'key', id }, data: { address } });
const counts = (): unknown[] => written.map(({ subject, data }) => [subject.id, data]);

describe('what happens often', () => {
  it('is one record soon, and one a minute while it goes on', async () => {
    for (let second = 0; second < 120; second += 1) {
      tally.add(entryOf('1.2.3.4'));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(written.map(({ data }) => (data as { count: number }).count)).toEqual([5, 60]);
    await vi.advanceTimersByTimeAsync(TALLY_AGAIN_MS);
    expect(written.reduce((sum, { data }) => sum + (data as { count: number }).count, 0)).toBe(120);
    await vi.advanceTimersByTimeAsync(2 * TALLY_AGAIN_MS);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is told when the process ends', async () => {
    tally.add(entryOf('1.2.3.4'));
    await tally.beforeApplicationShutdown();
    expect(counts()).toEqual([['1.2.3.4', { count: 1 }]]);
  });

  it('is one record for all others, where there are too many of it', async () => {
    for (let n = 0; n < TALLY_KINDS + 50; n += 1) tally.add(entryOf(`address ${n}`));
    tally.add({ ...entryOf('1.2.3.4'), action: 'key.use' });
    await vi.advanceTimersByTimeAsync(TALLY_FIRST_MS);
    expect(written).toHaveLength(TALLY_KINDS + 2);
    expect(counts()).toContainEqual(['others', { count: 50 }]);
    expect(counts()).toContainEqual(['1.2.3.4', { count: 1 }]);
  });

  it('of one key hides nothing of another, nor that it was used itself', async () => {
    for (let n = 0; n < TALLY_KINDS; n += 1) expect(use('mallory', 'noisy', `address ${n}`)).toBe(true);
    for (let n = 0; n < 50; n += 1) expect(use('mallory', 'noisy', `further ${n}`)).toBe(false);
    expect(use('mallory', 'stolen of the same', '1.2.3.4')).toBe(true);
    expect(use('grace', 'stolen', '1.2.3.4')).toBe(true);
    await vi.advanceTimersByTimeAsync(TALLY_FIRST_MS);
    expect(written).toHaveLength(TALLY_KINDS + 3);
    expect(counts()).toContainEqual(['noisy', { others: true, count: 50 }]);
    expect(counts()).toContainEqual(['stolen of the same', { address: '1.2.3.4', count: 1 }]);
    expect(counts()).toContainEqual(['stolen', { address: '1.2.3.4', count: 1 }]);
  });

  it('takes the places of those that do not happen again', async () => {
    for (let n = 0; n < TALLY_KINDS; n += 1) tally.add(entryOf(`address ${n}`));
    expect(tally.add(entryOf('1.2.3.4'))).toBe(false);
    await vi.advanceTimersByTimeAsync(TALLY_FIRST_MS + TALLY_AGAIN_MS + 1_000);
    expect(tally.add(entryOf('1.2.3.4'))).toBe(true);
  });
});
