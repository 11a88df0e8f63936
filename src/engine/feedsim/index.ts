export { ticksDone } from './barrier.js';
export type { Kernel, KernelName } from './kernel.js';
export { runLane } from './lane.js';
export type { Layout } from './layout.js';
export { checksumOf, checksumsOf, MEASURES, WARM_UP } from './model.js';
export { ReferenceKernel } from './reference-kernel.js';
export { fitsWasm, wasmKernel, wasmMemory } from './wasm-kernel.js';
export { planWorld, stateOf, viewWorld, type World } from './world.js';
