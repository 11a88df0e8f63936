import { describe, expect, it } from 'vitest';
import { Publishing } from './publishing.js';

describe('asking whether there is something to publish', () => {
  it('is one look for all adapters that ask meanwhile, and another one after it', async () => {
    const looks: ((waits: boolean) => void)[] = [];
    const repository = { anyWaits: () => new Promise<boolean>((resolve) => void looks.push(resolve)) };
    const none = {} as never;
    const logger = { setContext: () => {} };
    const publishing = new Publishing(
      { manager: none } as never,
      repository as never,
      none,
      none,
      none,
      logger as never,
    );
    const both = [publishing.anyWaits(), publishing.anyWaits()];
    expect(looks).toHaveLength(1);
    looks[0]?.(true);
    expect(await Promise.all(both)).toEqual([true, true]);
    const next = publishing.anyWaits();
    expect(looks).toHaveLength(2);
    looks[1]?.(false);
    expect(await next).toBe(false);
  });
});
