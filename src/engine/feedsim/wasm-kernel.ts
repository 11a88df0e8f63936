import type { Kernel } from './kernel.js';
import { laneTable } from './layout.js';
import type { World } from './world.js';

const PAGE = 65536;
/** The most pages that 32-bit addresses reach. */
const MOST_PAGES = 65536;

/** Whether memory of so many bytes can be had for the WebAssembly kernel. */
export function fitsWasm(bytes: number): boolean {
  return bytes <= PAGE * MOST_PAGES;
}

/** Shared memory of at least so many bytes, zeros. */
export function wasmMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The kernel that is built from assembly/feedsim, for one lane. @param memory that the world lies in */
export function wasmKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  { layout }: World,
  lane: number,
): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = exports as unknown as Kernel & { setup(table: number): void };
  kernel.setup(laneTable(layout, lane));
  return kernel;
}
