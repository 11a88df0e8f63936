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
    ['one name in several objects', '{"a":{"a":{"b":1}},"b":[{"a":1},{"a":1}],"":"a","c":"a"}'],
    ['colons within texts', '{"a":"b\\":\\"b","b":":"}'],
    ['names that others have only in part', '{"a":1,"a ":2,"A":3,"\\u0061\\u0062":4}'],
    ['colons that belong to nothing', ':::"a"::'],
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

  it.each([
    ['a', '{"a":1,"a":2}'],
    ['a', '{"a":1,"b":{"c":[]},"a":2}'],
    ['b', '[{"x":[{"b":1 , "c":{}, "b" : 1}]}]'],
    ['role', '{"role":"viewer","\\u0072ole":"admin"}'],
    ['__proto__', '{"__proto__":1,"__proto__":1}'],
    ['', '{"":1,"":2}'],
  ])('is refused when it has %j twice', (name, text) => {
    expect(() => screenJson(text)).toThrow(`the body must have every field once: "${name}" is there twice`);
  });

  it.each([
    ['quotes', `"${'\\"'.repeat(500_000)}"`],
    ['colons', `"${'\\n'.repeat(250_000)}"${':'.repeat(500_000)}`],
    ['colons within a list', `["${'\\n'.repeat(250_000)}"${':'.repeat(500_000)}`],
    ['names', `{${Array.from({ length: 49_999 }, (_, n) => `"${n}":${n}`).join(',')}}`],
  ])('of %s is looked at in one pass', (_, text) => {
    const started = performance.now();
    screenJson(text);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
