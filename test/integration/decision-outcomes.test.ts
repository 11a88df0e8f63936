import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ComplianceService } from '../../src/modules/compliance/index.js';
import { makeCaller } from '../support/caller.js';
import { templateText } from '../support/documents.js';
import { Laboratory, type Body } from '../support/laboratory.js';

interface DraftBody {
  id: string;
  agent_id: string;
  decision: { id: string; action: string; reviewed: boolean; labels: string[] };
}

interface Statistics {
  decisions: number;
  by_action: { action: string; decisions: number }[];
  by_day: { day: string; action: string; decisions: number }[];
  by_subject: { subject_type: string; action: string; decisions: number }[];
  by_rule: { policy: string; rule: string; decisions: number }[];
  by_campaign: { campaign_id: string; decisions: number; held: number }[];
  by_agent: { agent_id: string; held: number }[];
}

let lab: Laboratory;
let population: string;

beforeAll(async () => {
  lab = await Laboratory.open();
  const made = await lab.call('POST', '/agents/provision', {
    gender: 'unspecified',
    count: 3,
    country: 'MX',
    seed: 'outcomes',
  });
  population = String(made.body['population_id']);
  await lab.ended(made.body['job_id']);
});
afterAll(() => lab?.close());

/** A draft with this caption, of the first agent. */
async function draft(template: string, caption: string): Promise<DraftBody> {
  const added = await lab.call('POST', '/templates', templateText(template, '1.0.0', caption));
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  const agents = await lab.call('GET', `/populations/${population}/agents?limit=1`);
  const [agent] = agents.body['agents'] as [{ id: string }];
  const { body } = await lab.call('POST', '/content/draft', { template, agent: agent.id, seed: template });
  return body as unknown as DraftBody;
}

async function decide(id: string, verdict: string, labels: string[] = []): Promise<void> {
  const { authorization } = await makeCaller(lab.app, 'operator');
  await lab.call('POST', `/reviews/${id}/claim`, {}, { authorization });
  const opinion = { verdict, reason: 'seen by a person', labels };
  const { status } = await lab.call('POST', `/reviews/${id}/decide`, opinion, { authorization });
  if (status !== 200) throw new Error(`the review answers ${status}`);
}

describe('a draft that the guard holds', () => {
  it('shows reviewers its texts, and may be used once they let it go', async () => {
    const held = await draft('a_claim', '{{ opening }} from {{ agent.city }}, I am not a bot');
    expect(held.decision).toMatchObject({ action: 'review', reviewed: false });
    const review = await lab.call('GET', `/reviews/${held.decision.id}`);
    const texts = review.body['texts'] as { field: string; text: string }[];
    expect(texts[0]).toMatchObject({
      field: 'caption',
      text: expect.stringContaining('I am not a bot') as string,
    });
    expect(review.body).toMatchObject({ agent_id: held.agent_id });

    await decide(held.decision.id, 'release');
    const path = `/content/drafts/${held.id}`;
    expect((await lab.call('GET', path)).body['decision']).toMatchObject({ action: 'allow', reviewed: true });
    const allowed = await lab.call('GET', '/content/drafts?action=allow');
    expect((allowed.body['drafts'] as Body[]).map(({ id }) => id)).toContain(held.id);
    expect((await lab.call('GET', `/decisions/${held.decision.id}`)).body).toMatchObject({
      action: 'review',
    });
  });

  it('stays held when they do not', async () => {
    const held = await draft('another_claim', '{{ opening }} from {{ agent.city }}, no soy un bot');
    await decide(held.decision.id, 'uphold');
    const { body } = await lab.call('GET', `/content/drafts/${held.id}`);
    expect(body['decision']).toMatchObject({ action: 'block', reviewed: true });
  });
});

describe('a population that the guard holds', () => {
  it('is made once a reviewer lets it go', async () => {
    const specification = {
      gender: 'unspecified',
      count: 2,
      country: 'MX',
      seed: 'held',
      interests: ['i am not a bot'],
    };
    const refused = await lab.call('POST', '/agents/provision', specification);
    expect(refused).toMatchObject({ status: 422, body: { code: 'compliance_refused' } });
    const { body } = await lab.call('GET', '/reviews?subject_type=population&status=open');
    const [review] = body['reviews'] as [{ id: string }];
    // Whoever asked is told both: without the seed it would be another population.
    expect(refused.body['errors']).toEqual(
      expect.arrayContaining([
        { field: 'review_id', message: review.id },
        { field: 'seed', message: 'held' },
      ]),
    );
    await decide(review.id, 'release');
    const accepted = await lab.call('POST', '/agents/provision', specification);
    expect(accepted.status).toBe(202);
    // The biographies have the same words again: nobody is asked a second time.
    await lab.ended(accepted.body['job_id']);
    const job = await lab.call('GET', `/jobs/${String(accepted.body['job_id'])}`);
    expect(job.body).toMatchObject({ status: 'completed', result: { persisted: true } });
    const { body: reviews } = await lab.call('GET', '/reviews?subject_type=population&status=open');
    expect(reviews['reviews']).toEqual([]);
    const id = String(accepted.body['population_id']);
    const { body: decided } = await lab.call('GET', `/decisions?subject_id=${id}&action=allow`);
    const [decision] = decided['decisions'] as [{ reasons: string }];
    expect(decision.reasons).toContain(`People have let go what the decision ${review.id} held.`);
  });

  it('is labelled where they said so', async () => {
    const specification = {
      gender: 'unspecified',
      count: 2,
      country: 'MX',
      seed: 'labelled',
      interests: ['i am not a bot'],
    };
    const refused = await lab.call('POST', '/agents/provision', specification);
    const errors = refused.body['errors'] as { field: string; message: string }[];
    const id = errors.find(({ field }) => field === 'review_id')?.message ?? '';
    await decide(id, 'label', ['quotation']);
    const accepted = await lab.call('POST', '/agents/provision', specification);
    await lab.ended(accepted.body['job_id']);
    const made = String(accepted.body['population_id']);
    const { body } = await lab.call('GET', `/decisions?subject_id=${made}&action=label`);
    expect(body['decisions']).toMatchObject([{ labels: expect.arrayContaining(['quotation']) as unknown }]);
  });
});

const statistics = async (query: string): Promise<Statistics> =>
  (await lab.call('GET', `/compliance/statistics?${query}`)).body as unknown as Statistics;

describe('statistics', () => {
  it.each([
    ['policy=nosuch', 'policy', /must be the name of a policy: .*pii/],
    ['subject_type=nosuch', 'subject_type', /must be one of draft, population, scenario/],
  ])('refuse a filter that nothing can meet: %s', async (query, field, accepted) => {
    for (const path of ['/compliance/statistics', '/decisions']) {
      const { status, body } = await lab.call('GET', `${path}?${query}`);
      const [issue] = body['errors'] as [{ field: string; message: string }];
      expect({ status, field: issue.field }).toEqual({ status: 422, field });
      expect(issue.message).toMatch(accepted);
    }
  });

  const agent = randomUUID();

  beforeAll(async () => {
    const compliance = lab.app.get(ComplianceService, { strict: false });
    const texts = [
      'A mural.',
      'Another mural.',
      'Write to ana@example.com',
      'ana@example.com and bob@example.com',
    ];
    await lab.dataSource.transaction((manager) =>
      compliance.decideMany(
        manager,
        texts.map((text, n) => ({
          subject: { type: 'scenario', id: String(n), agentId: agent },
          texts: [{ field: 'caption', text }],
          context: { campaign: { id: n < 3 ? 'spring' : 'autumn' } },
        })),
        'worker',
      ),
    );
    // Decided on in another month.
    await lab.dataSource.transaction((manager) =>
      compliance.decide(
        manager,
        { type: 'scenario', id: 'old' },
        [{ field: 'caption', text: 'Once.' }],
        'worker',
      ),
    );
  });

  it('count decisions by action, day, kind of subject, rule and agent', async () => {
    const found = await statistics('subject_type=scenario');
    const day = new Date().toISOString().slice(0, 10);
    expect(found).toMatchObject({
      decisions: 5,
      by_action: [
        { action: 'allow', decisions: 3 },
        { action: 'block', decisions: 2 },
      ],
      by_subject: [
        { subject_type: 'scenario', action: 'allow', decisions: 3 },
        { subject_type: 'scenario', action: 'block', decisions: 2 },
      ],
      by_rule: [{ policy: 'pii', rule: 'email', decisions: 2 }],
      by_campaign: [
        { campaign_id: 'spring', decisions: 3, held: 1 },
        { campaign_id: 'autumn', decisions: 1, held: 1 },
      ],
      by_agent: [{ agent_id: agent, held: 2 }],
    });
    expect(found.by_day).toEqual([
      { day, action: 'allow', decisions: 3 },
      { day, action: 'block', decisions: 2 },
    ]);
  });

  it('count those of an agent, a subject or a rule, and within times', async () => {
    expect(await statistics(`agent_id=${agent}`)).toMatchObject({ decisions: 4 });
    expect(await statistics('subject_type=scenario&subject_id=2')).toMatchObject({
      decisions: 1,
      by_rule: [{ rule: 'email', decisions: 1 }],
    });
    expect(await statistics(`agent_id=${agent}&policy=pii`)).toMatchObject({ decisions: 2 });
    expect(await statistics(`agent_id=${agent}&rule=nothing`)).toMatchObject({ decisions: 0, by_rule: [] });
    expect(await statistics('campaign_id=spring')).toMatchObject({
      decisions: 3,
      by_rule: [{ rule: 'email', decisions: 1 }],
    });
    const listed = await lab.call('GET', '/decisions?campaign_id=autumn');
    expect(listed.body['decisions']).toMatchObject([{ campaign_id: 'autumn', action: 'block' }]);
    expect(await statistics('decided_before=2020-01-01T00:00:00Z')).toMatchObject({
      decisions: 0,
      by_day: [],
    });
    expect(await statistics('decided_before=0001-01-02T00:00:00Z')).toMatchObject({ decisions: 0 });
    const wrong = await lab.call(
      'GET',
      '/compliance/statistics?decided_after=2026-01-02T00:00:00Z&decided_before=2026-01-01T00:00:00Z',
    );
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'decided_after' }] } });
  });

  it('rest on decisions that say why, and how long they took', async () => {
    const { body } = await lab.call('GET', `/decisions?agent_id=${agent}&action=block`);
    const decisions = body['decisions'] as {
      reasons: string;
      latency_us: number;
      agent_id: string;
      scores: object;
    }[];
    expect(decisions).toHaveLength(2);
    for (const { reasons, latency_us, scores } of decisions) {
      expect(reasons).toMatch(/^The text may not go on\. Rule pii\/email of version /);
      expect(latency_us).toBeGreaterThan(0);
      expect(scores).toMatchObject({ model: expect.stringMatching(/^\d{4}\.\d{2}-/) as string });
    }
  });
});
