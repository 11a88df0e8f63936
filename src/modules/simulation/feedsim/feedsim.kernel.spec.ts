import { describe, expect, it } from 'vitest';
import { chooseKernel, chooseThreads, MAX_THREADS } from './feedsim.kernel.js';

describe('chooseThreads', () => {
  it.each([
    [1, 8, 1],
    [19_999, 8, 1],
    [20_000, 8, 2],
    [20_000, 1, 1],
    [1_000_000, 8, 8],
    [10_000_000, 500, MAX_THREADS],
  ])('gives %i agents on %i cores %i', (agents, cores, threads) => {
    expect(chooseThreads(agents, cores)).toBe(threads);
  });
});

describe('chooseKernel', () => {
  const wasm = {} as WebAssembly.Module;

  it('takes WebAssembly where it is there and reaches', () => {
    expect(chooseKernel(wasm, 2 ** 32)).toBe('wasm');
  });

  it('takes TypeScript where WebAssembly has no SIMD, or its addresses do not reach', () => {
    expect(chooseKernel(undefined, 1000)).toBe('typescript');
    expect(chooseKernel(wasm, 2 ** 32 + 1)).toBe('typescript');
  });
});
