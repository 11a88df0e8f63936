import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Route } from './document.js';

/** Values of what belongs to campaigns: what a request makes, moves or ends is its own. */
export function campaignValues({ name, path }: Route): Record<string, readonly unknown[]> {
  if (path.startsWith('/api/v1/publications/{id}')) return { id: ['FRESH-PUBLICATION'] };
  if (!path.startsWith('/api/v1/campaigns')) return {};
  const state = path.endsWith('/pause') ? 'RUNNING' : path.endsWith('/resume') ? 'PAUSED' : '';
  return {
    campaign: [`FRESH-${state}CAMPAIGN`],
    ...(name === 'POST /api/v1/campaigns' && { name: ['FRESH-CAMPAIGNNAME'] }),
    adapter: ['sandbox', 'sandbox', 'webhook'],
    destination: ['main', null],
    // One for nobody is refused.
    audience: [{}, { country: 'MX' }, undefined],
    quiet_hours: [null, { from: '22:30', to: '07:00' }, undefined],
    rhythm: [null, undefined],
    // Of two moments by chance the second is hardly ever within a year of the first.
    starts_at: [undefined, undefined, undefined, new Date(Date.now() + 3 * 86_400_000).toISOString()],
    ends_at: [undefined, undefined, undefined, new Date(Date.now() + 9 * 86_400_000).toISOString()],
  };
}

export function campaignName(): string {
  return `c${randomUUID().replaceAll('-', '')}`;
}

/** A campaign of years to come. */
export async function addCampaign(source: DataSource, state: string): Promise<string> {
  const name = campaignName();
  await source.query(
    `INSERT INTO campaigns (id, name, state, population_id, audience, templates, adapter, seed, starts_at, ends_at, caps,
       approval, grace_minutes, created_by)
     SELECT $1, $2, $3, id, '{}', '{street_art_campaign}', 'sandbox', '1', now() + interval '2 years', now() + interval '2 years 1 day',
       '{"total": 3}', '{"rule": "none"}', 60, 'test' FROM populations WHERE persisted LIMIT 1`,
    [randomUUID(), name, state],
  );
  return name;
}

/** A publication that waits for approval. */
export async function addPublication(source: DataSource): Promise<string> {
  const [id, name] = [randomUUID(), await addCampaign(source, 'running')];
  await source.query(
    `INSERT INTO publications (id, campaign_id, agent_id, ordinal, template, state, due_at, expires_at, not_before,
       approvals_needed, draft_id, decision_id, waiting_since)
     SELECT $1, campaigns.id, $3, 1000, 'street_art_campaign', 'awaiting_approval', '2099-01-01', '2099-01-02', '2099-01-01',
       1, $3, decisions.id, now()
     FROM campaigns, decisions WHERE name = $2 LIMIT 1`,
    [id, name, randomUUID()],
  );
  return id;
}
