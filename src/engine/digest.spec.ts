import { describe, expect, it } from 'vitest';
import { Digest } from './digest.js';

function digestOf(...words: number[]): string {
  const digest = new Digest();
  for (const word of words) digest.add(word);
  return digest.toString();
}

describe('Digest', () => {
  it('has 16 hexadecimal digits, the lower eight of which are its value', () => {
    const digest = new Digest();
    digest.add(-1);
    expect(digest.toString()).toMatch(/^[0-9a-f]{16}$/u);
    expect(digest.value.toString(16).padStart(8, '0')).toBe(digest.toString().slice(8));
  });

  it('tells words, their order and their number apart', () => {
    const all = [digestOf(), digestOf(0), digestOf(0, 0), digestOf(1, 2), digestOf(2, 1), digestOf(1, 2, 0)];
    expect(new Set(all).size).toBe(all.length);
  });

  it('takes signed and unsigned spellings of one word for the same', () => {
    expect(digestOf(-2)).toBe(digestOf(0xfffffffe));
  });

  it('has no two equal lanes among a hundred thousand neighbours', () => {
    const lows = new Set<string>();
    const highs = new Set<string>();
    for (let word = 0; word < 100_000; word += 1) {
      const text = digestOf(word);
      highs.add(text.slice(0, 8));
      lows.add(text.slice(8));
    }
    expect([lows.size, highs.size].every((size) => size > 99_990)).toBe(true);
  });

  it('goes on from where it was saved', () => {
    const first = new Digest();
    first.add(7);
    const second = new Digest();
    second.restore(first.save());
    for (const digest of [first, second]) digest.add(8);
    expect(second.toString()).toBe(first.toString());
  });
});
