import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedString, sourceSpan, MAX_FOLDED_LENGTH, TextFolder } from './folding.js';

const folder = new TextFolder();
const fold = (text: string): string => foldedString(folder.fold(text));

describe('folding', () => {
  it.each([
    ['Street ART', 'street art'],
    ['Año, RÁPIDO, Çöp, Straße', 'ano, rapido, cop, strasse'],
    ['n\u0303 e\u0301', 'n e'],
    ['ｂｉｔ．ｌｙ／ａ', 'bit.ly/a'],
    ['𝓚𝓲𝓵𝓵 𝕜𝕚𝕝𝕝 Ⓚⓘⓛⓛ 🅺🅸🅻🅻', 'kill kill kill kill'],
    ['кіll аll', 'kill all'],
    ['ᴋɪʟʟ', 'kill'],
    ['k\u200bi\u200cl\u200dl\u2060\ufeff\u00ad', 'kill'],
    ['\u202ek\u2066i\u200fll\u202c', 'kill'],
    ['k\u0336i\u0336l\u0336l\u0336', 'kill'],
    ['a\t\r\n  \u00a0\u3000b', 'a b'],
    ['nul\u0000bell\u0007', 'nulbell'],
    ['ﬁne ½ …', 'fine 1/2 ...'],
    ['٤٥ ４５ ४५', '45 45 45'],
    ['don’t', "don't"],
    ['', ''],
  ])('folds %j to %j', (text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  it('keeps emoji and lone surrogates', () => {
    expect(fold('🎨\ud800x\udfff')).toBe('🎨\ud800x\udfff');
  });

  it('leads every place back to the source', () => {
    const source = 'A\u200bÑ  ﬁn 𝓚ill';
    const folded = folder.fold(source);
    const text = foldedString(folded);
    expect(text).toBe('an fin kill');
    const spanOf = (part: string): string => {
      const at = text.indexOf(part);
      return source.slice(...sourceSpan(folded, at, at + part.length));
    };
    expect(spanOf('an')).toBe('A\u200bÑ');
    expect(spanOf('fi')).toBe('ﬁ');
    expect(spanOf('kill')).toBe('𝓚ill');
  });

  it('needs no map where every character stays in its place', () => {
    expect(folder.fold('Plain text, año 2024').starts).toBeNull();
  });

  it('does not mix up texts of different lengths', () => {
    const long = 'é\u200b'.repeat(5000);
    expect(fold(long)).toBe('e'.repeat(5000));
    expect(fold('b')).toBe('b');
    expect(fold('ﷺ'.repeat(2000))).toHaveLength(18 * 2000);
  });

  it('stops, and says so, where few characters become many', () => {
    const { length, cut } = folder.fold('ﷺ'.repeat(20_000));
    expect(length).toBeLessThan(MAX_FOLDED_LENGTH + 18);
    expect(cut).toBe(true);
    expect(folder.fold('ﷺ').cut).toBe(false);
  });

  it('maps into the source, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (source) => {
        const folded = folder.fold(source);
        let last = 0;
        for (let at = 0; at < folded.length; at += 1) {
          const [start, end] = sourceSpan(folded, at, at + 1);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(source.length);
          last = start;
        }
      }),
    );
  });

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (source) => {
        const once = fold(source);
        expect(fold(once)).toBe(once);
      }),
    );
  });
});
