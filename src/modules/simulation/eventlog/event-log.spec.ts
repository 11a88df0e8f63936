import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { EventDecoder, lineOf } from '../../../../test/support/event-decoder.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metroScenario, sampleSimulation } from '../../../../test/support/simulation-sample.js';
import type { RunFile } from '../run-files.js';
import { prepareSimulation } from '../simulation.rules.js';
import { feedScenarioSchema } from '../scenarios/scenario.schema.js';
import { EventLog } from './event-log.js';
import { digestFile } from './file-digest.js';

/** Every kind of act, and the parts of scores. */
const SCENARIO = feedScenarioSchema.parse({
  ...metroScenario(),
  interventions: [
    { kind: 'feed_change', start: 20, ranking: { kind: 'popularity' } },
    {
      kind: 'feed_change',
      start: 40,
      ranking: { kind: 'expression', expression: 'interest + 0.1 * age - approval' },
    },
  ],
  log_scores: true,
  behaviour: {
    ...metroScenario().behaviour,
    reaction: 0.1,
    comment: 0.08,
    repost: 0.05,
    answering: 0.4,
    acts: {
      quote: 0.02,
      follow: 0.05,
      unfollow: 0.02,
      mute: 0.01,
      block: 0.005,
      report: 0.01,
      dismiss: 0.02,
    },
  },
});
const TICKS = 60;

describe('the event log', () => {
  let folder: string;
  /** What the lines are to be, made of rows one by one. */
  let expected = '';
  let files: RunFile[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azt3knet-eventlog-'));
    const simulation = prepareSimulation(sampleSimulation(300, '7', SCENARIO));
    const log = await EventLog.open(folder, simulation);
    const decoder = new EventDecoder(simulation);
    for (let tick = 0; tick < TICKS; tick += 1) {
      simulation.feed.tick();
      const events = simulation.feed.drainEvents();
      await log.append(events);
      for (let row = 0; row < events.length; row += 1)
        expected += `${lineOf({ ...decoder.row(events, row), ...decoder.parts(events, row) })}\n`;
    }
    files = await log.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has lines of which each byte is as JSON writes it', async () => {
    const text = await readFile(join(folder, 'events.jsonl'), 'utf8');
    expect(text.split('\n')).toEqual(expected.split('\n'));
  });

  it('knows the size and the digest of each file', async () => {
    expect(files).toHaveLength(2);
    for (const { name, bytes, sha256 } of files)
      expect({ bytes, sha256 }).toEqual(await digestFile(join(folder, name)));
  });

  it('is the same as Parquet and as JSON Lines', async () => {
    const text = await readFile(join(folder, 'events.jsonl'), 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const answer = await connection.runAndReadAll(`SELECT * FROM '${join(folder, 'events.parquet')}'`);
      const rows = answer.getRowObjectsJS();
      expect(rows).toHaveLength(lines.length);
      expect(new Set(lines.map(({ kind }) => kind)).size).toBeGreaterThan(10);
      const known = rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
      );
      expect(known).toEqual(lines);
      for (const part of ['affinity', 'born', 'approval', 'interest'])
        expect(lines.filter((line) => part in line).length).toBeGreaterThan(100);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
});
