import { describe, expect, it } from 'vitest';
import { MAX_LISTED, MAX_LISTED_LENGTH } from './condition-language.js';
import { findReferences } from './references.js';

describe('where a text points to', () => {
  it.each([
    ['see https://www.example.com/a?b and bit.ly/x', ['example.com', 'bit.ly']],
    ['(http://a.example) "www.b.example"', ['a.example', 'b.example']],
    ['ftp://files.example', ['files.example']],
    ['version 1.2.3, node.js, end.of a sentence', []],
    ['https://', []],
  ])('links of %s', (text, links) => {
    expect(findReferences(text).links).toEqual(links);
  });

  it('hashtags and mentions by name, not those within mail addresses', () => {
    expect(findReferences('#streetart, #mural_1 @ana (@luis) eva@example.com # @')).toEqual({
      links: [],
      hashtags: ['streetart', 'mural_1'],
      mentions: ['ana', 'luis'],
    });
  });

  it.each(['#a ', '@a ', 'a.example/x ', 'https://a.example', '#'.repeat(300), `@${'a'.repeat(300)} `])(
    'is bounded on 20,000 characters of %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(20_000 / unit.length));
      const started = performance.now();
      const lists = Object.values(findReferences(text)) as string[][];
      expect(performance.now() - started).toBeLessThan(200);
      for (const list of lists) {
        expect(list.length).toBeLessThanOrEqual(MAX_LISTED);
        for (const each of list) expect(each.length).toBeLessThanOrEqual(MAX_LISTED_LENGTH);
      }
    },
  );
});
