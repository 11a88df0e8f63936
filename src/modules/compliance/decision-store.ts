import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService, type AuditEntry } from '../../core/audit/index.js';
import type { Decision } from './decision.entity.js';
import { DecisionsRepository, type NewDecision } from './decisions.repository.js';
import { ReviewIntake } from './review/review-intake.js';

/** Where decisions are kept: on the audit chain, too, and in the queue of reviews where they wait for people. */
@Injectable()
export class DecisionStore {
  constructor(
    private readonly repository: DecisionsRepository,
    private readonly reviews: ReviewIntake,
    private readonly audit: AuditService,
  ) {}

  /** Stores and audits what is not there yet, in the manager's transaction; returns all, in the given order. */
  async add(manager: EntityManager, decisions: readonly NewDecision[]): Promise<Decision[]> {
    const stored = await this.repository.insertMissing(manager, decisions);
    const byId = new Map(stored.map((decision) => [decision.id, decision]));
    const entries = [...new Set(decisions.map(({ id }) => id))].flatMap((id) => byId.get(id) ?? []);
    await this.reviews.open(manager, entries);
    await this.audit.append(manager, ...entries.map(auditEntry));
    const known = decisions.filter(({ id }) => !byId.has(id)).map(({ id }) => id);
    if (known.length > 0) {
      for (const decision of await this.repository.findAll(manager, known)) byId.set(decision.id, decision);
    }
    return decisions.map(({ id }) => byId.get(id) as Decision);
  }
}

function auditEntry(decision: Decision): AuditEntry {
  return {
    actor: decision.decided_by,
    action: 'compliance.decide',
    subject: { type: decision.subject_type, id: decision.subject_id },
    data: {
      decision_id: decision.id,
      action: decision.action,
      checked: decision.checked,
      compliance_score: decision.compliance_score,
      labels: decision.labels,
      rules: [...new Set(decision.matches.map((match) => `${match.policy}/${match.rule}`))],
      text_hash: decision.text_hash,
      ...(decision.opinions !== null && {
        opinions: decision.opinions.map(({ source, model, problem }) => ({ source, model, problem })),
      }),
      policies: decision.policies.map(({ id, version, sha256 }) => `${id}@${version}#${sha256}`),
    },
  };
}
