import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentsService, type AgentProfile } from '../../src/modules/agents/index.js';
import { Laboratory, type Body } from '../support/laboratory.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

/** A template that declares inputs and has a variant for one locale. */
const FESTIVAL = `id: festival
version: 1.0.0
title: Festival
description: An invitation.
default_language: en
variables: [agent.city, topic]
inputs:
  name: { type: text, max_length: 40 }
  seats: { type: integer, min: 1, max: 500, default: 80 }
  kind: { type: choice, choices: [talk, walk], default: walk }
languages:
  en:
    caption: '{{ input.name }} in {{ agent.city }}: a {{ input.kind }} about {{ topic }}, {{ input.seats }} seats'
    alt_text: A poster
    hashtags: ['{{ topic }}']
    variations: [Come along]
  es:
    phrases:
      you: [ustedes]
    caption: '{{ input.name }} para {{ you }}: {{ topic }}, {{ input.seats }} lugares'
    alt_text: Un cartel en {{ agent.city }}
    hashtags: ['{{ topic }}']
    variations: ['{{ input.kind }}']
locales:
  es-MX:
    phrases:
      you: [toda la banda]
`;

describe('what drafts are about', () => {
  let lab: Laboratory;
  let population: string;
  let profiles: AgentProfile[];
  const draft = (payload: object) => lab.call('POST', '/content/draft', payload);
  const originality = async (agent: string | undefined, seed: string) => {
    const about = { inputs: { name: 'Fiesta' }, topic: 'pan' };
    const { body } = await draft({ agent, template: 'festival', seed, ...about });
    return (body['scores'] as Body)['originality'];
  };

  beforeAll(async () => {
    lab = await Laboratory.open();
    const agents = lab.app.get(AgentsService, { strict: false });
    const answer = await agents.populate(
      { gender: 'unspecified', count: 40, country: 'MX', seed: 'context', persist: true },
      { name: 'system' },
    );
    await lab.ended(answer.job?.id);
    population = answer.generator.id;
    profiles = answer.generator.preview(40);
    await lab.call('POST', '/templates', FESTIVAL);
  });

  afterAll(async () => {
    await lab?.close();
  });

  it('scores, ranks and times a draft, and keeps the versions of its steps', async () => {
    const agent = profiles[0]?.id;
    const { status, body } = await draft({ agent, template: 'open_question', topic: 'bread', seed: '1' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        context: { topic: 'bread' },
        metadata: { steps: { context: 1, write: 2, vary: 2, score: 2 }, generator: 'rules' },
        scores: { originality: 1 },
        timings_us: { guard: expect.any(Number) as number, write: expect.any(Number) as number },
        decision: { action: 'allow' },
      },
    });
    for (const name of ['quality', 'readability', 'persona_fit', 'toxicity', 'originality']) {
      const score = (body['scores'] as Body)[name];
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    expect((body['ranking'] as Body[]).map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
    expect(body['hashtags']).toContain('#Bread');
    const again = await draft({ agent, template: 'open_question', topic: 'bread', seed: '1' });
    expect(again).toMatchObject({ status: 200, body: { id: body['id'] } });
    const other = await draft({ agent, template: 'open_question', topic: 'rain', seed: '1' });
    expect(other).toMatchObject({ status: 201 });
    expect(other.body['id']).not.toBe(body['id']);
  });

  it('measures how original a draft is beside those that there are', async () => {
    expect(await originality(profiles[1]?.id, 'a')).toBeGreaterThan(0.9);
    expect(await originality(profiles[1]?.id, 'b')).toBe(0);
    expect(await originality(profiles[2]?.id, 'a')).toBe(0);
  });

  it('answers a draft as its thread says, and a post from elsewhere', async () => {
    const [writer, replier] = profiles;
    const post = await draft({ agent: writer?.id, template: 'recipe', topic: 'pan de maíz', seed: 'r' });
    const reply_to = { draft: post.body['id'] };
    const reply = await draft({ agent: replier?.id, template: 'thread_reply', reply_to, seed: 'r' });
    expect(reply).toMatchObject({
      status: 201,
      body: {
        context: {
          thread: { author: `@${writer?.username_hint}`, topic: 'pan de maíz', draft_id: post.body['id'] },
        },
        decision: { action: 'allow' },
      },
    });
    for (const text of [reply.body, ...(reply.body['variations'] as Body[])])
      expect(text['caption']).toMatch(
        new RegExp(`@${writer?.username_hint.replaceAll('.', '\\.')}.*pan de maíz`, 'u'),
      );
    const elsewhere = { text: 'So much rain today #CityGardens', author: 'Luna' };
    const other = await draft({
      agent: replier?.id,
      template: 'thread_reply',
      reply_to: elsewhere,
      seed: 'r',
    });
    expect(other.body).toMatchObject({
      context: { thread: { author: 'Luna', topic: 'city gardens', draft_id: null } },
    });
  });

  it('keeps the voice of an agent in all its drafts', async () => {
    const agent = profiles[3]?.id;
    const voices = new Set<string>();
    for (const template of ['recipe', 'open_question', 'travel_note'])
      for (const seed of ['v', 'w']) {
        const { body } = await draft({ agent, template, seed });
        voices.add(JSON.stringify((body['metadata'] as Body)['voice']));
      }
    expect(voices.size).toBe(1);
  });

  it('takes typed inputs, and a variant for a locale', async () => {
    const agent = profiles.find(({ locale }) => locale === 'es-MX')?.id;
    const given = { agent, template: 'festival', topic: 'pan', seed: 'i' };
    const { body } = await draft({ ...given, inputs: { name: 'Feria', seats: 12 } });
    expect(body['caption']).toMatch(/^Feria para toda la banda: pan, 12 lugares/u);
    expect(await draft({ ...given, inputs: { seats: 900, colour: 'red' } })).toMatchObject({
      status: 422,
      body: {
        code: 'inputs_invalid',
        errors: [
          { field: 'inputs.colour', message: 'is no input of the template; known are name, seats, kind' },
          { field: 'inputs.name', message: 'must be a text of up to 40 characters' },
          { field: 'inputs.seats', message: 'must be an integer from 1 to 500' },
        ],
      },
    });
  });

  it.each([
    ['a topic', 'street_art_campaign', { topic: 'pan' }, 'topic_unexpected'],
    ['a thread', 'recipe', { reply_to: { text: 'Hi', author: 'Ana' } }, 'thread_unexpected'],
    ['no thread', 'thread_reply', {}, 'thread_required'],
    ['inputs', 'recipe', { inputs: { name: 'x' } }, 'inputs_invalid'],
  ])('refuses %s where the template has no place for it', async (_what, template, about, code) => {
    expect(await draft({ agent: profiles[0]?.id, template, ...about })).toMatchObject({
      status: 422,
      body: { code },
    });
  });

  it('refuses to answer what is not there, or is said twice', async () => {
    const agent = profiles[0]?.id;
    const reply = (reply_to: object) => draft({ agent, template: 'thread_reply', reply_to });
    expect(await reply({ draft: NOBODY })).toMatchObject({ status: 404, body: { code: 'draft_not_found' } });
    for (const wrong of [{}, { text: 'Hi' }, { draft: NOBODY, text: 'Hi', author: 'Ana' }])
      expect(await reply(wrong)).toMatchObject({ status: 422 });
  });

  it('has the guard read what was asked for', async () => {
    const secret = 'write to ana.lopez@example.com';
    const { body } = await draft({ agent: profiles[0]?.id, template: 'recipe', campaign: secret, seed: 'g' });
    const { matches } = body['decision'] as { matches: Body[] };
    expect(matches.map(({ field }) => field)).toContain('context.campaign');
  });

  it('lets a whole population answer, as a job', async () => {
    const reply_to = { text: 'Todo sobre el pan', author: '@panadera', topic: 'pan' };
    const asked = { population, template: 'thread_reply', reply_to, campaign: 'pan', seed: 'all' };
    const { status, body } = await draft(asked);
    expect({ status, body }).toMatchObject({ status: 202, body: { context: { campaign: 'pan' } } });
    expect(await lab.ended(body['job_id'])).toMatchObject({ status: 'completed', result: { drafts: 40 } });
    expect((await draft(asked)).status).toBe(200);
    const list = await lab.call('GET', `/content/drafts?population=${population}&seed=all&limit=100`);
    const drafts = list.body['drafts'] as Body[];
    expect(drafts).toHaveLength(40);
    for (const each of drafts) expect(each['caption']).toContain('@panadera');
    expect(new Set(drafts.map(({ caption }) => caption)).size).toBeGreaterThan(36);
    const alone = await draft({ ...asked, population: undefined, agent: profiles[7]?.id });
    expect(alone.status).toBe(200);
  });

  it('previews with the same words', async () => {
    const about = { topic: 'pan', inputs: { name: 'Feria' } };
    const preview = await lab.call('POST', '/templates/festival/preview', {
      agent: profiles[5]?.id,
      seed: 'p',
      ...about,
    });
    const { body } = await draft({ agent: profiles[5]?.id, template: 'festival', seed: 'p', ...about });
    expect(preview.body).toMatchObject({ caption: body['caption'], scores: { originality: null } });
  });
});
