import { z } from 'zod';
import { synthetic, wire } from '../../../core/http/index.js';
import type { Assessment } from '../decision.rules.js';
import { MAX_TEXT_LENGTH } from '../guard/compiled-policies.js';
import { guardContext } from '../guard/guard-context.js';
import {
  decisionAction,
  opinions,
  opinionsDto,
  policyVersions,
  RuleMatchDto,
  shadowMatches,
  textScores,
} from './decision.dto.js';

/** The most texts of a check, and their characters together: some ten milliseconds of work. */
const MAX_TEXTS = 100;
const MAX_CHARACTERS = 200_000;

export const CheckBody = wire(
  'ComplianceCheckRequest',
  z
    .strictObject({
      texts: z
        .array(
          z.strictObject({
            field: z
              .string()
              .min(1)
              .max(100)
              .meta({ description: 'What matches call it.', examples: ['caption'] }),
            text: z
              .string()
              .max(MAX_TEXT_LENGTH)
              .meta({ examples: ['Write to ana@example.com'] }),
          }),
        )
        .min(1)
        .max(MAX_TEXTS)
        .refine((texts) => texts.reduce((sum, { text }) => sum + text.length, 0) <= MAX_CHARACTERS, {
          error: `must have at most ${MAX_CHARACTERS} characters together`,
        }),
      context: guardContext.optional(),
    })
    .describe('Texts that belong together.'),
);
export type CheckBody = z.infer<typeof CheckBody>;

export const CheckDto = wire(
  'ComplianceCheck',
  z
    .strictObject({
      synthetic,
      action: decisionAction.meta({ description: 'The strictest action of the rules that matched.' }),
      checked: z.boolean().meta({ description: 'False when the guard is off.' }),
      compliance_score: z.number().meta({ description: 'From 0 to 1, where 1 is clean.', examples: [0.4] }),
      labels: z.array(z.string()).meta({ examples: [['pii']] }),
      matches: z.array(RuleMatchDto),
      shadow_matches: shadowMatches,
      scores: textScores,
      opinions,
      text_hash: z.string().meta({ description: 'SHA-256 over the names and texts of the fields.' }),
      policies: policyVersions,
    })
    .describe('What the guard would decide; nothing of it is kept.'),
);
export type CheckDto = z.infer<typeof CheckDto>;

export function checkDto(assessment: Assessment): CheckDto {
  const { action, compliance_score, labels, matches, shadow_matches, scores } = assessment.evaluation;
  return {
    synthetic: true,
    action,
    checked: assessment.checked,
    compliance_score,
    labels,
    matches,
    shadow_matches,
    scores,
    opinions: opinionsDto(assessment.opinions ?? null),
    text_hash: assessment.textHash,
    policies: [...assessment.policies],
  };
}
