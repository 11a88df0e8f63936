import { z } from 'zod';
import { nextCursor, pageQuery, sortBy, synthetic, time, timeRange, wire } from '../http/index.js';
import type { AuditRecord } from './audit.entity.js';
import { AUDIT_SORTS } from './audit-list.js';

const hash = z
  .string()
  .regex(/^[\da-f]{64}$/)
  .meta({ examples: ['4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a'] });

export const AuditRecordDto = wire(
  'AuditRecord',
  z.strictObject({
    synthetic,
    sequence: z.int().meta({ description: '1, 2, 3, … without a gap.' }),
    occurred_at: time,
    actor: z
      .string()
      .meta({ description: 'Who: a username, `system`, `worker` or `anonymous`.', examples: ['grace'] }),
    action: z.string().meta({ description: 'What.', examples: ['user.create'] }),
    subject_type: z.string().meta({ description: 'On what.', examples: ['user'] }),
    subject_id: z.string().meta({ description: 'Its id; of what has none, what names it.' }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What else is to be known; depends on the action.', examples: [{}] }),
    previous_hash: hash.meta({ description: 'Of the record before.' }),
    hash: hash.meta({ description: 'SHA-256 of the canonical JSON of the record.' }),
  }),
);
export type AuditRecordDto = z.infer<typeof AuditRecordDto>;

const names = z.array(z.string());

export const AuditListDto = wire(
  'AuditList',
  z.strictObject({
    synthetic,
    records: z.array(AuditRecordDto),
    next_cursor: nextCursor,
    known: z
      .strictObject({ actions: names, actors: names, subject_types: names })
      .optional()
      .meta({ description: 'What there is to ask for, up to 100 of each; where a filter found nothing.' }),
  }),
);
export type AuditListDto = z.infer<typeof AuditListDto>;

const name = z.string().min(1).max(200).optional();

export const AuditQueryDto = pageQuery({
  action: z
    .string()
    .max(100)
    .regex(
      /^[a-z_]+(?:\.[a-z_]+)*(?:\.\*)?$/,
      'must be an action such as user.create, or a kind such as user.*',
    )
    .optional()
    .meta({ description: 'This action, or all of a kind.', examples: ['user.*'] }),
  actor: name.meta({ description: 'What this user did.', examples: ['grace'] }),
  subject_type: name.meta({ description: 'What was done to things of this kind.', examples: ['user'] }),
  subject_id: name.meta({ description: 'What was done to the one with this id.' }),
  ...timeRange('occurred'),
  sort: sortBy(AUDIT_SORTS, '-sequence'),
});
export type AuditQueryDto = z.infer<typeof AuditQueryDto>;

export function auditRecordDto({ sequence, occurred_at, data, ...record }: AuditRecord): AuditRecordDto {
  return {
    synthetic: true,
    ...record,
    sequence: Number(sequence),
    occurred_at: occurred_at.toISOString(),
    data: data as Record<string, unknown>,
  };
}
