import { Injectable, Module, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { HandlesJob } from '../../src/modules/jobs/index.js';
import { JobHandlers } from '../../src/modules/jobs/job-handlers.js';
import { JOB_NAMES } from '../../src/modules/jobs/job-names.js';

function idle(): Promise<void> {
  return Promise.resolve();
}

/** A provider that handles the jobs with these names. */
function handlerOf(names: readonly (typeof JOB_NAMES)[number][]): Type {
  @Injectable()
  class Handlers {}
  for (const name of names) {
    const handle = idle.bind(undefined);
    Object.defineProperty(Handlers.prototype, name, { value: handle, configurable: true });
    HandlesJob(name)(Handlers.prototype, name, { value: handle });
  }
  return Handlers;
}

async function boot(...providers: Type[]): Promise<JobHandlers> {
  @Module({ imports: [DiscoveryModule], providers: [JobHandlers, ...providers] })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  return app.get(JobHandlers);
}

describe('job names', () => {
  it('have a handler each', async () => {
    const handlers = await boot(handlerOf(JOB_NAMES));
    for (const name of JOB_NAMES) expect(handlers.get(name)).toBeTypeOf('function');
  });

  it('without a handler stop a worker from starting', async () => {
    await expect(boot(handlerOf(JOB_NAMES.slice(1)))).rejects.toThrow(
      `no handler for the job ${JOB_NAMES[0]}`,
    );
  });

  it('with two handlers stop a worker from starting', async () => {
    await expect(boot(handlerOf(JOB_NAMES), handlerOf([JOB_NAMES[1]]))).rejects.toThrow(
      `two handlers for the job ${JOB_NAMES[1]}`,
    );
  });
});
