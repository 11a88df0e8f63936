import { RE2JS } from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { DocumentError } from '../../../core/documents/index.js';
import { CompiledPolicies } from '../guard/compiled-policies.js';
import { checkPolicy, failedExamples } from './policy.examples.js';
import { parsePolicy } from './policy.loader.js';

const HEAD = `id: house
version: 1.0.0
title: House rules
description: Rules of the house.
languages: [en]
`;

const RULE = `rules:
  - id: shouting
    title: Shouts
    severity: low
    action: label
    label: loud
    terms: [hey (you|there)]
    patterns: ['!{3,}']
    tests:
      matches: [Hey you, 'so!!!']
      passes: [hey, 'ok!']
`;

function problems(text: string, read: typeof checkPolicy = parsePolicy): string[] {
  try {
    read(text, 'house.yaml');
  } catch (error) {
    if (error instanceof DocumentError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a policy file', () => {
  it('is read with the hash of its text', () => {
    const policy = parsePolicy(HEAD + RULE, 'house.yaml');
    expect(policy.rules[0]?.id).toBe('shouting');
    expect(policy.sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(parsePolicy(`${HEAD}${RULE}# more\n`, 'house.yaml').sha256).not.toBe(policy.sha256);
  });

  it.each([
    [
      '    label: loud',
      '    label: loud\n    lable: loud',
      'house.yaml:12:12: rules[0].lable: is not known here; known are id, title, ',
    ],
    [
      'severity: low',
      'severity: tiny',
      'house.yaml:9:15: rules[0].severity: must be one of low, medium, high, critical',
    ],
    ['    label: loud\n', '', 'house.yaml:7:5: rules[0]: expected a label for the action label'],
    [
      '[hey, ',
      '[hey: you, ',
      'rules[0].tests.passes[0]: must be text: a text with a colon in it needs quotes',
    ],
    ['[hey, ', '[12, ', 'rules[0].tests.passes[0]: must be text: put quotes around it'],
    ['title: Shouts', 'title: [Shouts]', 'rules[0].title: must be text'],
    ['hey (you|there)', 'hey (you', 'house.yaml:12:13: rules[0].terms[0]: brackets must be opened'],
    ['hey (you|there)', 'to <who>', 'house.yaml:12:13: rules[0].terms[0]: there is no set named "who"'],
    ["'!{3,}'", "'(a'", 'house.yaml:13:16: rules[0].patterns[0]:'],
    ["'!{3,}'", "'a*'", 'rules[0].patterns[0]: a pattern must not match the empty text'],
    ["'!{3,}'", "'(?=a)b'", 'rules[0].patterns[0]:'],
    ["'!{3,}'", "'año'", 'rules[0].patterns[0]: "ñ" never occurs in a folded text; write "n"'],
    ['version: 1.0.0', 'version: "1"', 'house.yaml:2:10: version: expected a version such as 1.0.0'],
    ["[Hey you, 'so!!!']", '[]', 'rules[0].tests.matches: expected at least one example'],
    ['action: label', 'action: delete', 'house.yaml:10:13: rules[0].action: must be one of allow, label, '],
    ['severity: low', 'severity: low\n    status: percentage', 'rules[0].status: expected percent'],
    ['severity: low', 'severity: low\n    percent: 10', 'rules[0].percent: only the status percentage'],
    ['severity: low', 'severity: low\n    created: yesterday', 'rules[0].created: expected a date'],
    [
      'severity: low',
      'severity: low\n    created: 2026-02-01\n    changed: 2026-01-01',
      'house.yaml:11:14: rules[0].changed: must not be before 2026-02-01',
    ],
    ['severity: low', 'severity: low\n    languages: [fr]', 'rules[0].languages[0]: is no language of'],
    ['label: loud', 'label: loud\n    expires_in: soon', 'rules[0].expires_in: expected hours or days'],
    ['label: loud', 'label: loud\n    pii: { kinds: [smell] }', 'rules[0].pii.kinds[0]: must be one of '],
    [
      'label: loud',
      'label: loud\n    condition: length > 3 &&',
      'house.yaml:12:16: rules[0].condition: Unexpected token: EOF at character 14',
    ],
    [
      'label: loud',
      'label: loud\n    condition: length',
      'rules[0].condition: it is of type int, expected bool',
    ],
    ["'!{3,}'", "'(?:[ab]{20}[cd]{20}[ef]{20}){25}'", 'rules[0].patterns[0]: is too large'],
  ])('with %j as %j is refused by line', (from, to, message) => {
    const found = problems((HEAD + RULE).replace(from, to));
    expect(found).toEqual([expect.stringContaining(message)]);
  });

  it('may check a pattern, and only a pattern', () => {
    const checked = RULE.replace('    action: label', '    check: luhn\n    action: label');
    expect(problems(HEAD + checked)).toEqual([]);
    expect(problems(HEAD + checked.replace(/ {4}patterns.*\n/u, ''))).toEqual([
      expect.stringContaining('rules[0].check: a check needs patterns'),
    ]);
  });

  it('names a rule id that is there twice', () => {
    expect(problems(HEAD + RULE + RULE.replace('rules:\n', ''))).toEqual([
      expect.stringContaining('rules[1].id: the id "shouting" is taken by an earlier rule'),
    ]);
  });

  it('may not call a set as conditions call a rule', () => {
    const sets = 'sets:\n  shouting: [hey]\n';
    expect(problems(HEAD + sets + RULE)).toEqual([
      expect.stringContaining('sets.shouting: conditions call it as the rule shouting'),
    ]);
  });

  it('gives an example what is known besides its text', () => {
    const asked = RULE.replace(
      '    action: label',
      '    condition: scores.hate > 0.5 && agent.posts > 3\n    action: label',
    );
    const given = '{ text: hey you, given: { scores: { hate: 0.9 }, agent: { posts: 4 } } }';
    const told = asked.replace("[Hey you, 'so!!!']", `[${given}]`);
    expect(failedExamples(parsePolicy(HEAD + told, 'house.yaml'))).toEqual([]);
    const less = told.replace('hate: 0.9', 'hate: 0.4');
    expect(failedExamples(parsePolicy(HEAD + less, 'house.yaml'))).toHaveLength(1);
  });

  it('runs the examples of rules that are not run', () => {
    const draft = RULE.replace('severity: low', 'severity: low\n    status: draft').replace(
      "'ok!'",
      'hey there',
    );
    expect(failedExamples(parsePolicy(HEAD + draft, 'house.yaml'))).toHaveLength(1);
  });

  it('needs terms or patterns', () => {
    const bare = RULE.replace(/ {4}terms.*\n/u, '').replace(/ {4}patterns.*\n/u, '');
    expect(problems(HEAD + bare)).toEqual([expect.stringContaining('expected terms or patterns')]);
  });

  it('tells which examples do not turn out', () => {
    const wrong = RULE.replace("'so!!!'", 'quiet').replace("'ok!'", 'hey there');
    expect(failedExamples(parsePolicy(HEAD + RULE, 'house.yaml'))).toEqual([]);
    expect(failedExamples(parsePolicy(HEAD + wrong, 'house.yaml'))).toEqual([
      {
        policy: 'house',
        rule: 'shouting',
        expected: 'match',
        text: 'quiet',
        path: ['rules', 0, 'tests', 'matches', 1],
      },
      {
        policy: 'house',
        rule: 'shouting',
        expected: 'pass',
        text: 'hey there',
        path: ['rules', 0, 'tests', 'passes', 1],
      },
    ]);
    expect(checkPolicy(HEAD + RULE, 'house.yaml')).toEqual(parsePolicy(HEAD + RULE, 'house.yaml'));
    expect(() => checkPolicy(HEAD + wrong, 'house.yaml')).toThrow(
      /^house\.yaml:\d+:\d+: rules\[0\]\.tests\.matches\[1\]: the rule shouting does not match it\nhouse\.yaml:\d+:\d+: rules\[0\]\.tests\.passes\[1\]: the rule shouting matches it$/u,
    );
  });
});

/** A policy of some rules, each with a body of one line. */
const withRules = (bodies: readonly string[], more = ''): string => {
  const rules = bodies.map(
    (body, at) =>
      `  - { id: r${at}, title: t, severity: low, action: block, ${body}, tests: { matches: [zzz], passes: [yyy] } }`,
  );
  return `${HEAD}${more}rules:\n${rules.join('\n')}\n`;
};
const times = (count: number, body: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => body(at));
const words = (count: number): string => times(count, (at) => `w${at}`).join(', ');

describe('a policy that would cost too much is refused', () => {
  it.each([
    [
      'a term with many optional parts',
      withRules([`terms: [zzz, '${'(a|) '.repeat(50)}b']`]),
      'rules[0].terms[1]: has 50 optional parts in sequence, such as (a|), at most 10 are accepted',
    ],
    [
      'a term with large sets',
      withRules([`terms: [zzz, '${'<s> '.repeat(30)}']`], `sets: { s: [${words(100)}] }\n`),
      'rules[0].terms[1]: has 6001 words and alternatives with its sets written out, at most 4000 are accepted',
    ],
    [
      'many terms with sets',
      withRules([`terms: [zzz, ${times(25, () => `'<s>'`).join(', ')}]`], `sets: { s: [${words(900)}] }\n`),
      'rules[0].terms[22]: makes 41424 words and alternatives of terms, sets written out, in this policy, at most 40000 are accepted',
    ],
    [
      'many rules with large patterns',
      withRules(times(5, (at) => `patterns: [zzz, 'a{900}${at}']`)),
      'rules[3].patterns[1]: makes 3632 instructions of patterns in this policy, at most 3000 are accepted',
    ],
    [
      'many wide classes',
      withRules([`patterns: [zzz, '${String.raw`\pL[a-\x{10ffff}]`.repeat(11)}']`]),
      String.raw`rules[0].patterns[1]: makes 22 classes of characters beyond ASCII, such as \pL, in this policy, at most 20`,
    ],
    [
      'many rules with costly conditions',
      withRules(
        times(
          30,
          () =>
            `condition: 'length == 3 || links.exists(l, ${times(12, (at) => `l == "${at}"`).join('||')})'`,
        ),
      ),
      'steps of conditions in this policy, at most 50000 are accepted',
    ],
    ['many rules', withRules(times(201, () => 'terms: [zzz]')), 'rules: expected at most 200 rules'],
    [
      'many examples for many conditions',
      withRules(times(150, () => `condition: 'length == 3 && ${times(40, () => 'length > 0').join('&&')}'`)),
      'the examples up to here take more than 10000000 steps',
    ],
  ])('%s', (_what, text, message) => {
    expect(problems(text, checkPolicy)[0]).toContain(message);
  });

  it('before its examples are run', () => {
    const evaluated = vi.spyOn(CompiledPolicies.prototype, 'read');
    expect(problems(withRules(['terms: [(a]']), checkPolicy).join()).toContain(
      'brackets must be opened and closed',
    );
    expect(problems(withRules(['terms: [zzz]'], "sets: { s: ['(a'] }\n")).join()).toContain(
      'sets.s[0]: brackets',
    );
    expect(evaluated).not.toHaveBeenCalled();
    evaluated.mockRestore();
  });

  it('and compiles no pattern after one that is too much', () => {
    const compile = vi.spyOn(RE2JS, 'compile');
    problems(withRules([`patterns: [zzz, ${times(40, (at) => `'a{1000}a{1000}a{1000}${at}'`).join(', ')}]`]));
    expect(compile.mock.calls.length).toBeLessThan(4);
    compile.mockRestore();
  });
});
