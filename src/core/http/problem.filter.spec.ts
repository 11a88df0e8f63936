import type { ArgumentsHost } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import { describe, expect, it } from 'vitest';
import { ProblemFilter } from './problem.filter.js';

describe('an error that nobody expected', () => {
  it('is told to the log, and to the client that there was one', () => {
    const logged: object[] = [];
    const logger = { setContext: () => {}, error: (fields: object) => void logged.push(fields) };
    let sent: unknown;
    const reply = { status: () => reply, header: () => reply, send: (body: unknown) => (sent = body) };
    const host = {
      switchToHttp: () => ({
        getRequest: () => ({ url: '/api/v1/jobs?token=abc', routeOptions: {} }),
        getResponse: () => reply,
      }),
    };
    const error = new Error('password authentication failed for SELECT secret FROM users');
    new ProblemFilter(logger as unknown as PinoLogger).catch(error, host as unknown as ArgumentsHost);
    expect(sent).toEqual({
      type: 'urn:azt3knet:problem:internal',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      detail: 'something went wrong on our side; the log has the details',
      instance: '/api/v1/jobs',
    });
    expect(logged).toEqual([{ err: error }]);
  });
});
