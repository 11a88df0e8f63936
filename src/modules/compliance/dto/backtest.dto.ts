import { z } from 'zod';
import { MAX_DOCUMENT_BYTES } from '../../../core/documents/index.js';
import { synthetic, wire } from '../../../core/http/index.js';
import type { BacktestPage, Candidate } from '../backtest/backtest.service.js';
import { MAX_TEXT_LENGTH } from '../guard/compiled-policies.js';
import { decisionAction, SUBJECT_TYPES } from './decision.dto.js';
import { checkPercent, ruleStatusFields } from './policy.dto.js';

const MAX_ITEMS = 200;
/** Together: some ten milliseconds of work for each of the two sets of policies. */
const MAX_CHARACTERS = 200_000;

const reference = z.string().min(1).max(200);

export const BacktestBody = wire(
  'BacktestRequest',
  z
    .strictObject({
      policy: reference
        .optional()
        .meta({ description: 'A policy, or `name@version`; this or `content`.', examples: ['spam'] }),
      content: z
        .string()
        .max(MAX_DOCUMENT_BYTES)
        .optional()
        .meta({ description: 'The YAML text of a version that is not there yet; this or `policy`.' }),
      retire: reference.optional().meta({
        description:
          'A policy, or `name@version`, in place of these: what would be decided if it, or that version, were retired.',
      }),
      change: z
        .strictObject({ rule: reference, ...ruleStatusFields })
        .superRefine(checkPercent)
        .optional()
        .meta({ description: 'Tries the policy with another status of a rule.' }),
      texts: z
        .array(
          z.strictObject({
            id: reference,
            text: z.string().max(MAX_TEXT_LENGTH),
            expected: z.boolean().optional(),
          }),
        )
        .min(1)
        .max(MAX_ITEMS)
        .refine((texts) => texts.reduce((sum, { text }) => sum + text.length, 0) <= MAX_CHARACTERS, {
          error: `must have at most ${MAX_CHARACTERS} characters together`,
        })
        .optional()
        .meta({ description: 'What to try it on; without it, what was decided.' }),
      subject_type: z.enum(SUBJECT_TYPES).default('draft').meta({ description: 'Of the decisions.' }),
      matched: z
        .boolean()
        .default(false)
        .meta({ description: 'Only decisions in which a rule of the policy matched, however old.' }),
      cursor: z.string().max(500).optional().meta({ description: 'The next_cursor of the page before.' }),
      limit: z.int().min(1).max(MAX_ITEMS).default(100),
    })
    .refine(
      ({ policy, content, retire }) =>
        [policy, content, retire].filter((each) => each !== undefined).length === 1,
      { path: ['policy'], error: 'give exactly one of policy, content and retire' },
    )
    .refine(({ change, policy }) => change === undefined || policy !== undefined, {
      path: ['change'],
      error: 'changes a policy that is there',
    })
    .describe('What to try a version of a policy on.'),
);
export type BacktestBody = z.infer<typeof BacktestBody>;

const Verdict = wire(
  'BacktestVerdict',
  z
    .strictObject({
      action: decisionAction,
      rules: z.array(z.string()).meta({ examples: [['spam/easy-money']] }),
      shadow_rules: z.array(z.string()).meta({ description: 'Of rules that did not act.', examples: [[]] }),
    })
    .describe('What the guard says of an item.'),
);

export const BacktestDto = wire(
  'Backtest',
  z
    .strictObject({
      synthetic,
      policy: z.strictObject({
        name: z.string(),
        version: z
          .string()
          .nullable()
          .meta({ description: 'That was tried; null where none would be in force.', examples: ['1.1.0'] }),
        current: z
          .string()
          .nullable()
          .meta({ description: 'The version in force; null where there is none.' }),
        rules: z.array(z.string()).meta({ description: 'Its rules.', examples: [['easy-money']] }),
      }),
      items: z.array(
        z.strictObject({
          id: z.string().meta({ description: 'As it was given; of a decision, its id.' }),
          expected: z.boolean().nullable(),
          before: Verdict,
          after: Verdict,
          changed: z.boolean().meta({ description: 'Whether the action is another one.' }),
        }),
      ),
      skipped: z.int().meta({ description: 'Decisions whose texts are gone.' }),
      next_cursor: z.string().nullable(),
    })
    .describe('What a version of a policy would decide, beside what those in force do.'),
);
export type BacktestDto = z.infer<typeof BacktestDto>;

export function candidateOf({ policy, content, change, retire }: BacktestBody): Candidate {
  return { policy, content, change, retire };
}

export function backtestDto({ policy, items, skipped, next }: BacktestPage): BacktestDto {
  return { synthetic: true, policy, items, skipped, next_cursor: next };
}
