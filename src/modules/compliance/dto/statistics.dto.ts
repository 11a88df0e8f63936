import { z } from 'zod';
import { InvalidInputError, synthetic, time, timeRange, uuid, wire } from '../../../core/http/index.js';
import type { DecisionCounts, StatisticsFilter } from '../statistics.repository.js';
import { decisionAction, named, SUBJECT_TYPES } from './decision.dto.js';

export const StatisticsQuery = z.strictObject({
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  subject_id: named('0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'),
  agent_id: uuid.optional().meta({ description: 'The agent whose texts were decided on.' }),
  campaign_id: named('spring').meta({ description: 'What the texts were written for.' }),
  policy: named('pii').meta({ description: 'A policy of which a rule matched.' }),
  rule: named('email').meta({ description: 'A rule that matched; of the policy, where that is given.' }),
  ...timeRange('decided'),
});
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;

const decisions = z.int().meta({ examples: [120] });

export const StatisticsDto = wire(
  'ComplianceStatistics',
  z
    .strictObject({
      synthetic,
      decided_after: time,
      decided_before: time,
      decisions,
      by_action: z.array(z.strictObject({ action: decisionAction, decisions })),
      by_day: z
        .array(z.strictObject({ day: z.iso.date(), action: decisionAction, decisions }))
        .meta({ description: 'Days of UTC; those without a decision are left out.' }),
      by_subject: z.array(z.strictObject({ subject_type: z.string(), action: decisionAction, decisions })),
      by_rule: z
        .array(z.strictObject({ policy: z.string(), rule: z.string(), decisions }))
        .meta({ description: 'Decisions in which a rule matched, the most frequent rule first.' }),
      by_campaign: z.array(z.strictObject({ campaign_id: z.string(), decisions, held: z.int() })).meta({
        description: 'The 20 campaigns with the most decisions, and how many texts of each were held.',
      }),
      by_agent: z
        .array(z.strictObject({ agent_id: uuid, held: z.int() }))
        .meta({ description: 'The 20 agents whose texts were held for review or blocked most often.' }),
    })
    .describe('How often the guard decided what.'),
);
export type StatisticsDto = z.infer<typeof StatisticsDto>;

const WINDOW_MS = 30 * 86_400_000;
/** The calendar of PostgreSQL has no year 0. */
const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');

/**
 * From when to when is counted: 30 days, unless it is said otherwise.
 * @throws InvalidInputError when the end is not after the beginning
 */
export function windowOf(
  { decided_after, decided_before }: Pick<StatisticsQuery, 'decided_after' | 'decided_before'>,
  now: Date,
): Pick<StatisticsFilter, 'decided_after' | 'decided_before'> {
  const before = decided_before === undefined ? now : new Date(decided_before);
  const after =
    decided_after === undefined
      ? new Date(Math.max(before.getTime() - WINDOW_MS, FIRST_MOMENT))
      : new Date(decided_after);
  if (after >= before) {
    throw new InvalidInputError([{ field: 'decided_after', message: 'must be before decided_before' }]);
  }
  return { decided_after: after.toISOString(), decided_before: before.toISOString() };
}

export function statisticsDto(
  { decided_after, decided_before }: StatisticsFilter,
  counts: DecisionCounts,
): StatisticsDto {
  const actions = new Map<DecisionCounts['by_day'][number]['action'], number>();
  for (const { action, decisions: count } of counts.by_day) {
    actions.set(action, (actions.get(action) ?? 0) + count);
  }
  const byAction = [...actions].map(([action, count]) => ({ action, decisions: count }));
  return {
    synthetic: true,
    decided_after,
    decided_before,
    decisions: byAction.reduce((sum, { decisions: count }) => sum + count, 0),
    by_action: byAction.toSorted((a, b) => b.decisions - a.decisions),
    ...counts,
  };
}
