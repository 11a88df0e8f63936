import { describe, expect, it, vi } from 'vitest';
import type { NetworkCode } from './access.entity.js';
import type { AccessRepository } from './access.repository.js';
import { NetworkAccessService } from './access.service.js';

/** The service on codes in memory. */
function service(): NetworkAccessService {
  const codes = new Map<string, NetworkCode>();
  const repository = {
    insertCode: async (_manager: unknown, code: NetworkCode) => void codes.set(code.hash, code),
    takeCode: async (_manager: unknown, hash: string) => {
      const code = codes.get(hash);
      codes.delete(hash);
      return code;
    },
  } as unknown as AccessRepository;
  return new NetworkAccessService({} as never, repository, {} as never, {} as never);
}

const code = { app_id: 'a', user_id: 'u', redirect_uri: 'r', scopes: ['read'], challenge: null };

describe('codes', () => {
  it('live for ten minutes', async () => {
    vi.useFakeTimers();
    try {
      const access = service();
      const [soon, late] = [await access.issueCode(code), await access.issueCode(code)];
      vi.advanceTimersByTime(599_000);
      expect(await access.takeCode(soon)).toMatchObject(code);
      vi.advanceTimersByTime(1_000);
      expect(await access.takeCode(late)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('are good once, and kept as a hash', async () => {
    const access = service();
    const secret = await access.issueCode(code);
    expect(secret).toMatch(/^[\w-]{43}$/);
    const taken = await access.takeCode(secret);
    expect(taken?.hash).not.toContain(secret);
    expect(await access.takeCode(secret)).toBeUndefined();
  });
});
