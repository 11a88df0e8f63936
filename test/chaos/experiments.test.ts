import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../support/program.js';

/** `npm run test:chaos` takes twenty moments. */
const MOMENTS = Number(process.env['CHAOS_MOMENTS'] ?? 3);
const SCENARIO = `id: trial_town
version: 1.0.0
title: A town for experiments
description: Sixty people for the tests.
population: { gender: unspecified, count: 60, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 3 }
tick_minutes: 30
ticks: 200
graph: {}
feed: {}
behaviour: { sessions_per_day: 20, repost: 0.1 }
`;
const EXPERIMENT = `id: questions
title: Does a question before sharing slow reposts?
description: For the tests.
scenario: trial_town
seeds: 3
control: open
arms:
  - name: open
  - name: asked
    changes: { interventions: [{ kind: friction, content: { veracity: any }, share: 1 }] }
outcomes:
  - { name: reposts, measure: totals.reposts }
preregistration:
  hypotheses:
    - { text: Fewer reposts., arm: asked, outcome: reposts, direction: less }
  primary_outcome: reposts
  stopping: All seeds.
`;

interface Shown {
  id: string;
  status: string;
  completed: number;
  runs: number;
  digest: string;
}

async function prepared(): Promise<Program> {
  const program = new Program();
  writeFileSync(join(program.dataDir, 'town.yaml'), SCENARIO);
  writeFileSync(join(program.dataDir, 'questions.yaml'), EXPERIMENT);
  await program.run('scenarios', 'add', 'town.yaml');
  return program;
}

/** The experiment as the command shows it at the end, and its table without the ids of runs. */
async function finished(program: Program): Promise<{ shown: Shown; table: string }> {
  const { code, stdout, stderr } = await program.run('experiment', 'run', 'questions.yaml', '--json');
  expect(stderr).not.toMatch(/internal/u);
  expect(code).toBe(0);
  const shown = JSON.parse(stdout) as Shown;
  const saved = await program.run(
    'experiment',
    'report',
    shown.id,
    '--table',
    'runs.csv',
    '--path',
    'runs.csv',
  );
  expect(saved).toMatchObject({ code: 0 });
  const text = readFileSync(join(program.dataDir, 'runs.csv'), 'utf8');
  return { shown, table: text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, 'run') };
}

describe('a kill -9 in the middle of an experiment', () => {
  let program: Program;
  let reference: Awaited<ReturnType<typeof finished>>;

  beforeAll(async () => {
    const whole = await prepared();
    reference = await finished(whole);
    whole.remove();
    program = await prepared();
  }, 300_000);

  afterAll(() => program?.remove());

  it('loses and doubles no run, whenever it comes', async () => {
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const victim = program.start(['experiment', 'run', 'questions.yaml', '--json']);
      const gone = once(victim, 'close');
      // While it is registered, while runs are started, while they run.
      await sleep(1_500 + 700 * moment);
      victim.kill('SIGKILL');
      await gone;
    }
    const { shown, table } = await finished(program);
    expect(shown).toMatchObject({
      status: 'completed',
      completed: 6,
      runs: 6,
      digest: reference.shown.digest,
    });
    expect(table).toBe(reference.table);
    const list = await program.run('sim', 'list', '--json');
    expect((JSON.parse(list.stdout) as { runs: unknown[] }).runs).toHaveLength(6);
  }, 300_000);
});
