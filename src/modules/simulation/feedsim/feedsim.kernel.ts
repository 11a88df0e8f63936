import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { PROJECT_ROOT } from '../../../core/project.js';
import { fitsWasm, type KernelName } from '../../../engine/feedsim/index.js';

/** Where `npm run build` puts the kernel of assembly/feedsim. */
const KERNEL = join(PROJECT_ROOT, 'dist', 'program', 'feedsim.wasm');
/** Agents that are worth a thread of their own: with fewer, threads wait for each other more than they help. */
const AGENTS_A_THREAD = 10_000;

/** The most threads of a run. */
export const MAX_THREADS = 64;

/** The compiled kernel, or nothing where WebAssembly has no SIMD or no shared memory. */
export function loadWasm(): WebAssembly.Module | undefined {
  const bytes = readFileSync(KERNEL);
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}

/** The kernel for a world of so many bytes: WebAssembly where it is there and its addresses reach, otherwise TypeScript. */
export function chooseKernel(wasm: WebAssembly.Module | undefined, bytes: number): KernelName {
  return wasm !== undefined && fitsWasm(bytes) ? 'wasm' : 'typescript';
}

/** How many threads a run takes: one below 20,000 agents, then one for every 10,000, as many as there are cores. */
export function chooseThreads(agents: number, cores: number = availableParallelism()): number {
  return Math.max(1, Math.min(Math.floor(agents / AGENTS_A_THREAD), cores, MAX_THREADS));
}
