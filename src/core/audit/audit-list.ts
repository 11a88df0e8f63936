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
