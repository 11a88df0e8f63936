import { describe, expect, it } from 'vitest';
import type { Signals } from '../../../engine/index.js';
import { expressionProblem, feedOfExpression } from './feed-expression.js';

const CANDIDATE = { edge: 3, affinity: 0.5, interest: 0.25, recency: 0.1 } as Signals;

describe('an expression as a feed', () => {
  it.each([
    ['affinity + 2.0 * interest', 1],
    ['followed ? affinity : 1.0', 0.5],
    ['max(recency, 0.3)', 0.3],
    ['min(recency, 0.3)', 0.1],
  ])('%s gives %d', (expression, score) => {
    expect(expressionProblem(expression)).toBeUndefined();
    expect(feedOfExpression(expression).score(CANDIDATE)).toBe(score);
  });

  it('is made of the signals that it names', () => {
    const source = 'followed ? max(recency, 0.3) : affinity * reactions';
    expect(feedOfExpression(source).parts).toEqual(['affinity', 'recency', 'reactions']);
  });

  it.each([
    ['affinty', /affinty.*signals are followed, affinity/u],
    ['1', /type int, expected double/u],
    ['followed', /type bool, expected double/u],
    ['affinity +', /Unexpected token/u],
    ['[1.0].map(x, x)[0]', /./u],
  ])('%s is refused', (expression, problem) => {
    expect(expressionProblem(expression)).toMatch(problem);
  });

  it('shows what has no number last', () => {
    expect(feedOfExpression('recency / 0.0').score(CANDIDATE)).toBe(-1e38);
    expect(feedOfExpression('affinity * 1e300').score(CANDIDATE)).toBe(1e38);
  });
});
