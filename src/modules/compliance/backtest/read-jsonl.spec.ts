import { describe, expect, it } from 'vitest';
import { readJsonl } from './read-jsonl.js';

describe('readJsonl', () => {
  it('reads an object a line, whatever its values', () => {
    expect(readJsonl('\ufeff{"text":"a, b","label":1}\r\n\n{"text":"c\\nd","label":true}\n', 'x')).toEqual([
      { text: 'a, b', label: '1' },
      { text: 'c\nd', label: 'true' },
    ]);
    expect(readJsonl('', 'x')).toEqual([]);
  });

  it.each(['{"text":', '"text"', '[1]', 'null'])('says at which line %j stands', (line) => {
    expect(() => readJsonl(`{}\n${line}`, 'x.jsonl')).toThrow(/^x\.jsonl:2: /u);
  });
});
