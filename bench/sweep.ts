import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../src/core/config/index.js';
import { PROJECT_ROOT } from '../src/core/project.js';
import { openRuntime } from '../src/runtime.js';
import { figure, printFigures } from './figure.js';

// An experiment of two hundred runs with one population, carried out by one worker process and then, with other seeds, by two. Each process
// takes one job of a queue at a time; the API and the database share the machine with them. On two cores one worker has them to itself
// already: while it computes, the database writes for it on the other. So the same is measured with as many cores as there are workers, for all
// processes together, which is what a machine more brings.

const RUNS = Number(process.env['BENCH_RUNS'] ?? 200);
const TICKS = 120;
const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 1_800_000;

const folder = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const environment = {
  AZT3KNET_DATA_DIR: folder,
  AZT3KNET_ADMIN_PASSWORD: PASSWORD,
  AZT3KNET_LOG_LEVEL: 'error',
  RATE_LIMIT_REQUESTS: '0',
  RATE_LIMIT_ADDRESS_REQUESTS: '0',
  API_PORT: '0',
};
const runtime = await openRuntime(loadConfig(environment, folder), () => {});
const children: ChildProcess[] = [];

/** Starts a program and waits until it says that it runs. @returns what it printed by then */
async function start(ready: RegExp, program: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'program', program), ...args], {
    env: { PATH: process.env['PATH'], HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let printed = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    if (!ready.test(printed)) continue;
    child.stdout.resume();
    return printed;
  }
  throw new Error(`${args.join(' ')} did not start: ${printed}`);
}

/** Lets this process, and all that it began, use these cores alone. @param cores as `taskset -c` takes them */
function keepTo(cores: string): void {
  const pids = [String(process.pid)];
  for (const pid of pids) {
    pids.push(...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean));
    execFileSync('taskset', ['-a', '-p', '-c', cores, pid], { stdio: 'ignore' });
  }
}

function worker(): Promise<string> {
  return start(/running \(worker/, 'cli.js', 'worker', '--concurrency', '1');
}

/** @param first the first of its seeds */
function experiment(name: string, population: string, first: number): string {
  const seeds = Array.from({ length: RUNS / 2 }, (_, n) => first + n);
  return `id: ${name}
title: Does a question before sharing slow reposts?
description: Two arms of the metro scenario.
scenario: metro_cdmx
population: ${population}
ticks: ${TICKS}
seeds: [${seeds.join(', ')}]
control: as_it_is
arms:
  - name: as_it_is
  - name: asked
    changes:
      interventions: [{ kind: friction, content: { veracity: any }, share: 0.5 }]
outcomes:
  - { name: reposts, measure: totals.reposts }
preregistration:
  hypotheses:
    - { text: Fewer posts are passed on., arm: asked, outcome: reposts, direction: less }
  primary_outcome: reposts
  alpha: 0.05
  stopping: All seeds of both arms.
`;
}

try {
  const base = /http:\/\/[^\s]+?:\d+/.exec(await start(/Health/, 'main.js', '--mode', 'api'))?.[0];
  const headers: Record<string, string> = {};
  const call = async (method: string, path: string, body?: object): Promise<Record<string, string>> => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const tokens = await call('POST', '/auth/login', { username: 'admin', password: PASSWORD });
  headers['authorization'] = `Bearer ${tokens['access_token']}`;

  /** @returns seconds */
  const seconds = async (name: string, first: number): Promise<number> => {
    const begun = performance.now();
    const { experiment_id: id } = await call('POST', '/experiments', {
      content: experiment(name, population, first),
    });
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(200)) {
      const { status } = await call('GET', `/experiments/${id}`);
      if (status === 'completed') return (performance.now() - begun) / 1_000;
      if (status === 'failed' || Date.now() > end) throw new Error(`the experiment is ${status}`);
    }
  };
  await worker();
  const { job_id: job, population_id: population = '' } = await call('POST', '/populate', {
    gender: 'unspecified',
    count: 1_000,
    country: 'MX',
    interests: ['street art', 'football'],
    seed: '1',
    persist: true,
  });
  while ((await call('GET', `/jobs/${job}`))['status'] !== 'completed') await sleep(200);
  const alone = await seconds('with_one', 1);
  keepTo('0');
  const one = await seconds('with_one_and_its_core', 1_000_001);
  keepTo('0,1');
  await worker();
  const two = await seconds('with_two', 2_000_001);
  printFigures([
    figure('sweep', `${RUNS} runs, one worker process, two cores`, alone, 's'),
    figure('sweep', `${RUNS} runs, one worker process, one core`, one, 's'),
    figure('sweep', `${RUNS} runs, two worker processes, two cores`, two, 's'),
    figure('sweep', 'one with a core ÷ two with two', one / two, '×', 1.8),
    figure('sweep', 'one with two cores ÷ two with two', alone / two, '×'),
  ]);
} finally {
  for (const child of children.toReversed()) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
