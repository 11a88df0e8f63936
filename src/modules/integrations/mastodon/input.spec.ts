import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { flag, inputOf, list, networkId, paging, text, whole } from './input.js';

const request = (url: string, body?: unknown): FastifyRequest => ({ url, body }) as FastifyRequest;
const schema = z.object({
  id: list(networkId, 3).default([]),
  limit: whole(1, 40).default(20),
  local: flag.default(false),
  q: text(10).optional(),
});

describe('input', () => {
  it('is read as clients write it', () => {
    expect(inputOf(schema, request('/x?id[]=1&id[]=2&limit=80&local=1&unknown=x'))).toEqual({
      id: ['1', '2'],
      limit: 40,
      local: true,
    });
    expect(inputOf(schema, request('/x?id=7&limit=0'))).toEqual({ id: ['7'], limit: 1, local: false });
    expect(inputOf(schema, request('/x', { id: [1, 2], local: 'false', q: null }))).toEqual({
      id: ['1', '2'],
      limit: 20,
      local: false,
    });
  });

  it.each(['/x?id[]=a', '/x?limit=much', '/x?q=12345678901', '/x?id[]=1&id[]=2&id[]=3&id[]=4'])(
    'is refused: %s',
    (url) => {
      expect(() => inputOf(schema, request(url))).toThrow(/id|limit|q/);
    },
  );

  it('changes no object but its own', () => {
    inputOf(
      z.object(paging(40, 20)),
      request('/x?__proto__[limit]=1&constructor[prototype][limit]=1&limit[__proto__]=1'),
    );
    expect(({} as { limit?: unknown }).limit).toBeUndefined();
  });
});
