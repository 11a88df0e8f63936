import { z } from 'zod';
import { documentTags } from '../../../core/documents/index.js';
import { ACTIONS } from '../guard/actions.js';
import { CHECK_NAMES } from '../guard/checksums.js';
import { ConditionLanguage, lexiconName } from '../guard/condition-language.js';
import { lexiconOf } from '../guard/finders.js';
import { guardContext } from '../guard/guard-context.js';
import { SCORE_HEADS } from '../guard/text-classifier.js';
import { PII_KINDS } from '../pii/index.js';
import { PolicyLimits } from './policy-limits.js';

/** What a rule is: how far it acts on what it matches. */
export const RULE_STATUSES = ['draft', 'shadow', 'percentage', 'live', 'retired'] as const;
export type RuleStatus = (typeof RULE_STATUSES)[number];

/** The most rules of one policy. */
const MAX_RULES = 200;

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

const date = z.iso.date('expected a date such as 2026-11-21');
const language = z.string().regex(/^[a-z]{2}$/u, 'expected a language code of two letters, such as es');
const languages = z.array(language).min(1, 'expected at least one language');

/** Who wrote something and when; a rule that does not say takes it from its policy. */
const provenance = {
  author: line.optional().describe('Who answers for it'),
  created: date.optional().describe('When it was written'),
  changed: date.optional().describe('When it was last changed'),
};

const scores = z.partialRecord(z.enum(SCORE_HEADS), z.number().min(0).max(1)).optional();

const given = guardContext
  .extend({
    scores: scores.describe('What the classifiers say; 0 for what is left out'),
    judge: scores.describe('What a language model says, where one is asked'),
    moderation: scores.describe('What a moderation endpoint says'),
    remote: scores.describe('What another classifier says'),
    elsewhere: z
      .strictObject({ asked: z.int().min(0).max(3).optional(), failed: z.int().min(0).max(3).optional() })
      .optional()
      .describe('How many of these were asked, and how many did not answer'),
    language: language.optional(),
  })
  .describe('What is known besides the text');

const exampleSchema = z.union([example, z.strictObject({ text: z.string().max(2000), given })]);
const examples = z.array(exampleSchema).min(1, 'expected at least one example');

const ruleSchema = z.strictObject({
  id: name.describe('Unique in the policy'),
  title: line.describe('What the rule is about, as a reader of a decision sees it'),
  status: z
    .enum(RULE_STATUSES)
    .optional()
    .describe(
      'live when not given; draft and retired rules are not run, shadow is run and acts on nothing, percentage acts on a part of the subjects',
    ),
  percent: z
    .int()
    .min(1)
    .max(99)
    .optional()
    .describe('Of the status percentage: the part of the subjects that it acts on'),
  ...provenance,
  references: z.array(line).min(1).max(20).optional().describe('Where it comes from, what it rests on'),
  tags: documentTags.optional(),
  languages: languages.optional().describe('Those that it is written for; all of the policy when not given'),
  false_positives: z
    .array(example)
    .min(1)
    .max(50)
    .optional()
    .describe('What it is known to match although it should not'),
  severity: z.enum(SEVERITIES).describe('How much a match lowers the compliance score'),
  action: z.enum(ACTIONS).describe('What happens to a text that matches'),
  label: name.optional().describe('What the text is labelled with; required for the action label'),
  expires_in: z
    .string()
    .regex(/^[1-9][0-9]{0,3}[hd]$/u, 'expected hours or days, such as 12h or 30d')
    .optional()
    .describe('How long the label holds, in hours or days; for ever when not given'),
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
  pii: z
    .strictObject({
      kinds: z.array(z.enum(PII_KINDS)).min(1, 'expected at least one kind'),
      min_score: z
        .number()
        .min(0.5)
        .max(1)
        .optional()
        .describe('From 0.5 to 1, where 1 is proved by check digits'),
    })
    .optional()
    .describe('Personal data of some kinds; docs/personal-data.md says what is found'),
  condition: phrase
    .optional()
    .describe(
      'A CEL expression over the signals of the text that must hold; alone, or for what terms, patterns and pii find',
    ),
  tests: z
    .strictObject({
      matches: examples.describe('Texts that the rule must match'),
      passes: examples.describe('Texts that it must not match'),
    })
    .describe('Examples that every run of the tests checks'),
});

export const policyShape = z.strictObject({
  id: name.describe('Unique among the policies'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u, 'expected a version such as 1.0.0'),
  title: line,
  description: z.string().trim().min(1, 'expected some text').max(2000, 'expected at most 2000 characters'),
  ...provenance,
  tags: documentTags.optional(),
  languages: languages.describe('ISO 639-1 codes of the languages that the rules are written for'),
  sets: z
    .record(name, z.array(phrase).min(1))
    .optional()
    .describe('Named lists that terms refer to as <name>'),
  rules: z
    .array(ruleSchema)
    .min(1, 'expected at least one rule')
    .max(MAX_RULES, `expected at most ${MAX_RULES} rules`),
});

export type PolicyRule = z.infer<typeof ruleSchema>;
export type Policy = z.infer<typeof policyShape>;
export type PolicyExample = z.infer<typeof exampleSchema>;

type Report = (path: PropertyKey[], message: string | undefined) => void;

function checkRule(rule: PolicyRule, policy: Policy, limits: PolicyLimits, report: Report): void {
  const { terms, patterns, pii, condition, action, label, percent } = rule;
  terms?.forEach((term, at) => report(['terms', at], limits.termProblem(term)));
  patterns?.forEach((pattern, at) => report(['patterns', at], limits.patternProblem(pattern)));
  if ([terms, patterns, pii, condition].every((each) => each === undefined))
    report([], 'expected terms or patterns, pii or a condition');
  if (condition !== undefined) report(['condition'], limits.conditionProblem(condition));
  if (action === 'label' && label === undefined) report([], 'expected a label for the action label');
  if (rule.expires_in !== undefined && label === undefined)
    report(['expires_in'], 'only a label expires: expected a label');
  if (rule.check !== undefined && patterns === undefined) report(['check'], 'a check needs patterns');
  if (rule.status === 'percentage' && percent === undefined)
    report(['status'], 'expected percent for the status percentage');
  if (rule.status !== 'percentage' && percent !== undefined)
    report(['percent'], 'only the status percentage has percent');
  checkDates(rule, report);
  rule.languages?.forEach((each, at) => {
    if (!policy.languages.includes(each)) report(['languages', at], `is no language of the policy`);
  });
}

function checkDates({ created, changed }: Pick<Policy, 'created' | 'changed'>, report: Report): void {
  if (created !== undefined && changed !== undefined && changed < created)
    report(['changed'], `must not be before ${created}, when it was created`);
}

/** Sets whose name conditions have for something else already. */
function checkNames({ rules, sets = {} }: Policy, report: Report): void {
  const taken = new Map(rules.map(({ id }) => [lexiconName(id), `the rule ${id}`]));
  for (const set of Object.keys(sets)) {
    const other = taken.get(lexiconName(set));
    if (other !== undefined)
      report(['sets', set], `conditions call it as ${other}: lexicon.${lexiconName(set)}`);
    taken.set(lexiconName(set), `the set ${set}`);
  }
}

/** A policy file. Beyond its shape: rule ids are unique, terms expand, patterns compile, conditions have types. */
export const policySchema = policyShape.superRefine((policy, context) => {
  const report: Report = (path, message) => {
    if (message !== undefined) context.addIssue({ code: 'custom', path, message });
  };
  checkDates(policy, report);
  checkNames(policy, report);
  const limits = new PolicyLimits(policy.sets ?? {}, new ConditionLanguage(lexiconOf(policy)));
  for (const [set, entries] of Object.entries(policy.sets ?? {}))
    entries.forEach((entry, at) => report(['sets', set, at], limits.entryProblem(entry)));
  const seen = new Set<string>();
  policy.rules.forEach((rule, at) => {
    const inRule: Report = (path, message) => report(['rules', at, ...path], message);
    if (seen.has(rule.id)) inRule(['id'], `the id "${rule.id}" is taken by an earlier rule`);
    seen.add(rule.id);
    checkRule(rule, policy, limits, inRule);
  });
});

/** The JSON Schema of a policy file, for editors; published as docs/schemas/policy.schema.json. */
export function policyJsonSchema(): object {
  return { ...z.toJSONSchema(policyShape), $id: 'policy.schema.json', title: 'Azt3kNet policy' };
}
