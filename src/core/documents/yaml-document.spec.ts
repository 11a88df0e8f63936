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
});
