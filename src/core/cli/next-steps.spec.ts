import { describe, expect, it } from 'vitest';
import { ApiError } from '@azt3knet/client';
import { AppError } from '../errors/index.js';
import { stepsAfter } from './next-steps.js';

const ERRORS = [
  { field: 'interests[0]', message: 'Claims to be human' },
  { field: 'review_id', message: '8be0' },
  { field: 'seed', message: "it's 7" },
];
const hint = (words: string): string => `azt3knet ${words} --api-url https://lab.example`;

describe('what a person can do about a refusal of the guard', () => {
  it('is the review, and the same command with the seed', () => {
    const error = new ApiError(422, 'compliance_refused', 'interests: it waits for review', ERRORS);
    const words = ['--seed=1', 'populate', '--city', 'Mexico City', '--seed', '2', '--persist'];
    expect(stepsAfter(error, hint, words).slice(1)).toEqual([
      'azt3knet review claim 8be0 --api-url https://lab.example',
      'azt3knet review decide 8be0 --verdict release --reason "why it may" --api-url https://lab.example',
      String.raw`azt3knet populate --city 'Mexico City' --persist --seed 'it'\''s 7'`,
    ]);
  });

  it('begins with an appeal against a block, also of a job', () => {
    const error = new AppError(
      'refused',
      'compliance_refused',
      'the population: the guard blocks it',
      ERRORS,
    );
    expect(stepsAfter(error, hint, ['populate'])[1]).toMatch(/^azt3knet review appeal 8be0 /);
  });

  it('takes the seed that was told last, where the guard said something of the seed', () => {
    const errors = [{ field: 'seed', message: 'Reads like hate' }, ...ERRORS];
    const steps = stepsAfter(new ApiError(422, 'compliance_refused', 'seed: it waits', errors), hint, [
      'populate',
    ]);
    expect(steps.at(-1)).toBe(String.raw`azt3knet populate --seed 'it'\''s 7'`);
  });

  it('is nothing where there is no review', () => {
    expect(stepsAfter(new ApiError(422, 'compliance_refused', 'x'), hint, [])).toEqual([]);
    expect(stepsAfter(new AppError('invalid', 'other', 'x', ERRORS), hint, [])).toEqual([]);
    expect(stepsAfter(new TypeError('x'), hint, [])).toEqual([]);
  });
});
