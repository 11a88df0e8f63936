import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { Feed } from '../../src/engine/index.js';
import { EventLog } from '../../src/modules/simulation/eventlog/event-log.js';
import { digestFile } from '../../src/modules/simulation/eventlog/file-digest.js';
import { EVENTS_JSONL, EVENTS_PARQUET } from '../../src/modules/simulation/run-files.js';
import { prepareSimulation, type SimulationInput } from '../../src/modules/simulation/simulation.rules.js';
import { sampleInput } from '../support/feed-sample.js';
import { metroScenario, sampleSimulation } from '../support/simulation-sample.js';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'azt3knet-sim-'));
  folders.push(folder);
  return folder;
}

/** Runs and logs, draining every `slice` ticks. */
async function logged(input: SimulationInput, ticks: number, slice: number) {
  const simulation = prepareSimulation(input);
  const folder = await newFolder();
  const log = await EventLog.open(folder, simulation);
  for (let t = 1; t <= ticks; t += 1) {
    simulation.feed.tick();
    if (t % slice === 0 || t === ticks) await log.append(simulation.feed.drainEvents());
  }
  return { folder, simulation, files: await log.close() };
}

function checksumOf(seed: string): number {
  const feed = new Feed(sampleInput({ agents: 100, seed }));
  for (let t = 0; t < 30; t += 1) feed.tick();
  return feed.checksum();
}

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

describe('the engine', () => {
  it.each([
    [100, 60, 3124545625],
    [1000, 40, 2996114121],
  ])('gives the golden checksum for %i agents after %i ticks', (agents, ticks, checksum) => {
    const feed = new Feed(sampleInput({ agents }));
    for (let t = 0; t < ticks; t += 1) feed.tick();
    expect(feed.checksum()).toBe(checksum);
  });

  it('parts from a run with another setting in one tick and never meets it again', () => {
    const digests = [0.1, 0.1, 0.2].map((reaction) => {
      const feed = new Feed(sampleInput({ agents: 100, behaviour: { reaction } }));
      for (let t = 0; t < 40; t += 1) feed.tick();
      return feed.digests();
    });
    const [run = [], same, other = []] = digests;
    expect(same).toEqual(run);
    const parted = run.findIndex((digest, tick) => digest !== other[tick]);
    expect(parted).toBeGreaterThan(0);
    expect(run.slice(parted).filter((digest, place) => digest === other[parted + place])).toEqual([]);
  });

  it('gives another checksum for another seed', () => {
    expect(checksumOf('a')).not.toBe(checksumOf('b'));
  });
});

describe('the event log', () => {
  it('has the same bytes for the same seed, however it was drained, and others for another', async () => {
    const first = await logged(sampleSimulation(150), 60, 60);
    const again = await logged(sampleSimulation(150), 60, 7);
    expect(again.files).toEqual(first.files);
    const other = await logged(sampleSimulation(150, '8'), 60, 60);
    for (const [place, file] of other.files.entries())
      expect(file.sha256).not.toBe(first.files[place]?.sha256);
  });

  it('leaves its two files and no scratch', async () => {
    const { folder, files } = await logged(sampleSimulation(20), 10, 10);
    expect((await readdir(folder)).toSorted()).toEqual([EVENTS_JSONL, EVENTS_PARQUET]);
    for (const file of files)
      expect(await digestFile(join(folder, file.name))).toEqual({ bytes: file.bytes, sha256: file.sha256 });
  });

  it('leaves nothing when it is abandoned', async () => {
    const folder = await newFolder();
    const simulation = prepareSimulation(sampleSimulation(20));
    const log = await EventLog.open(folder, simulation);
    simulation.feed.tick();
    await log.append(simulation.feed.drainEvents());
    await log.abandon();
    expect(await readdir(folder)).toEqual([]);
  });

  it('says the same in Parquet as in JSON Lines, and counts as the metrics do', async () => {
    const { folder, simulation } = await logged(sampleSimulation(80), 60, 20);
    const lines = (await readFile(join(folder, EVENTS_JSONL), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(`SELECT * FROM '${join(folder, EVENTS_PARQUET)}'`);
    const rows = reader
      .getRowObjectsJson()
      .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
    connection.closeSync();
    expect(rows).toEqual(lines);
    expect(lines.map((line) => line['sequence'])).toEqual(lines.map((_, place) => place));
    for (const kind of ['post', 'exposure', 'reaction', 'comment', 'repost'] as const) {
      const name = `${kind}s` as const;
      const total = simulation.feed.metrics().reduce((sum, tick) => sum + tick[name], 0);
      expect(lines.filter((line) => line['kind'] === kind)).toHaveLength(total);
    }
  });

  it('leaves exposures out when the scenario says so, without changing what happens', async () => {
    const quiet = await logged(sampleSimulation(80, '7', metroScenario({ log_exposures: false })), 40, 40);
    const full = await logged(sampleSimulation(80), 40, 40);
    expect(quiet.simulation.feed.checksum()).toBe(full.simulation.feed.checksum());
    expect(await readFile(join(quiet.folder, EVENTS_JSONL), 'utf8')).not.toContain('"exposure"');
  });
});
