import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Policy, PolicyRule } from '../policy/policy.schema.js';
import {
  compilePolicies,
  MAX_MATCHES_PER_RULE,
  MAX_TEXT_LENGTH,
  type CompiledPolicies,
} from './compiled-policies.js';
import { ACTIONS, evaluate, MAX_MATCHES, type Evaluation } from './evaluate.js';
import { PatternMatcher } from './pattern-matcher.js';
import { TermMatcher } from './term-matcher.js';

const rule = (id: string, given: Partial<PolicyRule>): PolicyRule => ({
  id,
  title: `About ${id}`,
  severity: 'medium',
  action: 'review',
  tests: { matches: [''], passes: [''] },
  ...given,
});

const policy = (...rules: PolicyRule[]): Policy => ({
  id: 'house',
  version: '1.2.3',
  title: 'House',
  description: 'House',
  languages: ['en'],
  rules,
});

const RULES = [
  rule('bad', { terms: ['bad word'], action: 'block', severity: 'critical', label: 'bad' }),
  rule('odd', { terms: ['odd'], action: 'review', severity: 'medium' }),
  rule('tag', { terms: ['(tag|tags)'], action: 'label', severity: 'low', label: 'tagged' }),
  rule('mail', { patterns: ['[a-z]+@[a-z]+'], action: 'review', severity: 'high', label: 'a-mail' }),
];
const policies = compilePolicies([policy(...RULES)]);
const decide = (text: string, given: CompiledPolicies = policies): Evaluation =>
  evaluate([{ field: 'text', text }], given);

describe('evaluate', () => {
  it('allows what no rule matches', () => {
    const clean = {
      action: 'allow',
      compliance_score: 1,
      labels: [],
      matches: [],
      shadow_matches: [],
      scores: null,
    };
    expect(decide('Nothing to see')).toEqual(clean);
    expect(decide('')).toEqual(clean);
    expect(evaluate([], policies)).toEqual(clean);
  });

  it('tells which rule matched where', () => {
    expect(
      evaluate(
        [
          { field: 'caption', text: 'ok' },
          { field: 'alt_text', text: 'A b\u200bad  wórd.' },
        ],
        policies,
      ),
    ).toEqual({
      action: 'block',
      compliance_score: 0.1,
      labels: ['bad'],
      matches: [
        {
          policy: 'house',
          policy_version: '1.2.3',
          rule: 'bad',
          title: 'About bad',
          severity: 'critical',
          action: 'block',
          field: 'alt_text',
          start: 2,
          end: 12,
          text: 'b\u200bad  wórd',
          label: 'bad',
        },
      ],
      shadow_matches: [],
      scores: null,
    });
  });

  it('lets the strictest action win and keeps every match, by place', () => {
    const found = decide('tags, odd a@b bad word');
    expect(found.action).toBe('block');
    expect(found.matches.map((match) => match.rule)).toEqual(['tag', 'odd', 'mail', 'bad']);
    expect(found.labels).toEqual(['a-mail', 'bad', 'tagged']);
    expect(decide('odd tags').action).toBe('review');
    expect(decide('tags').action).toBe('label');
  });

  it('keeps the widest of the matches of a rule within one another', () => {
    const nested = compilePolicies([
      policy(rule('nest', { terms: ['b', 'a b', 'a b c'], patterns: ['b c d'] })),
    ]);
    expect(decide('a b c d, b', nested).matches.map((match) => match.text)).toEqual(['a b c', 'b c d', 'b']);
  });

  it('multiplies what each matched rule leaves of the score, once a rule', () => {
    expect(decide('tag').compliance_score).toBe(0.9);
    expect(decide('tag tag tags').compliance_score).toBe(0.9);
    expect(decide('tag odd').compliance_score).toBe(0.63);
    expect(decide('tag odd a@b bad word').compliance_score).toBe(0.0252);
  });

  it('keeps a bounded number of matches and loses no rule over it', () => {
    const many = decide(`${'tag '.repeat(3000)} bad word`);
    expect(many.action).toBe('block');
    expect(many.matches.filter((match) => match.rule === 'tag')).toHaveLength(MAX_MATCHES_PER_RULE);
    expect(many.matches.at(-1)?.rule).toBe('bad');
    const fields = Array.from({ length: 500 }, () => ({ field: 'f', text: 'tag '.repeat(20) }));
    const bounded = evaluate([...fields, { field: 'last', text: 'odd bad word' }], policies);
    expect(bounded.matches).toHaveLength(MAX_MATCHES + 2);
    expect(bounded.action).toBe('block');
  });

  it('sends a text that is too long to review, and still reads its beginning', () => {
    const long = decide('x'.repeat(1_000_000));
    expect(long.action).toBe('review');
    expect(long.matches.map((match) => [match.rule, match.start, match.end])).toEqual([
      ['text-too-long', MAX_TEXT_LENGTH, 1_000_000],
    ]);
    expect(decide(`bad word ${'x'.repeat(1_000_000)}`).action).toBe('block');
    expect(decide('x'.repeat(MAX_TEXT_LENGTH)).action).toBe('allow');
  });

  it('counts a rule that cannot be run as review, never as allow', () => {
    const scan = vi
      .spyOn(PatternMatcher.prototype, 'scan')
      .mockImplementation((_text, _limit, { fail }) => fail(3));
    const failed = decide('fine');
    scan.mockRestore();
    expect(failed).toMatchObject({
      action: 'review',
      matches: [{ rule: 'mail', action: 'review', text: '' }],
    });
    expect(failed.matches[0]?.title).toContain('could not be run');
  });

  it('counts a text that cannot be read as review', () => {
    const scan = vi.spyOn(TermMatcher.prototype, 'scan').mockImplementation(() => {
      throw new Error('broken');
    });
    const failed = decide('fine');
    scan.mockRestore();
    expect(failed).toMatchObject({ action: 'review', matches: [{ policy: 'guard', rule: 'text-not-read' }] });
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          'bad',
          'b4d',
          'word',
          'odd',
          '0dd',
          'tag',
          'a@b',
          ' ',
          '\u200b',
          '\u202e',
          '🎨',
          '$',
          '!',
          "'",
          '\ud800',
          'ñ',
          'ﬁ',
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('reports spans that lie in the source and slice to the reported text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const match of decide(text).matches) {
          expect(match.start).toBeGreaterThanOrEqual(0);
          expect(match.end).toBeGreaterThan(match.start);
          expect(match.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(match.start, match.end)).toBe(match.text);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says the same about the same texts, whatever it read before', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (given) => {
        const texts = given.map((text, at) => ({ field: `f${at}`, text }));
        expect(evaluate(texts, policies)).toEqual(evaluate(texts, compilePolicies([policy(...RULES)])));
      }),
    );
  });

  it('keeps the score in [0, 1] and the action of the strictest match', () => {
    const order: readonly string[] = ACTIONS;
    fc.assert(
      fc.property(anyText, (text) => {
        const found = decide(text);
        expect(found.compliance_score).toBeGreaterThanOrEqual(0);
        expect(found.compliance_score).toBeLessThanOrEqual(1);
        const strictest = Math.max(0, ...found.matches.map((match) => order.indexOf(match.action)));
        expect(found.action).toBe(order[strictest]);
      }),
    );
  });
});
