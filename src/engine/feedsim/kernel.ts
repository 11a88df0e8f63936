/** The work of one lane in a tick. All lanes act before any commits, and commit before any acts again. */
export interface Kernel {
  /** Decides what the lane's agents do, from the state at the tick's start. */
  act(tick: number): void;
  /** Changes the lane's agents and their posts. */
  commit(tick: number): void;
}

/** The two implementations, which agree bit for bit: readable TypeScript, and AssemblyScript with SIMD. */
export type KernelName = 'typescript' | 'wasm';
