import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import { LineBuffer, NameTable } from './line-buffer.js';

function written(put: (buffer: LineBuffer) => void): string {
  const buffer = new LineBuffer();
  put(buffer);
  return Buffer.from(buffer.take()).toString();
}

const LIMITS = [0, -0, 1, 9, 10, 99, 100, 101, 999, 1000, 65535, 99_999, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e21];
const FRACTIONS = [0.5, 0.1, 1e-7, 1e-4, 0.00005, 0.99995, 12.3456, 12.34, 200_000.1234, 300_000.5, 1e22];

describe('LineBuffer', () => {
  it('writes numbers as JSON does', () => {
    const stream = new RandomStream(keyFromText('numbers'), 0);
    const drawn = Array.from({ length: 2000 }, () => Math.floor(stream.unit() * 10 ** stream.below(16)));
    for (const value of [...LIMITS, ...drawn, ...FRACTIONS]) {
      expect(written((buffer) => buffer.number(value))).toBe(JSON.stringify(value));
      expect(written((buffer) => buffer.number(-value))).toBe(JSON.stringify(-value));
    }
  });

  it('rounds to four decimals, and writes what is left as JSON does', () => {
    const stream = new RandomStream(keyFromText('fractions'), 0);
    const drawn = Array.from({ length: 5000 }, () => stream.unit() * 10 ** (stream.below(12) - 4));
    for (const value of [...LIMITS, ...FRACTIONS, ...drawn].flatMap((each) => [each, -each])) {
      expect(written((buffer) => buffer.rounded(value))).toBe(
        JSON.stringify(Math.round(value * 10_000) / 10_000),
      );
    }
    expect(written((buffer) => buffer.rounded(Number.NaN))).toBe('null');
  });

  it('writes names as JSON does, each made once, and nothing for those there are not', () => {
    const asked: number[] = [];
    const names = new NameTable((key) => {
      asked.push(key);
      return key === 7 ? undefined : `${'long '.repeat(500)}"${key}" \\ ñ\n`;
    });
    const before = Buffer.from(',');
    for (const key of [3, 5000, 3]) {
      const text = written((buffer) => buffer.name(before, names, key));
      expect(JSON.parse(text.slice(1))).toBe(`${'long '.repeat(500)}"${key}" \\ ñ\n`);
    }
    expect(asked).toEqual([3, 5000]);
    expect(written((buffer) => buffer.name(before, names, 7))).toBe('');
    expect(written((buffer) => buffer.name(before, names, -1))).toBe('');
  });

  it('grows, and forgets what was taken', () => {
    const buffer = new LineBuffer();
    for (let n = 0; n < 50_000; n += 1) buffer.number(12_345);
    expect(buffer.size).toBe(250_000);
    expect(Buffer.from(buffer.take()).toString()).toBe('12345'.repeat(50_000));
    buffer.number(1);
    expect(Buffer.from(buffer.take()).toString()).toBe('1');
  });
});
