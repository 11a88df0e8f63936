import { describe, expect, it } from 'vitest';
import { findPii, redact } from './index.js';

const span = (start: number, end: number): { start: number; end: number } => ({ start, end });

describe('redaction', () => {
  it('covers what is found and keeps every offset', () => {
    const text = 'Ana 🎨, ana@example.com, tel. +34 612 345 678.';
    const spans = findPii(text);
    const redacted = redact(text, spans);
    expect(redacted).toBe('Ana 🎨, ███████████████, tel. ███████████████.');
    expect(redacted).toHaveLength(text.length);
    for (const { start, end } of spans) expect(redacted.slice(start, end)).toMatch(/^█+$/u);
    expect(findPii(redacted)).toEqual([]);
  });

  it('takes spans in any order that may overlap', () => {
    expect(redact('0123456789', [span(6, 8), span(1, 4), span(2, 5)])).toBe('0████5██89');
    expect(redact('0123456789', [span(1, 6), span(2, 3)])).toBe('0█████6789');
    expect(redact('0123456789', [])).toBe('0123456789');
  });

  it.each([
    [-1, 2],
    [3, 2],
    [0, 4],
  ])('refuses a span [%d, %d) that does not lie in the text', (start, end) => {
    expect(() => redact('abc', [span(start, end)])).toThrow(RangeError);
  });
});
