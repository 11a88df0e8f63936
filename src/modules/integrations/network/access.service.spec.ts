import { describe, expect, it, vi } from 'vitest';
import type { NetworkCode } from './access.entity.js';
import type { AccessRepository } from './access.repository.js';
import { NetworkAccessService } from './access.service.js';

const code = { app_id: 'a', user_id: 'u', redirect_uri: 'r', scopes: ['read'], challenge: null };

describe('codes', () => {
  it('are secrets that are kept as a hash, for ten minutes', async () => {
    vi.useFakeTimers();
    try {
      const kept: NetworkCode[] = [];
      const repository = {
        insertCode: async (_manager: unknown, each: NetworkCode) => void kept.push(each),
      } as unknown as AccessRepository;
      const access = new NetworkAccessService({} as never, repository, {} as never, {} as never, {} as never);
      const secret = await access.issueCode(code);
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(kept).toMatchObject([{ ...code, hash: expect.stringMatching(/^[\da-f]{64}$/) as string }]);
      expect((kept[0]?.expires_at.getTime() ?? 0) - Date.now()).toBe(600_000);
    } finally {
      vi.useRealTimers();
    }
  });
});
