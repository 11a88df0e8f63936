import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventColumns } from '../src/engine/index.js';
import { EventLog } from '../src/modules/simulation/eventlog/event-log.js';
import { EventTable } from '../src/modules/simulation/eventlog/event-table.js';
import { prepareSimulation, type Simulation } from '../src/modules/simulation/simulation.rules.js';
import { sampleSimulation } from '../test/support/simulation-sample.js';
import { figure, figureAtMost, printFigures } from './figure.js';

const BENCH = 'eventlog';
const AGENTS = 5_000;
const TICKS = 40;
/** Events of a measured log, at least. */
const EVENTS = 4_000_000;
const RUNS = 3;
const MIB = 1024 * 1024;

/** The events of a run, tick by tick. */
function eventsOf({ feed }: Simulation): EventColumns[] {
  return Array.from({ length: TICKS }, () => {
    feed.tick();
    return feed.drainEvents();
  });
}

/** Events a second: on the clock, and of processor time of all threads, which other programs do not slow down. */
interface Speed {
  readonly clock: number;
  readonly processor: number;
}

/** Writes the ticks over and over, as a longer run would. */
async function measure(
  ticks: readonly EventColumns[],
  least: number,
  writer: { append(events: EventColumns): Promise<void>; close(): Promise<unknown> },
): Promise<Speed> {
  let written = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  while (written < least) {
    for (const events of ticks) {
      await writer.append({ ...events, firstSequence: written });
      written += events.length;
    }
  }
  await writer.close();
  const { user, system } = process.cpuUsage(before);
  return {
    clock: (written / (performance.now() - started)) * 1000,
    processor: (written / (user + system)) * 1e6,
  };
}

const simulation = prepareSimulation(sampleSimulation(AGENTS));
const ticks = eventsOf(simulation);
const folder = mkdtempSync(join(tmpdir(), 'azt3knet-eventlog-'));
try {
  const path = join(folder, 'bench.parquet');
  const best = { clock: 0, processor: 0 };
  let most = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.memoryUsage.rss();
    const { clock, processor } = await measure(ticks, EVENTS, await EventTable.open(path, simulation));
    best.clock = Math.max(best.clock, clock);
    best.processor = Math.max(best.processor, processor);
    most = Math.max(most, process.memoryUsage.rss() - before);
  }
  let both = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const { clock } = await measure(ticks, EVENTS / 4, await EventLog.open(folder, simulation));
    both = Math.max(both, clock);
  }
  printFigures([
    figure(BENCH, 'Parquet', best.clock, 'events/s', 2_000_000),
    figure(BENCH, 'Parquet, by processor time of all threads', best.processor, 'events/s'),
    figure(BENCH, 'Parquet, size', statSync(path).size / EVENTS, 'bytes/event'),
    figureAtMost(BENCH, 'Parquet, growth of memory', most / MIB, 'MiB', 512),
    figure(BENCH, 'Parquet and JSON Lines', both, 'events/s'),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
