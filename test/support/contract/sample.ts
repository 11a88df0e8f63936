import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { compose } from '../../../src/composition.js';
import { Cassettes } from '../../../src/core/llm/index.js';
import { PROJECT_ROOT } from '../../../src/core/project.js';
import { AgentsService } from '../../../src/modules/agents/index.js';
import { JobsService } from '../../../src/modules/jobs/index.js';
import { EXPERIMENT_EXAMPLE } from '../../../src/modules/simulation/experiments/experiment-example.js';
import { parseExperiment } from '../../../src/modules/simulation/experiments/registration.js';
import { SimulationService } from '../../../src/modules/simulation/index.js';
import type { Runtime } from '../../../src/runtime.js';
import type { Route } from './document.js';
import type { HomeValues } from './values.js';
import { cassetteText } from '../cassette.js';
import { isFinished, watchJob } from '../watch-job.js';

const SYSTEM = { name: 'test' };
/** How many of each kind there are to be deleted or cancelled. */
const SPARE = 40;
/** How many of the spare populations have a run. */
const NEEDED = 10;
/** How many others have an export that nothing needs. */
const EXPORTED = 20;

/** Ids of what is there, so that not everything ends as not found. */
export interface Sample {
  populations: string[];
  agents: string[];
  drafts: string[];
  decisions: string[];
  runs: string[];
  jobs: string[];
  exports: string[];
  batches: string[];
  /** That have results. */
  experiments: string[];
  users: string[];
  keys: string[];
  sessions: string[];
  cassette: { name: string; line: string };
  /** To be deleted or cancelled. */
  spare: {
    populations: string[];
    drafts: string[];
    runs: string[];
    /** Runs that wait for a worker, and runs that failed: to be paused, and to go on. */
    waiting: string[];
    /** Runs that wait for what an agent does. */
    undecided: string[];
    stopped: string[];
    jobs: string[];
    failed: string[];
    exports: string[];
    /** That wait for a worker, and that nothing works on. */
    experiments: string[];
    finished: string[];
  };
}

/** Fills a database: a population with drafts, an export and a run, and more of each that nothing needs. */
export async function makeSample(runtime: Runtime): Promise<Sample> {
  const worker = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
  const jobs = worker.get(JobsService, { strict: false });
  const finish = async (id: string): Promise<void> => {
    for await (const job of watchJob(jobs, id)) {
      if (isFinished(job) && job.status !== 'completed') throw new Error(JSON.stringify(job.error));
    }
  };
  const specification = { gender: 'unspecified', count: 3, country: 'MX', seed: 'fuzz' } as const;
  const request = { ...specification, persist: true, export: 'csv' } as const;
  const { generator, job } = await worker.get(AgentsService, { strict: false }).populate(request, SYSTEM);
  await finish(job?.id ?? '');
  const simulation = { scenario: 'metro_cdmx', ticks: 2, seed: 'fuzz', population_id: generator.id };
  const accepted = await worker.get(SimulationService, { strict: false }).run(simulation, SYSTEM);
  await finish(accepted.jobs.simulation);
  const [line = ''] = (await cassetteText()).split('\n');
  const cassette = { name: 'sample', line };
  await worker.get(Cassettes, { strict: false }).import(cassette.name, [line], 1, SYSTEM.name);
  const sample = await describeSample(worker.get(DataSource), generator.digest);
  await worker.close();
  return { ...sample, cassette };
}

async function describeSample(source: DataSource, digest: string): Promise<Omit<Sample, 'cassette'>> {
  const ids = async (sql: string, parameters: unknown[] = []): Promise<string[]> =>
    (await source.query<{ id: string }[]>(sql, parameters)).map(({ id }) => id);
  const known = {
    populations: [...(await ids('SELECT id FROM populations')), digest, 'fuzz_sample'],
    agents: await ids('SELECT id FROM agents'),
    drafts: await ids('SELECT id FROM drafts ORDER BY id LIMIT 3'),
    decisions: await ids('SELECT id FROM decisions ORDER BY id LIMIT 3'),
    runs: await ids('SELECT id FROM runs'),
    jobs: await ids('SELECT id FROM jobs'),
    exports: await ids('SELECT id FROM exports'),
    batches: await ids('SELECT id FROM draft_batches'),
    experiments: await addExperiments(ids, 1, 'completed'),
    ...(await addAccount(ids)),
  };
  await source.query(`UPDATE populations SET name = 'fuzz_sample'`);
  const spares = `generate_series(1, ${SPARE}) AS n RETURNING id`;
  const spare = {
    populations:
      await ids(`INSERT INTO populations (id, digest, specification, seed, count, generator_version, decision_id)
      SELECT gen_random_uuid(), md5(n::text) || md5('x' || n), specification, seed, count, generator_version, decision_id
      FROM populations, ${spares}`),
    drafts:
      await ids(`INSERT INTO drafts (id, agent_id, population_id, template, template_version, language, seed,
        caption, alt_text, hashtags, variations, metadata, quality, sentiment, readability, decision_id)
      SELECT gen_random_uuid(), agent_id, population_id, template, template_version, language, 'spare', caption,
        alt_text, hashtags, variations, metadata, quality, sentiment, readability, decision_id
      FROM (SELECT * FROM drafts LIMIT 1) AS draft, ${spares}`),
    jobs: await ids(`INSERT INTO jobs (id, queue, name, payload, run_at)
      SELECT gen_random_uuid(), 'content', 'content.draft', '{}', now() + interval '1 day' FROM ${spares}`),
    // Whoever retries them, they fail again: there is no such batch.
    failed: await ids(`INSERT INTO jobs (id, queue, name, payload, status, dead_letter, finished_at, run_at)
      SELECT gen_random_uuid(), 'content', 'content.draft', '{}', 'failed', true, now(), now() FROM ${spares}`),
    runs: [] as string[],
    waiting: [] as string[],
    undecided: [] as string[],
    stopped: [] as string[],
    exports: [] as string[],
    experiments: await addExperiments(ids, NEEDED, 'queued'),
    finished: await addExperiments(ids, NEEDED, 'completed'),
  };
  // For whoever claims the one that is due first.
  await source.query(
    `WITH made AS (
       INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score,
         labels, matches, decided_by)
       SELECT gen_random_uuid(), 'draft', gen_random_uuid()::text, n::text, '[]', 'review', true, 0.5, '{}', '[]', 'test'
       FROM generate_series(1, ${SPARE}) AS n RETURNING id)
     INSERT INTO reviews (id, severity, due_at) SELECT id, 'medium', now() + interval '1 hour' FROM made`,
  );
  const done = await ids(`INSERT INTO jobs (id, queue, name, status, payload)
    SELECT gen_random_uuid(), 'simulation', 'simulation.run', 'failed', '{}' FROM ${spares}`);
  const insert = `INSERT INTO runs (id, scenario, scenario_version, scenario_digest, definition, seed, ticks,
      population_id, draft_batch_id, job_id)
    SELECT gen_random_uuid(), scenario, scenario_version, scenario_digest, definition, seed, ticks, coalesce($1, population_id),
      draft_batch_id, $2 FROM runs LIMIT 1 RETURNING id`;
  for (const [index, job] of done.entries()) {
    // The first populations are needed by a run.
    const population = spare.populations[index < NEEDED ? index : done.length] ?? randomUUID();
    spare.runs.push(...(await ids(insert, [population, job])));
  }
  const held = await ids(`INSERT INTO jobs (id, queue, name, payload, run_at)
    SELECT gen_random_uuid(), 'simulation', 'simulation.run', '{}', now() + interval '1 day' FROM generate_series(1, ${NEEDED}) RETURNING id`);
  for (const job of held) spare.waiting.push(...(await ids(insert, [null, job])));
  const asked = await ids(`INSERT INTO jobs (id, queue, name, payload, run_at)
    SELECT gen_random_uuid(), 'simulation', 'simulation.run', '{}', now() + interval '1 day' FROM generate_series(1, ${NEEDED}) RETURNING id`);
  for (const job of asked) spare.undecided.push(...(await ids(insert, [null, job])));
  await source.query(
    `INSERT INTO run_turns (run_id, tick, offers, asked, due_at)
     SELECT id, 0, $2, 1, now() + interval '1 day' FROM unnest($1::uuid[]) AS id`,
    [spare.undecided, JSON.stringify([{ ...NOTHING_TO_SEE, agent_id: known.agents[0] }])],
  );
  const failed = await ids(`INSERT INTO jobs (id, queue, name, status, payload)
    SELECT gen_random_uuid(), 'simulation', 'simulation.run', 'failed', '{}' FROM generate_series(1, ${NEEDED}) RETURNING id`);
  for (const job of failed) spare.stopped.push(...(await ids(insert, [null, job])));
  spare.exports = await ids(
    `INSERT INTO exports (id, population_id, format, media_type, blob_key, bytes, sha256, manifest)
     SELECT gen_random_uuid(), population, format, media_type, gen_random_uuid()::text, bytes, sha256, manifest
     FROM exports, unnest($1::uuid[]) AS population RETURNING id`,
    [spare.populations.splice(-EXPORTED)],
  );
  return { ...known, spare };
}

/** What an agent is offered who can do nothing. */
const NOTHING_TO_SEE = { decider: 0, accepts: ['nothing'], draft: null, notification: null, feed: [] };

type Ids = (sql: string, parameters?: unknown[]) => Promise<string[]>;

/** Experiments without runs, whose jobs are as they are asked to be. */
function addExperiments(ids: Ids, count: number, status: 'completed' | 'queued'): Promise<string[]> {
  const file = parseExperiment(EXPERIMENT_EXAMPLE, 'example');
  const arms = file.arms.map(({ name }) => ({ name, definition: {}, digest: '' }));
  return ids(
    `WITH made AS (
       INSERT INTO jobs (id, queue, name, status, payload, run_at)
       SELECT gen_random_uuid(), 'simulation', 'experiment.start', $1, '{}', now() + interval '1 day'
       FROM generate_series(1, $2::int) RETURNING id)
     INSERT INTO experiments (id, name, title, digest, file_sha256, preregistration_sha256, definition, scenario,
       scenario_version, arms, ticks, job_id)
     SELECT gen_random_uuid(), 'fuzz', 'Of the tests', made.id::text, '', '', $3::jsonb, 'metro_cdmx', '1.0.0', $4::jsonb, 2, made.id
     FROM made RETURNING id`,
    [status, count, JSON.stringify(file), JSON.stringify(arms)],
  );
}

/** Somebody with a session and a key. */
async function addAccount(ids: Ids): Promise<Pick<Sample, 'users' | 'keys' | 'sessions'>> {
  const users = await ids(`INSERT INTO users (id, username, role)
    VALUES (gen_random_uuid(), 'somebody', 'user') RETURNING id`);
  return {
    users,
    sessions: await ids(
      `INSERT INTO sessions (id, user_id, refresh_id, expires_at)
       VALUES (gen_random_uuid(), $1, gen_random_uuid(), now() + interval '1 day') RETURNING id`,
      users,
    ),
    keys: await ids(
      `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, created_by)
       VALUES (gen_random_uuid(), $1, 'key', 'sample', 'azt_sample', '', 'test') RETURNING id`,
      users,
    ),
  };
}

/** Where `{id}` leads, by the beginning of the path; the first that fits counts. */
const IDS: readonly [route: RegExp, of: (sample: Sample) => string[]][] = [
  [/^DELETE .*\/populations\//, ({ spare }) => spare.populations],
  [/^DELETE .*\/drafts\//, ({ spare, drafts }) => [...spare.drafts, ...drafts]],
  [/^DELETE .*\/exports\//, ({ spare }) => spare.exports],
  [/^DELETE .*\/runs\//, ({ spare }) => spare.runs],
  [/^DELETE .*\/experiments\//, ({ spare }) => spare.finished],
  [/\/jobs\/\{id\}\/retry/, ({ spare, jobs }) => [...spare.failed, ...jobs]],
  [/\/experiments\/\{id\}\/cancel/, ({ spare }) => spare.experiments],
  [/\/experiments\//, ({ experiments }) => experiments],
  [/\/jobs\/\{id\}\/cancel/, ({ spare, jobs }) => [...spare.jobs.slice(SPARE / 2), ...jobs]],
  [/\/populations\//, ({ populations }) => populations],
  // What is retired is retired for good.
  [/\/agents\/\{id\}\/retire/, ({ agents }) => agents.slice(0, 1)],
  [/\/agents\/\{id\}\/(activate|suspend)/, ({ agents }) => agents.slice(1)],
  [/\/agents\//, ({ agents }) => agents],
  [/\/drafts\//, ({ drafts }) => drafts],
  [/\/runs\/\{id\}\/decisions/, ({ spare }) => spare.undecided],
  [/\/decisions\//, ({ decisions }) => decisions],
  // The review of a decision has its id.
  [/\/reviews\//, ({ decisions }) => decisions],
  [/\/batches\//, ({ batches }) => batches],
  [/\/exports\//, ({ exports }) => exports],
  [/\/runs\/\{id\}\/pause/, ({ spare }) => spare.waiting],
  [/\/runs\/\{id\}\/resume/, ({ spare }) => spare.stopped],
  [/\/runs\//, ({ runs }) => runs],
  [/\/jobs\//, ({ jobs }) => jobs],
  [/\/sessions\//, ({ sessions }) => sessions],
  [/\/users\//, ({ users }) => users],
  [/\/keys\//, ({ keys }) => keys],
  [/\/bots\//, () => ['echo-bot-v1']],
];

const DOCUMENTS = {
  templates: 'street_art_campaign',
  scenarios: 'metro_cdmx',
  policies: 'spam',
} as const;

const populationFile = (count: number): string =>
  `id: fuzz\nversion: 1.0.0\ntitle: Few\ndescription: Of them.\ncount: ${count}\ncountry: MX\n`;

/** The shipped document of a route: by its name, in versions that are not there yet, and for a POST under other names. */
function documentValues({ path, method }: Route): Record<string, readonly unknown[]> {
  for (const [folder, name] of Object.entries(DOCUMENTS)) {
    if (!path.startsWith(`/api/v1/${folder}`)) continue;
    const text = readFileSync(join(PROJECT_ROOT, folder, `${name}.yaml`), 'utf8');
    const content = Array.from({ length: SPARE }, (_, n) =>
      method === 'POST'
        ? text.replace(/^id: .*$/m, `id: fuzz${n}`)
        : text.replace(/^version: .*$/m, `version: 2.${n}.0`),
    );
    return { ...(path.includes('{name}') && { name: [name] }), content };
  }
  if (/^\/api\/v1\/experiments(?:\/check)?$/.test(path) && method === 'POST')
    return { content: [EXPERIMENT_EXAMPLE.replace('seeds: 4', 'seeds: 1')], document: [undefined] };
  if (!/^\/api\/v1\/populations(?:\/check)?$/.test(path)) return {};
  return {
    content: [populationFile(1), populationFile(3)],
    document: [undefined],
    sample: [undefined, undefined, 'age\n20\n'],
  };
}

/** Values at home in the fields of a route. */
export function homeValues(
  route: Route,
  sample: Sample,
  more: Readonly<Record<string, readonly unknown[]>>,
): HomeValues {
  const byField: Record<string, readonly unknown[]> = {
    id: IDS.find(([pattern]) => pattern.test(route.name))?.[1](sample) ?? [],
    agent: sample.agents,
    account: sample.agents,
    population: sample.populations,
    population_id: sample.populations,
    run_id: sample.runs,
    ids: [...sample.spare.jobs.slice(0, SPARE / 2), ...sample.jobs],
    template: ['street_art_campaign'],
    scenario: ['metro_cdmx'],
    policy: ['spam'],
    rule: ['easy-money'],
    country: ['MX'],
    city: ['Mexico City'],
    interests: ['street art', 'urban culture'],
    format: ['csv', 'csv', 'json'],
    count: [1, 3],
    preview: [1, 2],
    ticks: [1, 2],
    // There is no model here: most leave out what is for one alone.
    writer: ['rules', undefined],
    cassette: [undefined, undefined, 'fuzz'],
    cassette_mode: [undefined, undefined, 'replay'],
    ...documentValues(route),
    ...(route.path.endsWith('/runs/{id}/branch') && {
      at: [1],
      ticks: [2],
      changes: [{ behaviour: { repost: 0.01 } }],
    }),
    ...(route.path.endsWith('/runs/{id}/decisions') && {
      tick: [0],
      decisions: [{ agent_id: sample.agents[0], does: 'nothing' }],
      agent_id: sample.agents,
    }),
    ...(route.path.endsWith('/diff/{other}') && { other: sample.runs }),
    // One agent writes at once, and the template has no inputs.
    ...(route.path.endsWith('/content/draft') && {
      population: [undefined],
      drafts_per_agent: [undefined],
      inputs: [undefined],
      reply_to: [undefined],
    }),
    // One of three is given.
    ...(route.path.endsWith('/compliance/backtest') && {
      content: [undefined],
      retire: [undefined],
      change: [undefined],
    }),
    // For an agent alone, mostly; what the template does not read is refused.
    ...(route.path.endsWith('/content/draft') && {
      population: [undefined, undefined, undefined, ...sample.populations],
      drafts_per_agent: [undefined, undefined, 1],
      inputs: [undefined],
      reply_to: [undefined],
      topic: [undefined, undefined, 'murals'],
      cassette: [undefined],
      cassette_mode: [undefined],
    }),
    ...(route.path.endsWith('/templates/{name}/preview') && {
      inputs: [undefined],
      topic: [undefined, undefined, undefined, 'murals'],
      version: [undefined, undefined, undefined, '0.0.1'],
    }),
    ...(route.path.startsWith('/api/v1/llm/') && {
      name: [sample.cassette.name],
      content: [sample.cassette.line],
      first_line: [1],
    }),
    ...(route.path.includes('/files/') && { name: ['events.jsonl', 'events.parquet', 'report.json'] }),
    ...more,
  };
  return (field) => (Object.hasOwn(byField, field) ? byField[field] : undefined);
}
