import { describe, expect, it } from 'vitest';
import { modelSeed } from './feedsim.execution.js';

describe('modelSeed', () => {
  it.each([
    ['12345', 12345],
    ['0', 0],
    ['4294967295', 4294967295],
  ])('takes %s as the number that it is', (text, number) => {
    expect(modelSeed(text)).toBe(number);
  });

  it.each(['4294967296', '-1', '1.5', 'a text', '00000000001'])('hashes %s', (text) => {
    expect(modelSeed(text)).toBe(modelSeed(text));
    expect(Number.isInteger(modelSeed(text)) && modelSeed(text) >= 0 && modelSeed(text) <= 0xffffffff).toBe(
      true,
    );
  });

  it('tells texts apart', () => {
    expect(new Set(['a', 'b', '4294967296', '4294967297'].map((text) => modelSeed(text))).size).toBe(4);
  });
});
