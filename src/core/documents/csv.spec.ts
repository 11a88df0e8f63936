import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.js';

describe('csvLine', () => {
  it('quotes what would be read otherwise', () => {
    expect(csvLine(['a', 'b,c', 'd "e"', 'f\ng', ['h', 'i']])).toBe('a,"b,c","d ""e""","f\ng",h|i\r\n');
  });

  it('makes text of what a spreadsheet would run, and leaves numbers alone', () => {
    expect(csvLine(['=1+1', '@x', -0.5, ['-a', 'b']])).toBe("'=1+1,'@x,-0.5,'-a|b\r\n");
  });
});
