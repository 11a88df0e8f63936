import { describe, expect, it } from 'vitest';
import type { NetworkCode } from './access.entity.js';
import type { AccessRepository } from './access.repository.js';
import { NetworkAccessService } from './access.service.js';

const code = { app_id: 'a', user_id: 'u', redirect_uri: 'r', scopes: ['read'], challenge: null };

describe('codes', () => {
  it('are secrets that are kept as a hash, for ten minutes', async () => {
    const kept: [Partial<NetworkCode>, number][] = [];
    const repository = {
      insertCode: async (_manager: unknown, each: NetworkCode, seconds: number) =>
        void kept.push([each, seconds]),
    } as unknown as AccessRepository;
    const access = new NetworkAccessService({} as never, repository, {} as never, {} as never, {} as never);
    const secret = await access.issueCode(code);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(kept).toEqual([[{ ...code, hash: expect.stringMatching(/^[\da-f]{64}$/) as string }, 600]]);
  });
});
