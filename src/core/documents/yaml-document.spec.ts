import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYamlDocument } from './yaml-document.js';

const schema = z.strictObject({
  id: z.string(),
  ticks: z.int().min(1),
  graph: z.strictObject({ degree: z.number() }).optional(),
});
const parse = (text: string) => parseYamlDocument(text, 'a.yaml', schema);

describe('parseYamlDocument', () => {
  it('returns what the schema makes of it', () => {
    expect(parse('id: a\nticks: 3\n')).toEqual({ id: 'a', ticks: 3 });
  });

  it.each([
    ['id: a\nticks: none\n', 'a.yaml:2:8: ticks: '],
    ['id: a\nticks: 1\ngraph:\n  degree: many\n', 'a.yaml:4:11: graph.degree: '],
    ['id: a\nticks: 1\ngraph:\n  degree: 1\n  typo: 2\n', 'a.yaml:5:9: graph.typo: '],
    ['id: a\n', 'a.yaml:1:1: ticks: '],
    ['id: a\nid: b\nticks: 1', 'a.yaml:2:1: '],
    ['id: [a\n', 'a.yaml:2:1: '],
    ['', 'a.yaml:1:1: '],
  ])('names the line of what is wrong in %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('names every wrong place', () => {
    expect(() => parse('ticks: 0\nextra: 1\n')).toThrow(/id[\s\S]*ticks[\s\S]*extra/);
  });

  it('refuses aliases that would expand without end', () => {
    const bomb = `id: a\nticks: 1\nx0: &x0 [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 8 }, (_, i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(9)}]`).join('\n')}`;
    expect(() => parse(bomb)).toThrow(/a\.yaml:1:1: .*alias/i);
  });

  it.each([
    ['keys within keys', '? '.repeat(60_000), 'a.yaml:1:1: writes a key with ?'],
    ['lists within lists', '- '.repeat(60_000), 'a.yaml:1:17: has more than 8 levels in one line'],
    [
      'brackets',
      `id: a\nx: ${'['.repeat(120_000)}`,
      'a.yaml:2:36: has more than 32 brackets within brackets',
    ],
    ['anchors', 'x: &a b\n'.repeat(10_000), 'a.yaml:101:4: has more than 100 anchors and tags'],
    ['aliases', `a: &a 1\n${'x: *a\n'.repeat(10_000)}`, 'a.yaml:102:4: has more than 100 aliases'],
    ['parts', 'a: b\n'.repeat(20_000), 'has too many parts'],
    ['characters', `# ${'x'.repeat(131_072)}`, 'a.yaml:1:1: is longer than 131072 bytes'],
    ['mistakes', 'a: b: c\n'.repeat(5_000), 'a.yaml:1:4: Nested mappings'],
    ['directives', `%YAML 1.1\n---\na: &a {id: x}\n<<: *a\nticks: 1\n`, 'a.yaml:4:5: <<: is not known here'],
    [
      'expansions',
      `id: &a "${'x'.repeat(60_000)}"\nticks: [*a, *a]\n`,
      'a.yaml:1:1: its aliases expand to more than 131072',
    ],
    ['NUL', 'id: a\nticks: 1\0\n', 'a.yaml:2:9: has a character that no text has'],
    ['a written NUL', 'id: "\\0"\nticks: 1\n', 'a.yaml:1:5: has a character that no text has'],
    ['half a surrogate pair', 'id: "\\ud800"\nticks: 1\n', 'a.yaml:1:5: has a character that no text has'],
    ['keys that are lists', '[a]: 1\n', 'a.yaml:1:1: a key is a text'],
    ['unknown tags', 'id: !secret a\nticks: 1\n', 'a.yaml:1:5: Unresolved tag: !secret'],
  ])('refuses too many or strange %s within a second', (_what, text, message) => {
    const started = performance.now();
    expect(() => parse(text)).toThrow(message);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('names the first fifty mistakes', () => {
    const text = Array.from({ length: 80 }, (_, i) => `typo${i}: 1\n`).join('');
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ issues: expect.objectContaining({ length: 50 }) }),
    );
  });

  it('takes ordinary long documents', () => {
    const items = Array.from({ length: 2_000 }, (_, i) => `- {a: ${i}, b: [x, "? & *"]} # note`).join('\n');
    expect(parseYamlDocument(items, 'b.yaml', z.array(z.object({ a: z.int() })))).toHaveLength(2_000);
  });
});
