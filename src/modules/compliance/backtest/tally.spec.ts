import { describe, expect, it } from 'vitest';
import { fitOf, type BacktestItem } from './tally.js';

const item = (expected: boolean | null, action: 'allow' | 'block'): BacktestItem => {
  const verdict = { action, rules: [], shadow_rules: [] };
  return {
    id: 'x',
    expected,
    before: { ...verdict, action: 'allow' },
    after: verdict,
    changed: action !== 'allow',
  };
};

const flags = ({ action }: { action: string }): boolean => action === 'block';

describe('the fit of a policy', () => {
  const items = [
    item(true, 'block'),
    item(true, 'allow'),
    item(true, 'block'),
    item(false, 'block'),
    item(null, 'block'),
  ];

  it('is precision and recall over what is labelled', () => {
    expect(fitOf(items, 'after', flags)).toEqual({
      labelled: 4,
      flagged: 3,
      precision: 0.6667,
      recall: 0.6667,
    });
  });

  it('says nothing where nothing was flagged or labelled', () => {
    expect(fitOf(items, 'before', flags)).toEqual({ labelled: 4, flagged: 0, precision: null, recall: 0 });
    expect(fitOf([item(null, 'block')], 'after', flags)).toMatchObject({ precision: null, recall: null });
  });
});
