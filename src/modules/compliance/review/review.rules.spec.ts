import { describe, expect, it } from 'vitest';
import {
  consequenceOf,
  needsReview,
  severityOf,
  VERDICTS,
  type GivenOpinion,
  type Standing,
  type Verdict,
} from './review.rules.js';

const says = (verdict: Verdict, ...labels: string[]): GivenOpinion => ({ verdict, labels });
const standing = (given: Partial<Standing> = {}): Standing => ({
  status: 'open',
  severity: 'medium',
  against: null,
  given: [],
  ...given,
});

const match = (action: 'label' | 'review', severity: 'low' | 'high' | 'critical') => ({
  action,
  severity,
});

describe('what waits for people', () => {
  it('is neither what may go on nor what is blocked', () => {
    expect((['allow', 'label', 'review', 'block'] as const).filter(needsReview)).toEqual(['review']);
  });

  it('is as grave as the gravest rule that held it', () => {
    expect(severityOf([match('label', 'critical'), match('review', 'low'), match('review', 'high')])).toBe(
      'high',
    );
    expect(severityOf([])).toBe('medium');
  });
});

describe('an opinion', () => {
  it.each([
    ['uphold', 'block'],
    ['release', 'allow'],
    ['label', 'label'],
  ] as const)('%s closes a review of medium severity with %s', (verdict, outcome) => {
    expect(consequenceOf(standing(), says(verdict, 'satire'), false)).toEqual({
      status: 'closed',
      outcome,
      labels: ['satire'],
    });
  });

  it('alone lets nothing grave go on, but holds it', () => {
    for (const severity of ['high', 'critical'] as const) {
      expect(consequenceOf(standing({ severity }), says('release'), false).status).toBe('second_opinion');
      expect(consequenceOf(standing({ severity }), says('label', 'x'), false).status).toBe('second_opinion');
      expect(consequenceOf(standing({ severity }), says('uphold'), false).status).toBe('closed');
    }
  });

  it('brings in another person where its giver wants that', () => {
    for (const verdict of VERDICTS) {
      expect(consequenceOf(standing(), says(verdict), true)).toEqual({ status: 'second_opinion' });
    }
  });

  it('of a second person closes it when the two agree, with the labels of both', () => {
    const second = standing({ status: 'second_opinion', severity: 'high', given: [says('label', 'satire')] });
    expect(consequenceOf(second, says('label', 'quote'), true)).toEqual({
      status: 'closed',
      outcome: 'label',
      labels: ['quote', 'satire'],
    });
    expect(consequenceOf(second, says('uphold'), false)).toEqual({ status: 'disputed' });
    expect(consequenceOf(second, says('release'), false)).toEqual({ status: 'disputed' });
  });

  it('of a third decides', () => {
    const given = [says('uphold'), says('label', 'satire')];
    const disputed = standing({ status: 'disputed', severity: 'critical', given });
    expect(consequenceOf(disputed, says('label', 'quote'), true)).toEqual({
      status: 'closed',
      outcome: 'label',
      labels: ['quote', 'satire'],
    });
    expect(consequenceOf(disputed, says('release'), false)).toEqual({
      status: 'closed',
      outcome: 'allow',
      labels: [],
    });
  });

  it('that overturns what was appealed against needs a second; one that does not, none', () => {
    const appealed = standing({ against: 'block', severity: 'low' });
    expect(consequenceOf(appealed, says('release'), false)).toEqual({ status: 'second_opinion' });
    expect(consequenceOf(appealed, says('uphold'), false)).toMatchObject({
      status: 'closed',
      outcome: 'block',
    });
  });
});
