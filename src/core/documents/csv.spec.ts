import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.js';

/** The cells of one record, as a reader of RFC 4180 finds them. */
function cellsOf(line: string): string[] {
  const cells = [...`,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,"]*))/g)];
  return cells.map(([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare);
}

describe('csvLine', () => {
  it('quotes what would be read otherwise', () => {
    expect(csvLine(['a', 'b,c', 'd "e"', 'f\ng', ['h', 'i']])).toBe('a,"b,c","d ""e""","f\ng",h|i\r\n');
  });

  it('makes text of what a spreadsheet would run, and leaves numbers alone', () => {
    expect(csvLine(['=1+1', '@x', -0.5, ['-a', 'b']])).toBe("'=1+1,'@x,-0.5,'-a|b\r\n");
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    "'=1",
    "''=1",
  ])('puts a quote mark before %j', (text) => expect(cellsOf(csvLine([text]))).toEqual([`'${text}`]));

  it.each(["it's", "'quoted'", '1-1', 'a=b', ' x', ''])('leaves %j alone', (text) =>
    expect(csvLine([text])).toBe(`${text}\r\n`),
  );

  it('can be undone by the rule that is documented', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom("'", '=', '-', '\t', '"', ',', '\r', '\n', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (texts) => {
        const read = cellsOf(csvLine(texts));
        expect(read.some((text) => /^[=+\-@\t\r\n＝＋－＠]/u.test(text))).toBe(false);
        expect(read.map((text) => (/^'+[=+\-@\t\r\n＝＋－＠]/u.test(text) ? text.slice(1) : text))).toEqual(
          texts,
        );
      }),
    );
  });
});
