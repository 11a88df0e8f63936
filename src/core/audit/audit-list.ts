import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../database/index.js';
import type { AuditRecord } from './audit.entity.js';

export const AUDIT_SORTS = ['sequence'] as const;
export type AuditSort = (typeof AUDIT_SORTS)[number];

/** Which records: all that is given holds. */
export interface AuditFilter {
  /** `user.create`, or `user.*` for all of its kind. */
  action?: string | undefined;
  actor?: string | undefined;
  subject_type?: string | undefined;
  subject_id?: string | undefined;
  occurred_after?: string | undefined;
  occurred_before?: string | undefined;
}

export const AUDIT_LIST = new Listing<AuditSort>({
  name: 'audit',
  select: 'audit.*',
  from: 'audit',
  id: 'audit.sequence',
  idType: 'bigint',
  sorts: { sequence: { sql: 'audit.sequence', type: 'bigint' } },
});

/** What there is in the chain to ask for. */
export interface AuditNames {
  actions: string[];
  actors: string[];
  subject_types: string[];
}

/** The most names of a kind that are told. */
const MOST_NAMES = 100;

/** Every different value of an indexed column, by a step through the index for each. */
async function valuesOf(
  manager: EntityManager,
  column: 'action' | 'actor' | 'subject_type',
): Promise<string[]> {
  const rows = await manager.query<{ value: string }[]>(
    `WITH RECURSIVE step AS (
       SELECT min(${column}) AS value FROM audit
       UNION ALL
       SELECT (SELECT min(${column}) FROM audit WHERE ${column} > step.value) FROM step WHERE step.value IS NOT NULL
     )
     SELECT value FROM step WHERE value IS NOT NULL LIMIT $1`,
    [MOST_NAMES],
  );
  return rows.map(({ value }) => value);
}

/** What there is in the chain to ask for, for who asked for what there is not. */
export async function auditNames(manager: EntityManager): Promise<AuditNames> {
  return {
    actions: await valuesOf(manager, 'action'),
    actors: await valuesOf(manager, 'actor'),
    subject_types: await valuesOf(manager, 'subject_type'),
  };
}

/** A page of the records of the chain. @throws InvalidCursor */
export function auditPage(
  manager: EntityManager,
  filter: AuditFilter,
  request: PageRequest<AuditSort>,
): Promise<Page<AuditRecord>> {
  const kind = filter.action?.endsWith('.*') === true ? filter.action.slice(0, -1) : undefined;
  const conditions = new Conditions()
    .equal('action', kind === undefined ? filter.action : undefined)
    .add(kind, (parameter) => `starts_with(action, ${parameter})`)
    .equal('actor', filter.actor)
    .equal('subject_type', filter.subject_type)
    .equal('subject_id', filter.subject_id)
    .within('occurred_at', filter.occurred_after, filter.occurred_before);
  return AUDIT_LIST.page(manager, conditions, request);
}
