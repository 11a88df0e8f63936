// A worker process of the built program with one handler of its own, for tests that stop and kill it: `chaos.step` writes
// its tag in `made` with its completion, and in `started` at each attempt. What it runs on is in its environment.
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { compose } from '../../dist/src/composition.js';
import { loadConfig } from '../../dist/src/core/config/index.js';
import { HandlesJob } from '../../dist/src/modules/jobs/index.js';
import { openRuntime } from '../../dist/src/runtime.js';

class Handlers {
  async step({ tag, ms, fails = false }, context) {
    await context.write((manager) =>
      manager.query('INSERT INTO started (tag, pid) VALUES ($1, $2)', [tag, process.pid]),
    );
    // What it needs is not there before somebody mends it.
    if (fails && !(await context.write((manager) => manager.query('SELECT FROM mended'))).length)
      throw new Error('it is not mended');
    await sleep(ms);
    context.progress(1, 2, String(process.pid));
    await context.complete(async (manager) => {
      await manager.query('INSERT INTO made (tag, pid) VALUES ($1, $2)', [tag, process.pid]);
      return { tag, pid: process.pid };
    });
  }
}
const step = Object.getOwnPropertyDescriptor(Handlers.prototype, 'step');
HandlesJob('chaos.step')(Handlers.prototype, 'step', step);

class Root {}
Module({})(Root);

const config = loadConfig(process.env, process.cwd());
const runtime = await openRuntime({ ...config, worker: { ...config.worker, concurrency: 4 } }, () => {});
const root = { module: Root, providers: [Handlers], imports: [compose('worker', runtime)] };
const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
async function stop() {
  await app.close();
  await runtime.close();
}
process.once('SIGTERM', () => void stop());
process.stdout.write('ready\n');
