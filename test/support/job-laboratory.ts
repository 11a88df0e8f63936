import { Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { compose } from '../../src/composition.js';
import { JobsService, type Job, type JobName, type JobRequest } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from './runtime.js';
import { isFinished, watchJob } from './watch-job.js';

/** A job of tests: which one is in its request. */
export type TestJob = Partial<Omit<JobRequest, 'name'>> & { name: string };

/** A worker on a database of its own, with handlers of a test, and a table `made (tag)` that they may write. */
export interface JobLaboratory {
  runtime: Runtime;
  app: INestApplicationContext;
  jobs: JobsService;
  dataSource: DataSource;
  submit: (...jobs: TestJob[]) => Promise<Job[]>;
  ended: (id: string) => Promise<Job>;
  close: () => Promise<void>;
}

/** @param slots how many jobs of a queue the worker runs at once; 0: there is no worker */
export async function jobLaboratory(
  handlers: Type,
  slots: number,
  environment: Record<string, string> = {},
): Promise<JobLaboratory> {
  const opened = await testRuntime(environment);
  const worker = { ...opened.config.worker, concurrency: Math.max(1, slots) };
  const runtime = { ...opened, config: { ...opened.config, worker } };
  const owner = new pg.Client(runtime.database.owner.url);
  await owner.connect();
  await owner.query('CREATE TABLE made (tag text); GRANT ALL ON made TO azt3knet_app');
  await owner.end();
  @Module({ providers: [handlers] })
  class Root {}
  const root: DynamicModule = {
    module: Root,
    imports: [compose(slots > 0 ? 'worker' : 'services', runtime)],
  };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  const [jobs, dataSource] = [app.get(JobsService, { strict: false }), app.get(DataSource)];
  return {
    runtime,
    app,
    jobs,
    dataSource,
    submit: (...requests) =>
      dataSource.transaction((manager) =>
        jobs.submitMany(
          manager,
          requests.map(({ name, ...rest }) => ({
            queue: 'content',
            payload: {},
            ...rest,
            name: name as JobName,
          })),
        ),
      ),
    ended: async (id) => {
      for await (const job of watchJob(jobs, id)) if (isFinished(job)) return job;
      throw new Error('unreachable');
    },
    close: async () => {
      await app.close();
      await runtime.close();
    },
  };
}
