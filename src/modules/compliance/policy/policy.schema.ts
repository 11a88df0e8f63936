import { z } from 'zod';
import { CHECK_NAMES } from '../guard/checksums.js';
import { foldCharacter } from '../guard/folding.js';
import { compilePattern } from '../guard/pattern-matcher.js';
import { parseTerm, type TermSets } from '../guard/term-syntax.js';

/** What a rule does with a text it matches, from the mildest to the strictest. */
export const RULE_ACTIONS = ['label', 'review', 'block'] as const;
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,63}$/u,
    'expected up to 64 lower-case letters, digits and dashes, a letter first',
  );
const line = z.string().trim().min(1, 'expected some text').max(200, 'expected at most 200 characters');
const phrase = z.string().trim().min(1, 'expected some text').max(2000, 'expected at most 2000 characters');
const example = z.string().min(1, 'expected some text').max(2000, 'expected at most 2000 characters');

const ruleSchema = z.strictObject({
  id: name.describe('Unique in the policy'),
  title: line.describe('What the rule is about, as a reader of a decision sees it'),
  severity: z.enum(SEVERITIES).describe('How much a match lowers the compliance score'),
  action: z.enum(RULE_ACTIONS).describe('What happens to a text that matches'),
  label: name.optional().describe('What the text is labelled with; required for the action label'),
  terms: z
    .array(phrase)
    .min(1)
    .optional()
    .describe(
      'Phrases of whole words, found whatever their case, accents, repeated letters, digits for letters and look-alikes; (a|b) is one of several, <name> one of a set',
    ),
  patterns: z
    .array(phrase)
    .min(1)
    .optional()
    .describe('RE2 patterns over the folded text: lower case, no accents, single spaces'),
  check: z.enum(CHECK_NAMES).optional().describe('A checksum that a match of a pattern must meet'),
  tests: z
    .strictObject({
      matches: z
        .array(example)
        .min(1, 'expected at least one example')
        .describe('Texts that the rule must match'),
      passes: z
        .array(example)
        .min(1, 'expected at least one example')
        .describe('Texts that it must not match'),
    })
    .describe('Examples that every run of the tests checks'),
});

export const policyShape = z.strictObject({
  id: name.describe('Unique among the policies'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u, 'expected a version such as 1.0.0'),
  title: line,
  description: z.string().trim().min(1, 'expected some text').max(2000, 'expected at most 2000 characters'),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/u, 'expected a language code of two letters, such as es'))
    .min(1, 'expected at least one language')
    .describe('ISO 639-1 codes of the languages that the rules are written for'),
  sets: z
    .record(name, z.array(phrase).min(1))
    .optional()
    .describe('Named lists that terms refer to as <name>'),
  rules: z.array(ruleSchema).min(1, 'expected at least one rule'),
});

export type PolicyRule = z.infer<typeof ruleSchema>;
export type Policy = z.infer<typeof policyShape>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is wrong with a term, or undefined. */
function termProblem(term: string, sets: TermSets): string | undefined {
  try {
    parseTerm(term, sets);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** What is wrong with a pattern, or undefined. */
function patternProblem(pattern: string): string | undefined {
  const unfoldable = Array.from(pattern).find(
    (character) => (character.codePointAt(0) ?? 0) > 0x7f && foldCharacter(character) !== character,
  );
  if (unfoldable !== undefined) {
    return `"${unfoldable}" never occurs in a folded text; write "${foldCharacter(unfoldable)}"`;
  }
  try {
    return compilePattern(pattern).test('') ? 'a pattern must not match the empty text' : undefined;
  } catch (error) {
    return messageOf(error);
  }
}

type Report = (path: PropertyKey[], message: string | undefined) => void;

function checkRule(rule: PolicyRule, sets: TermSets, report: Report): void {
  rule.terms?.forEach((term, at) => report(['terms', at], termProblem(term, sets)));
  rule.patterns?.forEach((pattern, at) => report(['patterns', at], patternProblem(pattern)));
  if (rule.terms === undefined && rule.patterns === undefined) report([], 'expected terms or patterns');
  if (rule.action === 'label' && rule.label === undefined)
    report([], 'expected a label for the action label');
  if (rule.check !== undefined && rule.patterns === undefined) report(['check'], 'a check needs patterns');
}

/** A policy file. Beyond its shape: rule ids are unique, terms expand, patterns compile. */
export const policySchema = policyShape.superRefine((policy, context) => {
  const seen = new Set<string>();
  policy.rules.forEach((rule, at) => {
    const report: Report = (path, message) => {
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['rules', at, ...path], message });
    };
    if (seen.has(rule.id)) report(['id'], `the id "${rule.id}" is taken by an earlier rule`);
    seen.add(rule.id);
    checkRule(rule, policy.sets ?? {}, report);
  });
});

/** The JSON Schema of a policy file, for editors; published as docs/schemas/policy.schema.json. */
export function policyJsonSchema(): object {
  return { ...z.toJSONSchema(policyShape), $id: 'policy.schema.json', title: 'Azt3kNet policy' };
}
