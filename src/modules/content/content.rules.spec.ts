import { describe, expect, it } from 'vitest';
import { checkBatchSize, DRAFTS_MAX, seedOf, targetOf } from './content.rules.js';
import { ContentError } from './content.errors.js';

describe('targetOf', () => {
  it('is an agent, or a population with its number of drafts', () => {
    expect(targetOf({ agent: 'a' })).toEqual({ agent: 'a' });
    expect(targetOf({ population: 'p' })).toEqual({ population: 'p', draftsPerAgent: 1 });
    expect(targetOf({ population: 'p', drafts_per_agent: 3 })).toEqual({
      population: 'p',
      draftsPerAgent: 3,
    });
  });

  it.each([
    [{}, 'give exactly one of agent and population'],
    [{ agent: 'a', population: 'p' }, 'give exactly one of agent and population'],
    [{ agent: 'a', drafts_per_agent: 2 }, 'drafts_per_agent belongs to population; one agent gets one draft'],
  ])('refuses %j', (target, message) => {
    expect(() => targetOf(target)).toThrow(message);
  });
});

describe('checkBatchSize', () => {
  it('accepts up to the limit and says what would fit', () => {
    expect(() => checkBatchSize(DRAFTS_MAX, 1)).not.toThrow();
    expect(() => checkBatchSize(DRAFTS_MAX / 4, 5)).toThrow('drafts_per_agent may be 4 here');
    expect(() => checkBatchSize(DRAFTS_MAX + 1, 1)).toThrow('take a smaller population');
  });
});

describe('seedOf', () => {
  it('prefers the given seed, then the configured one, then makes one', () => {
    expect(seedOf('a', 'b')).toBe('a');
    expect(seedOf(undefined, 'b')).toBe('b');
    expect(seedOf(undefined, undefined)).toMatch(/^[0-9a-f]{16}$/);
    expect(() => seedOf('', 'b')).toThrow('seed must be a text of 1 to 200 characters');
    expect(() => seedOf('x'.repeat(201), 'b')).toThrow(ContentError);
    expect(seedOf(undefined, undefined)).not.toBe(seedOf(undefined, undefined));
  });
});
