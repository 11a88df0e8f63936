import type { HttpAdapterHost } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../core/config/index.js';
import { PublicUrl } from './public-url.js';

function urlOf(environment: Record<string, string>, port?: number): string {
  const server = { address: () => (port === undefined ? null : { port }) };
  const host = { httpAdapter: { getHttpServer: () => server } } as unknown as HttpAdapterHost;
  return new PublicUrl(loadConfig(environment, '/nonexistent'), host).of('/a?b=c');
}

describe('what a link begins with', () => {
  it.each([
    ['https://lab.example', 'https://lab.example/a?b=c'],
    ['https://lab.example:8443/under/', 'https://lab.example:8443/under/a?b=c'],
  ])('is API_PUBLIC_URL=%s', (url, expected) => {
    expect(urlOf({ API_PUBLIC_URL: url, API_HOST: '0.0.0.0' }, 8000)).toBe(expected);
  });

  it('is the address that the server listens on', () => {
    expect(urlOf({ API_PORT: '0' }, 4321)).toBe('http://127.0.0.1:4321/a?b=c');
    expect(urlOf({ API_HOST: '::1', API_PORT: '8001' })).toBe('http://[::1]:8001/a?b=c');
  });

  it.each(['0.0.0.0', '::'])('is left to the reader where it listens at %s', (host) => {
    expect(urlOf({ API_HOST: host }, 8000)).toBe('/a?b=c');
  });

  it.each(['lab.example', 'ftp://lab.example', 'https://a:b@lab.example', 'https://lab.example/?x=1'])(
    'is not %s',
    (url) => {
      expect(() => urlOf({ API_PUBLIC_URL: url })).toThrow('API_PUBLIC_URL');
    },
  );
});
