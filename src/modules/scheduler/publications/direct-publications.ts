import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdapterRegistry, type RemotePost } from '../../integrations/index.js';
import { CampaignRecord, SCHEDULER } from '../campaigns/campaign.record.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import { DirectPublicationsRepository, type DeliveredPublication } from './direct-publications.repository.js';
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

/** Publishes drafts that are there, by the way of all publications: quotas, approvals, leases and all. */
@Injectable()
export class DirectPublications {
  constructor(
    private readonly publications: DirectPublicationsRepository,
    private readonly campaigns: CampaignsRepository,
    private readonly adapters: AdapterRegistry,
    private readonly campaignRecord: CampaignRecord,
    private readonly record: PublicationRecord,
  ) {}

  /** Adds a campaign that runs, with its publications, in the manager's transaction; once, however often it is asked for. */
  async place(manager: EntityManager, request: DirectRequest, actor: string): Promise<void> {
    const { campaignId, graceMinutes, publications } = request;
    const now = new Date();
    const ends = new Date(now.getTime() + graceMinutes * MINUTE_MS);
    const made = await this.campaigns.insert(manager, campaignId, termsOf(request, now, ends), actor);
    if (made === undefined) return;
    await this.campaigns.setPlanned(manager, campaignId, null, publications.length);
    const running = await this.campaigns.setState(manager, campaignId, 'running');
    const rows = await this.publications.insert(manager, { ...request, dueAt: now, expiresAt: ends });
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
    return this.publications.of(campaignId);
  }

  /** The publications of an agent that are not over. */
  open(agentId: string): Promise<Pick<Publication, 'id' | 'state'>[]> {
    return this.publications.open(agentId);
  }

  /**
   * Cancels, in the manager's transaction, what an agent has not begun to publish.
   * @returns how many
   */
  async withdraw(manager: EntityManager, agentId: string, reason: string): Promise<number> {
    const rows = await this.publications.cancelOf(manager, agentId, reason);
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
