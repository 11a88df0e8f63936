import { afterEach, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';

const OURS = 'http://localhost:5173';
const THEIRS = 'http://elsewhere.example';

describe('calls of pages from elsewhere', () => {
  let test: TestApplication;
  afterEach(() => test.close());

  const preflight = (origin: string) =>
    test.app.inject({
      method: 'OPTIONS',
      url: '/api/populate',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });

  it('are let through for the origins of API_CORS_ORIGINS, refusals too, and for no others', async () => {
    test = await testApplication({ API_CORS_ORIGINS: `${OURS}, https://lab.example` }, 'api');
    const allowed = await preflight(OURS);
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': OURS,
      'access-control-allow-headers': 'authorization,content-type,idempotency-key',
    });
    expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await preflight(THEIRS)).headers['access-control-allow-origin']).toBeUndefined();

    const refused = await test.app.inject({ url: '/api/jobs/x', headers: { origin: OURS } });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['access-control-allow-origin']).toBe(OURS);
    expect(refused.headers['access-control-expose-headers']).toContain('ETag');
    const other = await test.app.inject({ url: '/health', headers: { origin: THEIRS } });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    expect(other.headers['vary']).toContain('Origin');
  });

  it('are nobody’s by default', async () => {
    test = await testApplication({}, 'api');
    const { statusCode, headers } = await preflight(OURS);
    expect(statusCode).toBe(405);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
