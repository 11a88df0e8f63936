import { describe, expect, it } from 'vitest';
import type { Policy, PolicyRule } from '../policy/policy.schema.js';
import { compilePolicies } from './compiled-policies.js';
import { ACTIONS, evaluate, type Circumstances, type Evaluation } from './evaluate.js';
import type { CompileOptions } from './finders.js';
import { isInShare } from './share.js';
import type { ScoreHead, TextClassifier } from './text-classifier.js';

const rule = (id: string, given: Partial<PolicyRule>): PolicyRule => ({
  id,
  title: `About ${id}`,
  severity: 'medium',
  action: 'review',
  tests: { matches: [''], passes: [''] },
  ...given,
});

const policy = (rules: PolicyRule[], sets: Policy['sets'] = {}): Policy => ({
  id: 'house',
  version: '1.2.3',
  title: 'House',
  description: 'House',
  languages: ['en'],
  sets,
  rules,
});

/** Scores a text by how often it says the head's name: one in two words is 0.5. */
function fakeClassifier(heads: readonly ScoreHead[], counted?: { asked: number }): TextClassifier {
  return {
    version: 'fake-1',
    heads,
    scores: (text) => {
      if (counted !== undefined) counted.asked += 1;
      const words = text.split(' ');
      return Float32Array.from(heads, (head) => words.filter((word) => word === head).length / words.length);
    },
    explain: (text, head) => {
      const start = text.indexOf(head);
      return start < 0 ? [] : [{ start, end: start + head.length }];
    },
    language: (text) => (text.includes('ñ') ? 'es' : 'en'),
  };
}

function judge(
  text: string,
  rules: PolicyRule[],
  {
    sets,
    options,
    circumstances,
  }: { sets?: Policy['sets']; options?: CompileOptions; circumstances?: Circumstances } = {},
): Evaluation {
  return evaluate([{ field: 'text', text }], compilePolicies([policy(rules, sets)], options), circumstances);
}

const found = ({ matches }: Evaluation): string[] => matches.map((match) => `${match.rule}:${match.text}`);

describe('the action of several rules', () => {
  it('is the strictest, in the order allow, label, review, escalate, block', () => {
    const rules = ACTIONS.map((action) => rule(action, { action, label: 'a', terms: [`say ${action}`] }));
    for (const [at, action] of ACTIONS.entries()) {
      const text = ACTIONS.slice(0, at + 1)
        .map((each) => `say ${each}`)
        .join(', ');
      const evaluation = judge(text, rules);
      expect(evaluation.action).toBe(action);
      expect(evaluation.matches).toHaveLength(at + 1);
    }
  });

  it('keeps the match of a rule that allows, at no cost of the score', () => {
    const evaluation = judge('fine', [rule('ok', { action: 'allow', terms: ['fine'] })]);
    expect(evaluation).toMatchObject({
      action: 'allow',
      compliance_score: 1,
      matches: [{ action: 'allow' }],
    });
  });
});

describe('the condition of a rule', () => {
  it('decides alone where the rule looks for nothing, and marks the whole text', () => {
    const long = rule('long', { condition: 'length > 10' });
    expect(found(judge('short', [long]))).toEqual([]);
    expect(found(judge('a longer text', [long]))).toEqual(['long:a longer text']);
  });

  it('lets through what the rule finds only where it holds', () => {
    const risky = rule('risky', { terms: ['dm me'], condition: 'links.size() > 0' });
    expect(found(judge('dm me', [risky]))).toEqual([]);
    expect(found(judge('dm me at https://a.example/x', [risky]))).toEqual(['risky:dm me']);
    expect(found(judge('see https://a.example/x', [risky]))).toEqual([]);
  });

  it('counts what rules and sets find, overlaps once, whatever the status of the rule', () => {
    const counted = rule('slurs', { status: 'retired', terms: ['bad', 'bad word'] });
    const heavy = rule('heavy', { condition: 'lexicon.slurs >= 2 && lexicon.soft_words >= 1' });
    const sets = { 'soft-words': ['please', 'kindly do'] };
    expect(found(judge('bad word, please', [counted, heavy], { sets }))).toEqual([]);
    expect(found(judge('bad word, b4d, kindly do', [counted, heavy], { sets }))).toHaveLength(1);
  });

  it('sees personal data by kind', () => {
    const leak = rule('leak', { condition: 'pii.email >= 2' });
    expect(found(judge('a@example.com', [leak]))).toEqual([]);
    expect(found(judge('a@example.com b@example.com', [leak]))).toHaveLength(1);
  });

  it('is asked again for another context, also where it reads nothing of the text', () => {
    const policies = compilePolicies([policy([rule('busy', { condition: 'rate.last_hour > 5' })])]);
    const actionWith = (last_hour: number): string =>
      evaluate(
        [
          { field: 'a', text: 'x' },
          { field: 'b', text: 'y' },
        ],
        policies,
        {
          context: { rate: { last_hour } },
        },
      ).action;
    expect([1, 9, 1].map(actionWith)).toEqual(['allow', 'review', 'allow']);
    expect(evaluate([{ field: 'a', text: 'x' }], policies).action).toBe('allow');
  });

  it('sees the context, and defaults where there is none', () => {
    const rules = [
      rule('limit', { condition: 'platform.max_length > 0 && length > platform.max_length' }),
      rule('anonymous', {
        action: 'label',
        label: 'a',
        condition: 'agent.id == "" && history.decisions == 0',
      }),
    ];
    expect(found(judge('four', rules))).toEqual(['anonymous:four']);
    const context = { platform: { max_length: 3 }, agent: { id: 'x' } };
    expect(found(judge('four', rules, { circumstances: { context } }))).toEqual(['limit:four']);
  });

  it('asks the classifier once a text, only when a condition comes to it, and shows what carries the score', () => {
    const counted = { asked: 0 };
    const options = { classifier: fakeClassifier(['hate', 'spam'], counted) };
    const rules = [
      rule('hate', { condition: 'length > 5 && scores.hate >= 0.5' }),
      rule('spam', { condition: 'length > 5 && scores.spam >= 0.9' }),
      rule('spanish', { condition: 'language == "es"' }),
    ];
    expect(found(judge('hate', rules, { options }))).toEqual([]);
    expect(counted.asked).toBe(0);
    expect(found(judge('pure hate', rules, { options }))).toEqual(['hate:hate']);
    expect(counted.asked).toBe(1);
    expect(found(judge('año', rules, { options }))).toEqual(['spanish:año']);
  });
});

describe('a rule that cannot be run', () => {
  const scored = { condition: 'scores.hate >= 0.8' };

  it('asks for a person where nothing gives the score, whatever its action', () => {
    for (const action of ['allow', 'label', 'block'] as const) {
      const evaluation = judge('x', [rule('hate', { ...scored, action, label: 'a' })]);
      expect(evaluation).toMatchObject({ action: 'review', matches: [{ rule: 'hate', action: 'review' }] });
      expect(evaluation.compliance_score).toBeLessThan(1);
    }
  });

  it('asks for a person where the classifier breaks or gives no number', () => {
    const broken = {
      ...fakeClassifier(['hate']),
      scores: () => {
        throw new Error('broken');
      },
    };
    const empty = { ...fakeClassifier(['hate']), scores: () => Float32Array.of(Number.NaN) };
    for (const classifier of [broken, empty])
      expect(judge('x', [rule('hate', scored)], { options: { classifier } }).action).toBe('review');
  });

  it('asks for a person where its arithmetic has no result', () => {
    expect(judge('x', [rule('share', { condition: '1 / history.decisions > 0' })]).action).toBe('review');
  });

  it('asks for a person where its patterns use up their budget', () => {
    const text = `${'1'.repeat(19_990)} 12`;
    const greedy = rule('greedy', { patterns: ['[0-9](?:[ -]?[0-9]){11,40}'], check: 'luhn' });
    const evaluation = judge(text, [greedy]);
    expect(evaluation).toMatchObject({ action: 'review', matches: [{ rule: 'greedy', text: '' }] });
  });

  it('asks for a person where terms use up their budget, and so do the others', () => {
    const greedy = rule('greedy', {
      terms: Array.from({ length: 20 }, (_, at) => `${'a '.repeat(900)}b${at}`),
    });
    const evaluation = judge('a '.repeat(10_000), [greedy, rule('other', { terms: ['other'] })]);
    const failed = { text: '', action: 'review' };
    expect(evaluation).toMatchObject({
      action: 'review',
      matches: [
        { rule: 'greedy', ...failed },
        { rule: 'other', ...failed },
      ],
    });
  });

  it('waits in shadow until something gives its score', () => {
    const evaluation = judge('x', [rule('hate', { ...scored, status: 'shadow' })]);
    expect(evaluation).toMatchObject({ action: 'allow', shadow_matches: [] });
  });
});

const bad = (given: Partial<PolicyRule>): PolicyRule =>
  rule('bad', { action: 'block', label: 'bad', terms: ['bad'], ...given });

/** Whether a rule that acts on a part of the subjects acts on this one. */
const acts = (percent: number, subject: string): boolean => {
  const circumstances = { subject };
  const evaluation = judge('bad', [bad({ status: 'percentage', percent })], { circumstances });
  expect(evaluation.matches.length + evaluation.shadow_matches.length).toBe(1);
  return evaluation.action === 'block';
};
describe('the status of a rule', () => {
  it.each(['draft', 'retired'] as const)('%s is not run', (status) => {
    expect(judge('bad', [bad({ status })])).toMatchObject({
      action: 'allow',
      matches: [],
      shadow_matches: [],
    });
  });

  it('shadow is kept and acts on nothing', () => {
    expect(judge('bad', [bad({ status: 'shadow' })])).toMatchObject({
      action: 'allow',
      compliance_score: 1,
      labels: [],
      matches: [],
      shadow_matches: [{ rule: 'bad', action: 'block', text: 'bad' }],
    });
  });

  it('percentage acts on the same part of the subjects every time, and is kept for the others', () => {
    const subjects = Array.from({ length: 200 }, (_, at) => `draft:${at}`);
    const tenth = subjects.filter((subject) => acts(10, subject));
    const half = subjects.filter((subject) => acts(50, subject));
    expect(subjects.filter((subject) => acts(10, subject))).toEqual(tenth);
    expect(tenth.length).toBeGreaterThan(5);
    expect(tenth.length).toBeLessThan(45);
    expect(half).toEqual(expect.arrayContaining(tenth));
    expect(half.length).toBeLessThan(140);
  });

  it('percentage acts where the subject is not known', () => {
    expect(isInShare({ policy: 'p', rule: 'r', share: 1 }, undefined)).toBe(true);
  });
});

describe('a label that expires', () => {
  it('is kept with its match', () => {
    const label = rule('old', { action: 'label', label: 'old', expires_in: '30d', terms: ['old'] });
    expect(judge('old', [label]).matches).toMatchObject([{ label: 'old', label_expires_in: 2_592_000 }]);
  });
});

describe('personal data', () => {
  it('is found by kind and score, once for all rules', () => {
    const rules = [
      rule('mail', { pii: { kinds: ['email'] } }),
      rule('sure', { pii: { kinds: ['email', 'es_dni'], min_score: 1 } }),
    ];
    expect(found(judge('ana@example.com 12345678Z', rules))).toEqual([
      'mail:ana@example.com',
      'sure:ana@example.com',
      'sure:12345678Z',
    ]);
  });
});
