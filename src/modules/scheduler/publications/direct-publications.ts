import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AdapterRegistry, type RemotePost } from '../../integrations/index.js';
import { CampaignRecord, SCHEDULER } from '../campaigns/campaign.record.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import type { Publication } from './publication.entity.js';
import { PublicationRecord } from './publication.record.js';

const MINUTE_MS = 60_000;

/** Drafts that are written and decided on, to go out now, in a campaign of their own. */
export interface DirectRequest {
  campaignId: string;
  /** Of the campaign. */
  name: string;
  populationId: string;
  /** `name@version`. */
  template: string;
  adapter: string;
  destination: string | null;
  /** How many people have to approve each. */
  approvals: 0 | 1 | 2;
  /** How late a publication may be. */
  graceMinutes: number;
  publications: readonly Pick<Publication, 'id' | 'agent_id' | 'draft_id' | 'decision_id'>[];
}

/** A publication with where it goes. */
export type DeliveredPublication = Publication & { adapter: string; destination: string | null };

/** Publishes drafts that are there, by the way of all publications: quotas, approvals, leases and all. */
@Injectable()
export class DirectPublications {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly campaigns: CampaignsRepository,
    private readonly adapters: AdapterRegistry,
    private readonly campaignRecord: CampaignRecord,
    private readonly record: PublicationRecord,
  ) {}

  /** Adds a campaign that runs, with its publications, in the manager's transaction; once, however often it is asked for. */
  async place(manager: EntityManager, request: DirectRequest, actor: string): Promise<void> {
    const { campaignId, approvals, graceMinutes, publications } = request;
    const now = new Date();
    const ends = new Date(now.getTime() + graceMinutes * MINUTE_MS);
    const made = await this.campaigns.insert(manager, campaignId, termsOf(request, now, ends), actor);
    if (made === undefined) return;
    await this.campaigns.setPlanned(manager, campaignId, null, publications.length);
    const running = await this.campaigns.setState(manager, campaignId, 'running');
    const rows = await manager.query<Publication[]>(
      `INSERT INTO publications (campaign_id, id, agent_id, draft_id, decision_id, ordinal, template, state, approvals_needed,
           due_at, not_before, expires_at, waiting_since)
         SELECT $1, given.*, 0, $6, $7, $8::smallint, $9, $9, $10, CASE WHEN $8 > 0 THEN $9::timestamptz END
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS given (id, agent_id, draft_id, decision_id)
         RETURNING *`,
      [
        campaignId,
        publications.map(({ id }) => id),
        publications.map(({ agent_id }) => agent_id),
        publications.map(({ draft_id }) => draft_id),
        publications.map(({ decision_id }) => decision_id),
        request.template,
        approvals > 0 ? 'awaiting_approval' : 'due',
        approvals,
        now,
        ends,
      ],
    );
    await this.record.changed(manager, rows, actor);
    await this.campaignRecord.changed(manager, running, 'campaign.start', actor);
  }

  /** Cancels such a campaign in the manager's transaction: what is not being published is cancelled soon after. */
  async cancel(manager: EntityManager, campaignId: string, actor: string): Promise<void> {
    const campaign = await this.campaigns.find(manager, campaignId, true);
    if (campaign === undefined || campaign.state === 'completed' || campaign.state === 'cancelled') return;
    const cancelled = await this.campaigns.setState(manager, campaignId, 'cancelled');
    await this.campaignRecord.changed(manager, cancelled, 'campaign.cancel', actor);
  }

  /** The publications of a campaign. */
  of(campaignId: string): Promise<DeliveredPublication[]> {
    return this.dataSource.query<DeliveredPublication[]>(
      `SELECT p.*, c.adapter, c.destination FROM publications p JOIN campaigns c ON c.id = p.campaign_id
       WHERE p.campaign_id = $1 ORDER BY p.id`,
      [campaignId],
    );
  }

  /** The publications of an agent that are not over. */
  open(agentId: string): Promise<Pick<Publication, 'id' | 'state'>[]> {
    return this.dataSource.query<Pick<Publication, 'id' | 'state'>[]>(
      `SELECT id, state FROM publications WHERE agent_id = $1
         AND state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing') ORDER BY due_at, id`,
      [agentId],
    );
  }

  /**
   * Cancels, in the manager's transaction, what an agent has not begun to publish.
   * @returns how many
   */
  async withdraw(manager: EntityManager, agentId: string, reason: string): Promise<number> {
    const [rows] = await manager.query<[Publication[], number]>(
      `UPDATE publications SET state = 'cancelled', reason = $2
       WHERE agent_id = $1 AND state IN ('planned', 'drafted', 'awaiting_approval', 'due') RETURNING *`,
      [agentId, reason],
    );
    await this.record.changed(manager, rows, SCHEDULER);
    return rows.length;
  }

  /**
   * The post of a publication as its platform has it; null where the platform cannot be asked, undefined where it has none.
   * @throws AdapterError
   */
  async fetch(
    { adapter: name, agent_id, destination, remote_id }: DeliveredPublication,
    signal: AbortSignal,
  ): Promise<RemotePost | null | undefined> {
    const adapter = this.adapters.get(name);
    if (!adapter.traits.fetching || remote_id === null) return null;
    return adapter.fetch({
      account: { agentId: agent_id },
      destination: destination ?? undefined,
      target: remote_id,
      signal,
    });
  }

  /** @throws NetworkError `adapter_not_found` */
  requireAdapter(name: string): void {
    this.adapters.get(name);
  }
}

function termsOf(request: DirectRequest, from: Date, to: Date) {
  const { name, populationId, template, adapter, destination, approvals, graceMinutes } = request;
  const rule = (['none', 'all', 'two_people'] as const)[approvals];
  return {
    name,
    population_id: populationId,
    audience: {},
    templates: [template],
    adapter,
    destination,
    seed: name,
    starts_at: from,
    ends_at: to,
    quiet_hours: null,
    rhythm: null,
    caps: { total: Math.max(1, request.publications.length) },
    approval: { rule },
    grace_minutes: graceMinutes,
  };
}
