import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faker } from '@faker-js/faker/locale/es_MX';
import { NestFactory } from '@nestjs/core';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import {
  AgentsService,
  createGenerator,
  exportText,
  type PopulationSpecification,
} from '../src/modules/agents/index.js';
import { JobsService } from '../src/modules/jobs/index.js';
import { openRuntime } from '../src/runtime.js';
import { figure, printFigures, rate, type Figure } from './figure.js';
import { isFinished, watchJob } from '../test/support/watch-job.js';

const BENCH = 'population';
const SPECIFICATION: Omit<PopulationSpecification, 'writer'> = {
  gender: 'female',
  count: 200_000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
};
const RUNS = 3;
const NAIVE_COUNT = 20_000;

/** What a script without tables and without uniqueness would do for each agent. */
function naiveAgent(): object {
  return {
    id: faker.string.uuid(),
    seed: faker.string.hexadecimal({ length: 16 }),
    name: faker.person.fullName({ sex: 'female' }),
    username_hint: faker.internet.username(),
    country: 'MX',
    city: faker.location.city(),
    locale: 'es-MX',
    timezone: 'America/Mexico_City',
    age: faker.number.int({ min: 18, max: 25 }),
    gender: 'female',
    interests: faker.helpers.arrayElements(['street art', 'urban culture', 'graffiti', 'museums', 'jazz'], 3),
    bio: faker.person.bio(),
    posting_cadence: faker.helpers.arrayElement(['hourly', 'daily', 'weekly', 'monthly']),
    tone: faker.helpers.arrayElement(['casual', 'formal', 'enthusiastic', 'sarcastic', 'informative']),
    behavioral_biases: faker.helpers.arrayElements(['recency_bias', 'social_proof', 'anchoring'], 2),
  };
}

async function pureFigures(): Promise<Figure[]> {
  const generator = await createGenerator(SPECIFICATION);
  const { count } = generator;
  const generated = await rate(count, RUNS, () => {
    let made = 0;
    for (const agents of generator.chunks()) made += agents.length;
    if (made !== count) throw new Error(`${made} agents instead of ${count}`);
  });
  const naive = await rate(NAIVE_COUNT, RUNS, () => {
    for (let index = 0; index < NAIVE_COUNT; index += 1) naiveAgent();
  });
  const jsonl = await rate(count, RUNS, () => {
    let characters = 0;
    for (const piece of exportText(generator, 'jsonl')) characters += piece.length;
    if (characters < count) throw new Error('the export is too short');
  });
  return [
    figure(BENCH, 'generated', generated, 'agents/s', 200_000),
    figure(BENCH, 'naive faker', naive, 'agents/s'),
    figure(BENCH, 'generated ÷ naive faker', generated / naive, '×'),
    figure(BENCH, 'generated and written as JSONL', jsonl, 'agents/s'),
  ];
}

/** From the request to the completed job: checked by the guard, stored by COPY, committed. */
async function persistedRate(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-bench-'));
  const config = loadConfig(
    { ...process.env, AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'error' },
    dataDir,
  );
  const runtime = await openRuntime(config, (line) => process.stderr.write(`${line}\n`));
  const app = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: ['error'] });
  try {
    const service = app.get(AgentsService, { strict: false });
    const jobs = app.get(JobsService, { strict: false });
    return await rate(SPECIFICATION.count, RUNS, async () => {
      const seed = randomBytes(8).toString('hex');
      const { job } = await service.populate({ ...SPECIFICATION, seed, persist: true }, { name: 'system' });
      if (job === undefined) throw new Error('no job was accepted');
      for await (const state of watchJob(jobs, job.id)) {
        if (isFinished(state) && state.status !== 'completed') throw new Error(`the job was ${state.status}`);
      }
    });
  } finally {
    await app.close();
    await runtime.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const figures = await pureFigures();
figures.push(figure(BENCH, 'persisted', await persistedRate(), 'agents/s', 50_000));
printFigures(figures);
