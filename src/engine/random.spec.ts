import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream, threefry2x32 } from './random.js';

describe('threefry2x32', () => {
  // Known answers for 13 rounds from the Random123 distribution (kat_vectors).
  it.each([
    { key: [0, 0], counter: [0, 0], answer: [0x9d1c5ec6, 0x8bd50731] },
    { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], answer: [0xfd36d048, 0x2d17272c] },
    { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], answer: [0xba3e4725, 0xf27d669e] },
  ])('answers $answer', ({ key, counter, answer }) => {
    const out = new Uint32Array(2);
    threefry2x32({ k0: key[0]!, k1: key[1]! }, counter[0]!, counter[1]!, out);
    expect([...out]).toEqual(answer);
  });
});

function draws(seed: string, subject: number): number[] {
  const stream = new RandomStream(keyFromText(seed), subject);
  return Array.from({ length: 5 }, () => stream.uint32());
}

describe('RandomStream', () => {
  it('gives the same draws for the same key and subject, and others for another', () => {
    expect(draws('20241005', 3)).toEqual(draws('20241005', 3));
    expect(draws('20241005', 3)).not.toEqual(draws('20241005', 4));
    expect(draws('20241005', 3)).not.toEqual(draws('20241006', 3));
  });

  it('stays in range and is near uniform', () => {
    const stream = new RandomStream(keyFromText('range'), 0);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 20_000; i += 1) counts[stream.below(10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
