import { z } from 'zod';
import {
  documentFields,
  documentsQuery,
  versionDto,
  versionFields,
  type DocumentVersion,
  type ReadDocument,
} from '../../../core/documents/index.js';
import { API_PREFIX, links, page, synthetic, wire } from '../../../core/http/index.js';
import type { PolicySummary } from '../policy/policy.kind.js';
import type { LoadedPolicy } from '../policy/policy.loader.js';
import { policyShape, RULE_STATUSES, type RuleStatus } from '../policy/policy.schema.js';

export const PoliciesQuery = documentsQuery({
  language: z
    .string()
    .regex(/^[a-z]{2}$/u, 'must be a language code of two letters')
    .optional()
    .meta({ examples: ['es'] }),
  label: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'What one of its rules labels a text with.', examples: ['pii'] }),
});
export type PoliciesQuery = z.infer<typeof PoliciesQuery>;

const summaryFields = {
  title: z.string().meta({ examples: ['Personal data'] }),
  description: z.string(),
  languages: z.array(z.string()).meta({ examples: [['en', 'es']] }),
  labels: z.array(z.string()).meta({ description: 'What its rules label texts with.' }),
  tags: z.array(z.string()),
};

const PolicyEntry = wire(
  'PolicyEntry',
  z
    .strictObject({
      ...versionFields,
      ...summaryFields,
      rules: z.int().meta({ description: 'How many rules it has.', examples: [7] }),
      links,
    })
    .describe('A policy as lists show it.'),
);
type PolicyEntry = z.infer<typeof PolicyEntry>;

export const PolicyPage = page('PolicyPage', 'policies', PolicyEntry);
export type PolicyPage = z.infer<typeof PolicyPage>;

export const PolicyVersionPage = page('PolicyVersionPage', 'versions', PolicyEntry);
export type PolicyVersionPage = z.infer<typeof PolicyVersionPage>;

const PolicyRule = wire('PolicyRule', policyShape.shape.rules.element);

const bodyFields = {
  sets: policyShape.shape.sets.unwrap().meta({ description: 'Named lists that terms refer to as <name>.' }),
  rules: z.array(PolicyRule).meta({
    description: 'With the examples that each of them must match and must pass.',
  }),
};

export const PolicyDto = wire(
  'Policy',
  z
    .strictObject({
      ...documentFields,
      ...summaryFields,
      content: z.string().meta({ description: 'The YAML text as it was given.' }),
      ...bodyFields,
      links,
    })
    .describe('One version of a policy, in full.'),
);
export type PolicyDto = z.infer<typeof PolicyDto>;

export const CheckedPolicy = wire(
  'CheckedPolicy',
  z
    .strictObject({
      synthetic,
      name: z.string(),
      version: z.string(),
      sha256: z.string(),
      ...bodyFields,
    })
    .describe('A policy that could be added as far as its text goes; the examples of its rules turn out.'),
);
export type CheckedPolicy = z.infer<typeof CheckedPolicy>;

const note = z.string().max(500).optional().meta({ description: 'Why it was changed.' });

export const RollbackBody = wire(
  'PolicyRollback',
  z
    .strictObject({
      version: z
        .string()
        .max(50)
        .optional()
        .meta({ description: 'The one before the current one without it.', examples: ['1.1.0'] }),
      note,
    })
    .describe('The version to go back to.'),
);
export type RollbackBody = z.infer<typeof RollbackBody>;

export const ruleStatusFields = {
  status: z.enum(RULE_STATUSES),
  percent: z
    .int()
    .min(1)
    .max(99)
    .optional()
    .meta({ description: 'Of the status percentage: the part of the subjects that the rule acts on.' }),
};

/** The part belongs to the status percentage, and to it alone. */
export function checkPercent(
  { status, percent }: { status: RuleStatus; percent?: number | undefined },
  context: z.RefinementCtx,
): void {
  if ((status === 'percentage') === (percent !== undefined)) return;
  const message =
    percent === undefined
      ? 'must be a whole number from 1 to 99 with the status percentage, and is missing'
      : 'belongs to the status percentage alone';
  context.addIssue({ code: 'custom', path: ['percent'], message });
}

export const RuleStatusBody = wire(
  'RuleStatusChange',
  z
    .strictObject({ ...ruleStatusFields, note })
    .superRefine(checkPercent)
    .describe('Another status of a rule.'),
);
export type RuleStatusBody = z.infer<typeof RuleStatusBody>;

export const RuleParams = z.strictObject({
  name: z
    .string()
    .max(100)
    .meta({ examples: ['pii'] }),
  rule: z
    .string()
    .max(100)
    .meta({ examples: ['email'] }),
});
export type RuleParams = z.infer<typeof RuleParams>;

function pathOf(name: string): { self: string } {
  return { self: `/${API_PREFIX}/policies/${name}` };
}

export function policyEntry(version: DocumentVersion<PolicySummary>): PolicyEntry {
  const { rules, ...summary } = mutable(version.summary);
  return { ...versionDto(version), ...summary, rules, links: pathOf(version.name) };
}

export function policyDto(document: ReadDocument<LoadedPolicy, PolicySummary>): PolicyDto {
  const { rules: _count, ...summary } = mutable(document.summary);
  const { sets = {}, rules } = document.value;
  const { content } = document;
  return {
    synthetic: true,
    ...versionDto(document),
    ...summary,
    content,
    sets,
    rules,
    links: pathOf(document.name),
  };
}

export function checkedPolicy({ id: name, version, sha256, sets = {}, rules }: LoadedPolicy): CheckedPolicy {
  return { synthetic: true, name, version, sha256, sets, rules };
}

function mutable({ languages, labels, tags, ...rest }: PolicySummary) {
  return { ...rest, languages: [...languages], labels: [...labels], tags: [...tags] };
}

/** The least that a policy says. */
export const POLICY_EXAMPLE = `id: house
version: 1.0.0
title: House rules
description: What this laboratory does without.
languages: [en]
rules:
  - id: shouting
    title: Shouts
    severity: low
    action: label
    label: loud
    patterns: ['!{3,}']
    tests:
      matches: ['so!!!']
      passes: ['so!']
`;
