import { describe, expect, it } from 'vitest';
import { COPY_AGENTS, copyLine } from './agent.copy.js';
import { createGenerator } from './create-generator.js';

describe('copyLine', () => {
  it('has as many columns as the statement, and escapes what COPY or an array would read', async () => {
    const generator = await createGenerator({ gender: 'male', count: 1, country: 'FR', seed: '1' });
    const agent = {
      ...generator.profile(0),
      name: 'Tab\there',
      bio: 'a\\b\nc\rd',
      interests: ['say "hi"', 'back\\slash'],
      attributes: { say: 'a\nb' },
    };
    const line = copyLine('p', 7, agent);
    const cells = line.trimEnd().split('\t');
    expect(cells).toHaveLength(COPY_AGENTS.split(',').length);
    expect(cells.slice(0, 3)).toEqual(['p', '7', agent.id]);
    expect(line.endsWith('\n')).toBe(true);
    expect(cells.slice(-2)).toEqual([String.raw`{"say":"a\\nb"}`, String.raw`\N`]);
    expect(cells).toContain(String.raw`Tab\there`);
    expect(cells).toContain(String.raw`a\\b\nc\rd`);
    expect(cells).toContain(String.raw`{"say \\"hi\\"","back\\\\slash"}`);
  });
});
