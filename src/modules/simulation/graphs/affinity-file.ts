import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Graph } from '../../../engine/index.js';
import { digestFile } from '../eventlog/file-digest.js';
import type { SimulationAgent } from '../feed-mapping.rules.js';
import { csvToParquet } from '../parquet/csv-to-parquet.js';
import { AFFINITY_CSV, AFFINITY_PARQUET, type RunFile } from '../run-files.js';

/** Follows written between two breaths of the event loop. */
const BATCH = 5_000;

const COLUMNS = { follower_id: 'VARCHAR', followee_id: 'VARCHAR', before: 'FLOAT', after: 'FLOAT' } as const;

/** One follow with its affinity before and after a run; `undefined` where there was no follow. */
type Follow = readonly [follower: number, followee: number, ...affinity: (number | undefined)[]];

/** Writes every follow that there was before or after a run, follower by follower. The same networks give the same bytes. Throws the signal's reason when that aborts. */
export async function writeAffinity(
  folder: string,
  format: 'csv' | 'parquet',
  { before, after }: { before: Graph; after: Graph },
  agents: readonly SimulationAgent[],
  signal?: AbortSignal,
): Promise<RunFile> {
  const csv = join(folder, AFFINITY_CSV);
  const file = await open(csv, 'w');
  try {
    let text = `${Object.keys(COLUMNS).join(',')}\n`;
    let rows = 0;
    for (const [follower, followee, first, last] of follows(before, after)) {
      text += `${agents[follower]?.id},${agents[followee]?.id},${first ?? ''},${last ?? ''}\n`;
      rows += 1;
      if (rows % BATCH !== 0) continue;
      await file.write(text);
      text = '';
      await setImmediate();
      signal?.throwIfAborted();
    }
    await file.write(text);
  } finally {
    await file.close();
  }
  if (format === 'csv')
    return { name: AFFINITY_CSV, media_type: 'text/csv; charset=utf-8', ...(await digestFile(csv)) };
  const parquet = join(folder, AFFINITY_PARQUET);
  await csvToParquet(csv, parquet, COLUMNS, signal);
  await rm(csv);
  return {
    name: AFFINITY_PARQUET,
    media_type: 'application/vnd.apache.parquet',
    ...(await digestFile(parquet)),
  };
}

/** Both rows of each agent, merged: they ascend. */
function* follows(before: Graph, after: Graph): Generator<Follow> {
  for (let agent = 0; agent < before.count; agent += 1) {
    let [a, b] = [before.offsets[agent] as number, after.offsets[agent] as number];
    const [endA, endB] = [before.offsets[agent + 1] as number, after.offsets[agent + 1] as number];
    while (a < endA || b < endB) {
      const first = a < endA ? (before.followees[a] as number) : Infinity;
      const last = b < endB ? (after.followees[b] as number) : Infinity;
      yield [
        agent,
        Math.min(first, last),
        first <= last ? before.affinity[a] : undefined,
        last <= first ? after.affinity[b] : undefined,
      ];
      if (first <= last) a += 1;
      if (last <= first) b += 1;
    }
  }
}
