import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.js';

describe('a CSV file', () => {
  it('is read with quotes, line ends and commas in its fields', () => {
    expect(readCsv('\ufefftext,label\r\n"a ""b"", c\nd",1\nplain,0\n\nlast,\n', 'x.csv')).toEqual([
      { text: 'a "b", c\nd', label: '1' },
      { text: 'plain', label: '0' },
      { text: 'last', label: '' },
    ]);
    expect(readCsv('a,b\n1,', 'x.csv')).toEqual([{ a: '1', b: '' }]);
    expect(readCsv('', 'x.csv')).toEqual([]);
  });

  it('is refused where a quotation mark is not closed', () => {
    expect(() => readCsv('a\n"b', 'x.csv')).toThrow('x.csv:2: a quotation mark is not closed');
  });
});
