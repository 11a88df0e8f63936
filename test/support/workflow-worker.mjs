// A worker process of the built program that kills itself at moments of workflows, for tests. The file `CRASHES` lists them as JSON,
// `<workflow>.<step>.<moment>`; each is taken off the list before it happens. Moments: `before` a step does anything, `between` its effect
// and its record, `within` the transaction of the record, `after` the record.
import { readFileSync, writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { compose } from '../../dist/src/composition.js';
import { loadConfig } from '../../dist/src/core/config/index.js';
import { HandlesJob } from '../../dist/src/modules/jobs/index.js';
import { WorkflowRegistry } from '../../dist/src/modules/orchestrator/workflows/workflow.registry.js';
import { WorkflowRunner } from '../../dist/src/modules/orchestrator/workflows/workflow.runner.js';
import { openRuntime } from '../../dist/src/runtime.js';

const file = process.env['CRASHES'];
let last = '';

async function crash(point) {
  const points = JSON.parse(readFileSync(file, 'utf8'));
  if (!points.includes(point)) return;
  writeFileSync(file, JSON.stringify(points.filter((each) => each !== point)));
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

const real = Object.getOwnPropertyDescriptor(WorkflowRunner.prototype, 'step').value;
WorkflowRunner.prototype.step = async function step(payload, job) {
  last = '';
  const result = await real.call(this, payload, job);
  if (last !== '') await crash(`${last}.after`);
  return result;
};
HandlesJob('workflow.step')(
  WorkflowRunner.prototype,
  'step',
  Object.getOwnPropertyDescriptor(WorkflowRunner.prototype, 'step'),
);

/** A value that is made in the transaction of the record, after which the process may die in it. */
const dying = (value, point) => async (manager) => {
  const made = typeof value === 'function' ? await value(manager) : value;
  await crash(point);
  return made;
};

// Whoever asks for a workflow gets its steps with the moments in them: the worker takes work before the application stands.
const moments = new WeakSet();
const get = Object.getOwnPropertyDescriptor(WorkflowRegistry.prototype, 'get').value;
WorkflowRegistry.prototype.get = function withMoments(name) {
  const definition = get.call(this, name);
  if (!moments.has(definition)) {
    moments.add(definition);
    for (const [at, step] of definition.steps.entries())
      definition.steps[at] = { ...step, run: mortal(step.run, `${name}.${step.name}`) };
  }
  return definition;
};

const mortal = (run, point) => async (context) => {
  last = point;
  await crash(`${point}.before`);
  const result = await run(context);
  await crash(`${point}.between`);
  return result.kind === 'wait'
    ? { ...result, wait: dying(result.wait, `${point}.within`) }
    : { ...result, output: dying(result.output, `${point}.within`) };
};

const config = loadConfig(process.env, process.cwd());
const runtime = await openRuntime({ ...config, worker: { ...config.worker, concurrency: 1 } }, () => {});
const app = await NestFactory.createApplicationContext(compose('worker', runtime), {
  logger: false,
  abortOnError: false,
});
process.once('SIGTERM', () => void app.close().then(() => runtime.close()));
process.stdout.write('ready\n');
