import { Writable } from 'node:stream';
import fastify from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentLogFields } from './log-fields.js';
import { logRequests } from './request-log.js';

let lines: Record<string, unknown>[];
const app = () => {
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  Object.assign(PinoLogger, { root: pino({ mixin: () => ({ ...currentLogFields() }) }, out) });
  const server = fastify();
  logRequests(server);
  server.post('/said', async () => {
    PinoLogger.root.info('on the way');
    return {};
  });
  server.get('/broken', async () => {
    throw new Error('no');
  });
  server.get('/health', async () => ({}));
  server.get(
    '/known',
    async (request) => Object.assign(request, { user: { username: 'grace', keyId: 'k' } }).id,
  );
  return server;
};
const root = PinoLogger.root;
beforeEach(() => {
  lines = [];
});
afterEach(() => Object.assign(PinoLogger, { root }));

describe('logRequests', () => {
  it('gives every line of a request its id, also after the body was read', async () => {
    await app().inject({ method: 'POST', url: '/said', payload: { a: 1 } });
    const [inside, after] = lines as { req: { id: string }; msg: string }[];
    expect(inside).toMatchObject({ msg: 'on the way', req: { id: after?.req.id } });
    expect(after).toMatchObject({ req: { method: 'POST', url: '/said' }, res: { statusCode: 200 } });
  });

  it('says what a request is about, where its input names it', async () => {
    const payload = { seed: '42', scenario: 'metro', agent: 'x', note: 'y', population: { a: 1 } };
    await app().inject({ method: 'POST', url: '/said?run_id=r', payload });
    expect(lines[0]).toMatchObject({ seed: '42', scenario: 'metro', agent_id: 'x', run_id: 'r' });
    expect(lines[0]).not.toHaveProperty('note');
    expect(lines[0]).not.toHaveProperty('population_id');
  });

  it('is a line a request, whatever the request says', async () => {
    const forged = '{"level":30,"msg":"admin logged in"}';
    const url = `/said?run_id=${encodeURIComponent(`x\n${forged}\r\u2028\u001B[2J`)}`;
    await app().inject({ method: 'POST', url, payload: { seed: `1\n${forged}` } });
    // Every write is one line of JSON, or it would not have been read.
    expect(lines).toHaveLength(2);
    expect(lines.map(({ msg }) => msg)).toEqual(['on the way', 'request completed']);
  });

  it('says when, from where, who and how it ended', async () => {
    await app().inject({ url: '/known', remoteAddress: '192.0.2.7' });
    expect(lines[0]).toMatchObject({
      time: expect.any(Number) as number,
      req: { method: 'GET', url: '/known', address: '192.0.2.7', user: 'grace', key: 'k' },
      res: { statusCode: 200 },
    });
  });

  it.each([
    ['/oauth?client_secret=s3&code=c0&state=x', '/oauth?client_secret=…&code=…&state=x'],
    ['/oauth?code_verifier=v&PASSWORD=p&a=1', '/oauth?code_verifier=…&PASSWORD=…&a=1'],
    ['/oauth?%63ode=c0&access_token[]=t&refresh_token=r', '/oauth?%63ode=…&access_token[]=…&refresh_token=…'],
    ['/oauth?x=1?token=kept&token=t=u', '/oauth?x=1?token=kept&token=…'],
    ['/oauth?code&next=%', '/oauth?code&next=%'],
  ])('hides secrets of OAuth: %s', async (url, shown) => {
    await app().inject(url);
    expect(lines.at(-1)).toMatchObject({ req: { url: shown } });
  });

  it('hides what is secret in a URL, raises failures, and leaves probes out', async () => {
    const server = app();
    await server.inject('/said?token=abc&x=1');
    await server.inject('/broken?signature=abc');
    await server.inject('/health');
    expect(lines.map(({ level, req }) => [level, (req as { url: string }).url])).toEqual([
      [30, '/said?token=…&x=1'],
      [50, '/broken?signature=…'],
    ]);
  });
});
