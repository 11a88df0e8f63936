import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Layout,
  ReferenceKernel,
  runLane,
  stateOf,
  viewWorld,
  WARM_UP,
  wasmKernel,
} from '../../../engine/feedsim/index.js';

/** What a thread is given. */
export interface LaneTask {
  readonly layout: Layout;
  readonly lane: number;
  readonly ticks: number;
  readonly history: Float64Array<SharedArrayBuffer>;
  readonly place: LanePlace;
}

/** Memory, and the kernel that works on it. */
export type LanePlace =
  | { readonly kernel: 'wasm'; readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory }
  | { readonly kernel: 'typescript'; readonly memory: { readonly buffer: SharedArrayBuffer } };

/** What lane 0 answers at the end. */
export interface LaneAnswer {
  /** SHA-256 of the state after the last tick. */
  readonly state: string;
  /** From the end of the warm-up to the end of the last tick; null where there is no more than the warm-up. */
  readonly milliseconds: number | null;
}

/** Bytes that a hash takes in at a time. */
const PIECE = 1 << 24;

function digestOf(views: readonly ArrayBufferView[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of views) {
    for (let at = 0; at < byteLength; at += PIECE) {
      hash.update(new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)));
    }
  }
  return hash.digest('hex');
}

const { layout, lane, ticks, history, place } = workerData as LaneTask;
const world = viewWorld(layout, place.memory.buffer);
let warm: number | undefined;
let done = 0;
const kernel = () =>
  place.kernel === 'wasm'
    ? wasmKernel(place.module, place.memory, world, lane)
    : new ReferenceKernel(world, lane);
runLane({ world, lane, ticks, kernel, history }, (tick) => {
  if (tick === WARM_UP) warm = performance.now();
  if (tick === ticks) done = performance.now();
});
if (lane === 0) {
  const milliseconds = warm === undefined || ticks === WARM_UP ? null : done - warm;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a worker thread has no origin
  parentPort?.postMessage({ state: digestOf(stateOf(world)), milliseconds } satisfies LaneAnswer);
}
