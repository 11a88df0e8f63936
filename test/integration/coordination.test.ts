import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory, type Body } from '../support/laboratory.js';

interface Draft {
  id: string;
  caption: string;
  decision: { id: string; action: string; labels: string[]; matches: { policy: string; rule: string }[] };
}

const templateOf = (id: string, caption: string, phrases: Record<string, string[]>): string => `id: ${id}
version: 1.0.0
title: ${id}
description: What agents say.
default_language: en
variables: [agent.city]
languages:
  en:
    phrases: ${JSON.stringify(phrases)}
    caption: ${JSON.stringify(caption)}
    alt_text: A wall in {{ agent.city }}
    hashtags: ['#walls']
    variations: { count: 1 }
`;

/** One sentence, as agents write it who do not want to be seen to have it from the same hand. */
const SLOGAN = templateOf('slogan', 'Vote for the blue {{ wall }}', {
  wall: ['wall tonight', 'WALL TONIGHT!', 'wаll  tonіght', 'w\u0430ll, tonight…'],
});
const PUSHED = templateOf('pushed', '{{ word }} {{ other }}: www.wall.example/now', {
  word: ['Look', 'See', 'Read', 'Open', 'Try', 'Find'],
  other: ['this', 'that', 'it', 'here', 'there', 'mine'],
});
const GREETING = templateOf('greeting', '{{ word }} {{ other }} from {{ agent.city }}', {
  word: ['Hi', 'Hello', 'Hey', 'Good day', 'Welcome'],
  other: ['all', 'friends', 'neighbours', 'people', 'folks', 'everyone'],
});
const LEAKY = templateOf('leaky', '{{ word }}: write to ana{{ number }}@example.com', {
  word: ['Hi', 'Hello', 'Hey'],
  number: ['1', '2', '3', '4', '5', '6', '7', '8'],
});

const rulesOf = ({ decision }: Draft): string[] => [
  ...new Set(decision.matches.map(({ policy, rule }) => `${policy}/${rule}`)),
];

describe('coordinated behaviour', () => {
  let lab: Laboratory;
  let population: string;
  let agents: string[];

  const draft = async (template: string, agent: string | undefined, more: object = {}): Promise<Draft> => {
    const { status, body } = await lab.call('POST', '/content/draft', {
      template,
      agent,
      seed: '1',
      ...more,
    });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body as unknown as Draft;
  };
  const decisionOf = async ({ decision }: Draft): Promise<Body> =>
    (await lab.call('GET', `/decisions/${decision.id}`)).body;
  const drafts = async (template: string, agent: string | undefined, count: number): Promise<Draft[]> => {
    const requests = Array.from({ length: count }, (_, seed) => ({ template, agent, seed: String(seed) }));
    const { body } = await lab.call('POST', '/content/drafts/bulk', { requests });
    return (body['results'] as { draft: Draft }[]).map((each) => each.draft);
  };

  beforeAll(async () => {
    lab = await Laboratory.open();
    const wanted = { gender: 'unspecified', count: 12, country: 'MX', seed: '5' };
    const made = await lab.call('POST', '/agents/provision', wanted);
    population = String(made.body['population_id']);
    await lab.ended(made.body['job_id']);
    const page = await lab.call('GET', `/populations/${population}/agents?limit=12`);
    agents = (page.body['agents'] as { id: string }[]).map(({ id }) => id);
    for (const text of [SLOGAN, PUSHED, GREETING, LEAKY]) {
      const { status, body } = await lab.call('POST', '/templates', text);
      if (status !== 201) throw new Error(JSON.stringify(body));
    }
  });
  afterAll(() => lab?.close());

  it('is not what a population does for the one who asked it to', async () => {
    const made = await lab.call('POST', '/content/draft', { template: 'slogan', population, seed: '1' });
    const job = await lab.ended(made.body['job_id']);
    expect(job).toMatchObject({ status: 'completed' });
    const { body } = await lab.call('GET', `/content/drafts?population=${population}&limit=100`);
    const written = body['drafts'] as Draft[];
    expect(written).toHaveLength(12);
    expect(new Set(written.map(({ decision }) => decision.action))).toEqual(new Set(['allow']));
    expect(await decisionOf(written[0] as Draft)).toMatchObject({ context: null, opinions: null });
  });

  it('is the same text from several agents of a campaign, whatever its disguise', async () => {
    const made: Draft[] = [];
    for (const agent of agents.slice(0, 4))
      made.push(await draft('slogan', agent, { seed: '2', campaign: 'spring' }));
    expect(made.slice(0, 3).map(({ decision }) => decision.action)).toEqual(['allow', 'allow', 'allow']);
    const [, , , last] = made as [Draft, Draft, Draft, Draft];
    expect(last.decision).toMatchObject({ action: 'review', labels: ['coordinated'] });
    expect(rulesOf(last)).toEqual(['coordination/copied-text']);
    expect(await decisionOf(last)).toMatchObject({
      campaign_id: 'spring',
      context: {
        agent: { id: agents[3], age_days: 0 },
        campaign: { id: 'spring' },
        history: { decisions: 1, same_text: 3, same_text_agents: 3 },
      },
      reasons: expect.stringContaining('coordination/copied-text') as string,
    });
    const { body } = await lab.call('GET', '/decisions?campaign_id=spring');
    expect(body['decisions']).toHaveLength(4);
    const queue = await lab.call('GET', '/reviews?limit=10');
    expect(JSON.stringify(queue.body)).toContain(last.decision.id);
  });

  it('is rehearsed on what was known then', async () => {
    const { body } = await lab.call('GET', '/policies/coordination');
    const content = String(body['content'])
      .replace('version: 1.0.0', 'version: 1.0.1')
      .replace('history.same_text_agents >= 3', 'history.same_text_agents >= 2')
      .replace(
        'same_text_agents: 2 } } }\n        - { text: Good',
        'same_text_agents: 1 } } }\n        - { text: Good',
      );
    const tried = await lab.call('POST', '/compliance/backtest', {
      content,
      subject_type: 'draft',
      limit: 100,
    });
    expect(tried.status).toBe(200);
    const items = tried.body['items'] as {
      changed: boolean;
      before: { action: string };
      after: { action: string };
    }[];
    const changed = items.filter((item) => item.changed);
    expect(changed).toHaveLength(1);
    expect(changed).toMatchObject([{ before: { action: 'allow' }, after: { action: 'review' } }]);
  });

  it('is one link that many spread', async () => {
    const made: Draft[] = [];
    for (const agent of agents.slice(0, 6)) made.push(await draft('pushed', agent));
    expect(made.map((each) => rulesOf(each).includes('coordination/pushed-link'))).toEqual([
      ...Array.from({ length: 5 }, () => false),
      true,
    ]);
    expect(await decisionOf(made[5] as Draft)).toMatchObject({
      context: { history: { shared_links_agents: 5 } },
    });
  });

  it('is writing faster than a person', async () => {
    const made = await drafts('greeting', agents[7], 18);
    const fast = made.map((each) => rulesOf(each).includes('coordination/inhuman-pace'));
    expect(fast.slice(0, 16)).not.toContain(true);
    expect(fast.slice(16)).toEqual([true, true]);
  });

  it('is what an agent says whose texts were blocked again and again', async () => {
    const leaks = await drafts('leaky', agents[8], 10);
    expect(new Set(leaks.map(({ decision }) => decision.action))).toEqual(new Set(['block']));
    const next = await draft('greeting', agents[8]);
    expect(next.decision).toMatchObject({ action: 'escalate', labels: ['repeat-offender'] });
    const other = await draft('greeting', agents[9]);
    expect(other.decision.action).toBe('allow');
  });
});
