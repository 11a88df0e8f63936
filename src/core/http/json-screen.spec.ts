import { describe, expect, it } from 'vitest';
import { screenJson } from './json-screen.js';

const nested = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

const wide = (values: number): string => `[${Array(values).fill('1').join(',')}]`;

describe('a JSON text', () => {
  it.each([
    ['lists', nested('[', ']', 32)],
    ['objects', nested('{"a":', '}', 32)],
    ['brackets within texts', JSON.stringify({ text: '[{'.repeat(1_000), more: '\\"[[[['.repeat(100) })],
    ['many lists beside each other', JSON.stringify(Array.from({ length: 1_000 }, () => [[]]))],
    ['a text that ends in backslashes', `{"a":"\\\\","b":${nested('[', ']', 31)}}`],
    ['a text that does not end', `"${'['.repeat(100)}`],
    ['nothing', ''],
  ])('may have %s', (_, text) => {
    expect(() => screenJson(text)).not.toThrow();
  });

  it.each([
    ['lists', nested('[', ']', 33)],
    ['objects', nested('{"a":', '}', 33)],
    ['lists after a text that ends in backslashes', `["\\\\",${nested('[', ']', 32)}]`],
    ['lists that never end', '['.repeat(1_000_000)],
  ])('is refused when %s are nested too deep', (_, text) => {
    expect(() => screenJson(text)).toThrow('the body must be nested at most 32 levels deep');
  });

  it('is refused when it has too many values', () => {
    expect(() => screenJson(wide(50_000))).not.toThrow();
    expect(() => screenJson(wide(50_001))).toThrow('the body must have at most 50000 values');
  });

  it('is looked at in one pass', () => {
    const quotes = `"${'\\"'.repeat(500_000)}"`;
    const started = performance.now();
    screenJson(quotes);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
