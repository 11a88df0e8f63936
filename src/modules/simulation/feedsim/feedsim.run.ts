import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../../../core/project.js';
import {
  checksumOf,
  type KernelName,
  MEASURES,
  planWorld,
  ticksDone,
  viewWorld,
  wasmMemory,
} from '../../../engine/feedsim/index.js';
import { chooseKernel, chooseThreads, loadWasm } from './feedsim.kernel.js';
import type { LaneAnswer, LanePlace, LaneTask } from './feedsim.worker.js';

/** A thread runs the built program, also where this one runs from its sources. */
const LANE = join(PROJECT_ROOT, 'dist', 'program', 'feedsim-lane.js');
const PROGRESS_MS = 100;

/** A case of FeedSim. */
export interface FeedSimCase {
  /** A 32-bit number. */
  readonly seed: number;
  /** 1 or more. */
  readonly agents: number;
  /** 1 or more, warm-up included. */
  readonly ticks: number;
  /** Without it, chosen by the number of agents and cores. */
  readonly threads?: number | undefined;
  /** Without it, WebAssembly where it is there. */
  readonly kernel?: KernelName | undefined;
}

/** What came of it. All but `threads`, `kernel` and `milliseconds` depends on seed, agents and ticks alone. */
export interface FeedSimResult {
  readonly threads: number;
  readonly kernel: KernelName;
  /** Of all ticks, an unsigned 32-bit number. */
  readonly checksum: number;
  /** SHA-256 of the state after the last tick: edges with their affinities, posts and their counters. */
  readonly state: string;
  /** Measures in the order of MEASURES, one row a tick. */
  readonly history: Float64Array;
  /** Of the ticks after the warm-up. */
  readonly milliseconds: number | null;
}

/** How a case is watched and stopped. */
export interface FeedSimWatch {
  readonly signal: AbortSignal;
  progress(ticks: number): void;
}

/** The compiled kernel, once it was asked for. */
let wasm: WebAssembly.Module | undefined;

/**
 * Runs a case on threads of its own, so that the caller's event loop stays free. When the signal aborts, ends the threads and
 * throws its reason.
 */
export async function runFeedSim(given: FeedSimCase, watch: FeedSimWatch): Promise<FeedSimResult> {
  const { seed, agents, ticks, threads = chooseThreads(agents) } = given;
  const layout = planWorld(seed, agents, threads);
  wasm ??= loadWasm();
  const place = placeFor(given.kernel ?? chooseKernel(wasm, layout.bytes), layout.bytes);
  const { control } = viewWorld(layout, place.memory.buffer);
  const history = new Float64Array(new SharedArrayBuffer(ticks * MEASURES.length * 8));
  const tasks = Array.from({ length: threads }, (_, lane): LaneTask => ({
    layout,
    lane,
    ticks,
    history,
    place,
  }));
  const timer = setInterval(() => watch.progress(ticksDone({ control })), PROGRESS_MS);
  try {
    const { state, milliseconds } = await runLanes(tasks, watch.signal);
    const checksum = checksumOf(history);
    return { threads, kernel: place.kernel, checksum, state, history, milliseconds };
  } finally {
    clearInterval(timer);
  }
}

function placeFor(kernel: KernelName, bytes: number): LanePlace {
  if (kernel === 'typescript') return { kernel, memory: { buffer: new SharedArrayBuffer(bytes) } };
  if (wasm === undefined) throw new Error('WebAssembly has no SIMD or no shared memory here');
  return { kernel, module: wasm, memory: wasmMemory(bytes) };
}

/** Runs lanes until all have ended; if one fails, or the signal aborts, none goes on. */
async function runLanes(tasks: readonly LaneTask[], signal: AbortSignal): Promise<LaneAnswer> {
  signal.throwIfAborted();
  const workers = tasks.map((workerData) => new Worker(LANE, { workerData }));
  const endAll = (): Promise<unknown> => Promise.all(workers.map((worker) => worker.terminate()));
  const abort = (): void => void endAll();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const [answer] = await Promise.all(workers.map(ended));
    return answer as LaneAnswer;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    await endAll();
  }
}

/** The last message of a worker that ends well. */
function ended(worker: Worker): Promise<LaneAnswer | undefined> {
  return new Promise((resolve, reject) => {
    let answer: LaneAnswer | undefined;
    worker.once('message', (message: LaneAnswer) => (answer = message));
    worker.once('error', reject);
    worker.once('exit', (code) =>
      code === 0 ? resolve(answer) : reject(new Error(`a lane of FeedSim ended with ${code}`)),
    );
  });
}
