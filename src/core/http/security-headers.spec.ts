import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { secureHeaders } from './security-headers.js';

async function headersOf(
  prepare: (app: FastifyInstance) => unknown,
  url = '/api',
  { trustProxy = true, protocol = 'http' } = {},
): Promise<object> {
  const app = fastify({ trustProxy });
  await prepare(app);
  for (const path of ['/api', '/docs', '/redoc', '/redocs']) app.get(path, () => ({}));
  const { headers } = await app.inject({ url, headers: { 'x-forwarded-proto': protocol } });
  await app.close();
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !['date', 'content-length', 'connection'].includes(name)),
  );
}

describe('the headers of every answer', () => {
  it.each([true, false])('are those of helmet with its strictest settings, TLS %j', async (tls) => {
    const directives = {
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    };
    const theirs = await headersOf((app) =>
      app.register(helmet, {
        contentSecurityPolicy: { useDefaults: false, directives },
        xFrameOptions: { action: 'deny' },
        ...(!tls && { strictTransportSecurity: false }),
      }),
    );
    const ours = await headersOf(secureHeaders, '/api', { protocol: tls ? 'https' : 'http' });
    expect(ours).toEqual({ ...theirs, 'cache-control': 'no-store' });
    expect('strict-transport-security' in theirs).toBe(tls);
    expect(theirs).not.toHaveProperty('x-powered-by');
  });

  it('tell to insist on TLS whoever came over it, as the server or a trusted proxy knows', async () => {
    const told = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
    expect(await headersOf(secureHeaders, '/api', { protocol: 'https' })).toMatchObject(told);
    const stranger = await headersOf(secureHeaders, '/api', { protocol: 'https', trustProxy: false });
    expect(stranger).not.toHaveProperty('strict-transport-security');
  });

  it.each(['/docs', '/redoc'])('let %s run scripts of this server, and none that is inline', async (url) => {
    const headers = await headersOf(secureHeaders, url);
    const policy = (headers as Record<string, string>)['content-security-policy'] ?? '';
    expect(policy).toMatch(/(?:^|;)script-src 'self'(?:;|$)/);
    expect(policy).toMatch(/(?:^|;)default-src 'none'(?:;|$)/);
  });

  it('do not take another path for a page', async () => {
    const headers = await headersOf(secureHeaders, '/redocs');
    expect(headers).toMatchObject({
      'content-security-policy': expect.not.stringContaining('script-src') as string,
    });
  });
});
