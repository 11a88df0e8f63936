import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAffinity } from '../../src/modules/simulation/graphs/affinity-file.js';
import { csvToParquet } from '../../src/modules/simulation/parquet/csv-to-parquet.js';
import { prepareSimulation } from '../../src/modules/simulation/simulation.rules.js';
import { sampleSimulation } from '../support/simulation-sample.js';

/** Three agents, of whom the first follows these. */
function network(followees: number[]) {
  const end = followees.length;
  return {
    count: 3,
    offsets: Uint32Array.of(0, end, end, end),
    followees: Uint32Array.from(followees),
    affinity: new Float32Array(end).fill(0.5),
  };
}

describe('the file of affinities', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azt3knet-affinity-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('has every follow with its affinity before and after, in CSV and in Parquet alike', async () => {
    const { feed, agents } = prepareSimulation(sampleSimulation(80));
    const before = feed.input.graph;
    for (let t = 0; t < 60; t += 1) feed.tick();
    const networks = { before, after: feed.world.ties.now() };
    const file = await writeAffinity(folder, 'csv', networks, agents);
    const text = await readFile(join(folder, 'affinity.csv'), 'utf8');
    const [header, ...rows] = text.trimEnd().split('\n');
    expect(header).toBe('follower_id,followee_id,before,after');
    expect(rows).toHaveLength(before.followees.length);
    expect(rows[0]?.split(',')[0]).toBe(agents[0]?.id);
    expect(rows.some((row) => row.split(',')[2] !== row.split(',')[3])).toBe(true);
    expect(await writeAffinity(folder, 'csv', networks, agents)).toEqual(file);

    const parquet = await writeAffinity(folder, 'parquet', networks, agents);
    expect(await readdir(folder)).toEqual([parquet.name]);
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(`SELECT * FROM '${join(folder, parquet.name)}'`);
    const read = reader.getRowObjectsJS().map((row) => Object.values(row).map(String).join(','));
    connection.closeSync();
    expect(read).toEqual(rows);
  });

  it('is given up when the run is cancelled', async () => {
    const { feed, agents } = prepareSimulation(sampleSimulation(2000));
    const networks = { before: feed.input.graph, after: feed.input.graph };
    const stop = new AbortController();
    const writing = writeAffinity(folder, 'csv', networks, agents, stop.signal);
    stop.abort(new Error('cancelled'));
    await expect(writing).rejects.toThrow('cancelled');
  });

  it('is given up while it becomes Parquet', async () => {
    const [csv, parquet] = [join(folder, 'long.csv'), join(folder, 'long.parquet')];
    const lines = Array.from({ length: 500_000 }, (_, row) => `${(row * 7919) % 1_000_003},${row}\n`);
    await writeFile(csv, `a,b\n${lines.join('').repeat(6)}`);
    const stop = new AbortController();
    const becoming = csvToParquet(csv, parquet, { a: 'VARCHAR', b: 'VARCHAR' }, stop.signal);
    await sleep(200);
    const told = performance.now();
    stop.abort(new Error('cancelled'));
    await expect(becoming).rejects.toThrow('cancelled');
    expect(performance.now() - told).toBeLessThan(500);
  });

  it('tells follows that came and went', async () => {
    const { agents } = prepareSimulation(sampleSimulation(3));
    await writeAffinity(folder, 'csv', { before: network([1]), after: network([2]) }, agents);
    const [, ...rows] = (await readFile(join(folder, 'affinity.csv'), 'utf8')).trimEnd().split('\n');
    expect(rows.map((row) => row.split(',').slice(2).join(','))).toEqual(['0.5,', ',0.5']);
  });
});
