import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import type { Caller } from '../../../core/http/index.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { SchedulerError } from '../scheduler.errors.js';
import { ApprovalsRepository } from './approvals.repository.js';
import type { Publication, PublicationApproval } from './publication.entity.js';
import { PublicationRecord } from './publication.record.js';
import {
  PublicationsRepository,
  type PublicationFilter,
  type PublicationSort,
} from './publications.repository.js';

/** A publication, with what people said about it. */
export interface JudgedPublication {
  publication: Publication;
  approvals: PublicationApproval[];
}

/** Shows publications, and lets people approve them. */
@Injectable()
export class ApprovalsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: PublicationsRepository,
    private readonly approvals: ApprovalsRepository,
    private readonly campaigns: CampaignsService,
    private readonly record: PublicationRecord,
    private readonly audit: AuditService,
  ) {}

  /** @throws InvalidCursor; SchedulerError `campaign_not_found` */
  async list(filter: PublicationFilter, request: PageRequest<PublicationSort>): Promise<Page<Publication>> {
    const campaign = filter.campaign && (await this.campaigns.get(filter.campaign)).id;
    return this.repository.page(this.dataSource.manager, { ...filter, campaign }, request);
  }

  /** @throws SchedulerError `publication_not_found` */
  async get(id: string): Promise<JudgedPublication> {
    const { manager } = this.dataSource;
    const publication = await this.repository.find(manager, id);
    if (publication === undefined) throw SchedulerError.notFound('publication', id);
    return { publication, approvals: await this.approvals.of(manager, id) };
  }

  /**
   * Approves or rejects a publication that waits for it, each person once. The last approval that is needed lets it go out when
   * it is due; one rejection cancels it.
   * @throws SchedulerError `publication_not_found`, `publication_not_waiting`, `approval_repeated`; `approval_not_personal` where two people
   *   have to and a service account does
   */
  async judge(
    id: string,
    verdict: PublicationApproval['verdict'],
    reason: string | null,
    caller: Pick<Caller, 'id' | 'username' | 'kind'>,
  ): Promise<JudgedPublication> {
    return this.dataSource.transaction(async (manager) => {
      const publication = await this.waiting(manager, id);
      requirePerson(publication, verdict, caller);
      const said = { publication_id: id, user_id: caller.id, username: caller.username, verdict, reason };
      if (!(await this.approvals.add(manager, said)))
        throw new SchedulerError(
          'conflict',
          'approval_repeated',
          `${caller.username} has said so already; ${publication.approvals_needed} different people have to`,
        );
      const approvals = await this.approvals.of(manager, id);
      const next = stateAfter(publication, approvals, verdict);
      const moved = next === undefined ? publication : await this.approvals.move(manager, id, next);
      if (next !== undefined) await this.record.changed(manager, [moved], caller.username);
      await this.audit.append(manager, {
        actor: caller.username,
        action: `publication.${verdict}`,
        subject: { type: 'publication', id },
        data: { campaign_id: publication.campaign_id, reason },
      });
      return { publication: moved, approvals };
    });
  }

  private async waiting(manager: EntityManager, id: string): Promise<Publication> {
    const publication = await this.repository.find(manager, id, true);
    if (publication === undefined) throw SchedulerError.notFound('publication', id);
    if (publication.state === 'awaiting_approval') return publication;
    const message = `publication ${id} is ${publication.state} and waits for no approval`;
    throw new SchedulerError('conflict', 'publication_not_waiting', message);
  }
}

/** Two people have to say yes; what a program says is no second opinion. A no of anybody counts. */
function requirePerson(
  { approvals_needed }: Publication,
  verdict: PublicationApproval['verdict'],
  { kind, username }: Pick<Caller, 'username' | 'kind'>,
): void {
  if (verdict === 'reject' || approvals_needed < 2 || kind === 'person') return;
  const message = `${approvals_needed} people have to approve it, and ${username} is a service account`;
  throw new SchedulerError('forbidden', 'approval_not_personal', message);
}

function stateAfter(
  { approvals_needed }: Publication,
  approvals: readonly PublicationApproval[],
  verdict: PublicationApproval['verdict'],
): 'due' | 'cancelled' | undefined {
  if (verdict === 'reject') return 'cancelled';
  return approvals.length >= approvals_needed ? 'due' : undefined;
}
