import { z } from 'zod';
import { API_PREFIX, links, page, pageQuery, synthetic, wire } from '../../../core/http/index.js';
import type { LoadedPolicy } from '../policy/policy.loader.js';
import { policyShape } from '../policy/policy.schema.js';

export const PolicyParams = z.strictObject({
  name: z
    .string()
    .max(100)
    .meta({ examples: ['pii'] }),
});
export type PolicyParams = z.infer<typeof PolicyParams>;

export const PoliciesQuery = pageQuery({
  name: z.string().max(100).optional().meta({ description: 'A part of the name.' }),
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

const policyFields = {
  name: z.string().meta({ examples: ['pii'] }),
  version: z.string().meta({ examples: ['1.0.0'] }),
  sha256: z.string().meta({ description: 'SHA-256 of the policy’s text, as decisions record it.' }),
  title: z.string().meta({ examples: ['Personal data'] }),
  description: z.string(),
  languages: z.array(z.string()).meta({ examples: [['en', 'es']] }),
  labels: z.array(z.string()).meta({ description: 'What its rules label texts with.' }),
};

const PolicyEntry = wire(
  'PolicyEntry',
  z
    .strictObject({
      ...policyFields,
      rules: z.int().meta({ description: 'How many rules it has.', examples: [7] }),
      links,
    })
    .describe('A policy in force, as lists show it.'),
);
type PolicyEntry = z.infer<typeof PolicyEntry>;

export const PolicyPage = page('PolicyPage', 'policies', PolicyEntry);
export type PolicyPage = z.infer<typeof PolicyPage>;

export const PolicyDto = wire(
  'Policy',
  z
    .strictObject({
      synthetic,
      ...policyFields,
      sets: policyShape.shape.sets
        .unwrap()
        .meta({ description: 'Named lists that terms refer to as <name>.' }),
      rules: policyShape.shape.rules.meta({
        description: 'With the examples that each of them must match and must pass.',
      }),
      links,
    })
    .describe('A policy in force, in full.'),
);
export type PolicyDto = z.infer<typeof PolicyDto>;

function fieldsOf({ id: name, version, sha256, title, description, languages, rules }: LoadedPolicy) {
  const labels = [...new Set(rules.flatMap(({ label }) => label ?? []))].toSorted();
  const self = `/${API_PREFIX}/policies/${name}`;
  return { name, version, sha256, title, description, languages, labels, links: { self } };
}

export function policyEntry(policy: LoadedPolicy): PolicyEntry {
  return { ...fieldsOf(policy), rules: policy.rules.length };
}

export function policyDto(policy: LoadedPolicy): PolicyDto {
  return { synthetic: true, ...fieldsOf(policy), sets: policy.sets ?? {}, rules: policy.rules };
}
