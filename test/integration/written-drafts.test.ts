import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HostedProgram } from '../support/command-host.js';
import { LlmServer, MODEL } from '../support/llm-server.js';
import { GoodAuthor, postAsked, replyOfPost } from '../support/posts-script.js';
import { environmentOf, WritingRoom, type Backend, type Draft } from '../support/written-drafts.js';

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

describe.each<Backend>(['ollama', 'openai'])('drafts that %s writes', (backend) => {
  let server: LlmServer;
  let room: WritingRoom;

  beforeAll(async () => {
    const author = new GoodAuthor();
    server = await LlmServer.start((asked) => author.answer(asked));
    room = await WritingRoom.open(environmentOf(backend, server.url));
  });
  afterAll(async () => {
    await room.application.close();
    await server.stop();
  });

  it('keep who wrote them, by which prompt, seed and calls, and how long each step took', async () => {
    const { status, body } = await room.draft({ topic: 'corn bread' });
    expect(status).toBe(201);
    expect(body.caption).toMatch(/^Saw /);
    expect(body.hashtags).toEqual(['#Walls', '#CityBirds', '#Morning']);
    expect(body.variations).toHaveLength(3);
    expect(body.decision.action).toBe('allow');
    expect(body.metadata).toMatchObject({
      generator: 'llm',
      steps: { context: 1, write: 1, vary: 1 },
      writing: {
        writer: {
          backend,
          model: MODEL,
          prompt: {
            name: 'write_draft',
            version: '1.0.0',
            sha256: expect.stringMatching(/^[\da-f]{64}$/) as string,
          },
        },
        attempts: [{ seed: `${body.id}/1`, calls: [expect.stringMatching(/^[\da-f]{64}$/) as string] }],
        by_rules: [],
        refused: [],
      },
    });
    for (const step of ['context', 'write', 'score', 'guard'])
      expect(body.timings_us[step]).toBeGreaterThanOrEqual(0);
    for (const score of ['quality', 'readability', 'persona_fit', 'originality', 'toxicity'])
      expect(body.scores[score]).toBeGreaterThanOrEqual(0);
    const asked = server.chats.at(-1);
    if (asked === undefined) throw new Error('nobody was asked');
    expect(postAsked(asked)).toMatchObject({ task: { title: 'Recipe', topic: 'corn bread' } });
  });

  it('are there once, whoever asks again', async () => {
    const first = await room.draft({ seed: 'once' });
    const asked = server.chats.length;
    expect(await room.draft({ seed: 'once' })).toEqual({ status: 200, body: first.body });
    expect(server.chats).toHaveLength(asked);
    const rules = await room.draft({ seed: 'once', writer: 'rules' });
    expect(rules.status).toBe(201);
    expect(rules.body.id).not.toBe(first.body.id);
  });

  it('answer a post, which the model has read', async () => {
    const reply_to = { text: 'So much rain, and the beans are happy #Gardens', author: '@luna' };
    const { body } = await room.draft({ template: 'thread_reply', reply_to });
    expect(body.caption).toMatch(/^@luna Saw /);
    const asked = server.chats.at(-1);
    expect(asked && postAsked(asked).post).toEqual({
      author: '@luna',
      topic: 'gardens',
      text: reply_to.text,
    });
  });

  it('are a batch of everybody, forecast before and counted after', async () => {
    const rules = await room.make({ writer: 'rules', seed: 'batch' });
    const { batch, job, writing } = await room.make({ seed: 'batch' });
    expect(batch.id).not.toBe(rules.batch.id);
    expect(batch.writer).toMatchObject({ backend, model: MODEL });
    expect(batch.writing).toMatchObject({ cassette_mode: 'auto', forecast: { calls: 12 } });
    expect(batch.writing?.forecast.input_tokens).toBeGreaterThan(12 * 20);
    expect(job.result).toMatchObject({ drafts: 12, created: true });
    expect(writing).toMatchObject({
      by_model: { caption: 12, alt_text: 12, hashtags: 12, variations: 12 },
      input_tokens: 12 * 200,
      usage: { calls: 12, replayed: 0 },
    });
    expect([sum(writing.by_rules), sum(writing.refused)]).toEqual([0, 0]);
    const drafts = await room.drafts('batch');
    expect(drafts.map(({ metadata }) => metadata.generator).toSorted()).toEqual([
      ...Array.from({ length: 12 }, () => 'llm'),
      ...Array.from({ length: 12 }, () => 'rules'),
    ]);
    const { text, manifest } = await room.exportOf(batch, 'jsonl');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Draft & { generator: string });
    expect(lines.map(({ generator }) => generator)).toEqual(Array.from({ length: 12 }, () => 'llm'));
    expect(manifest).toMatchObject({
      writer: { backend },
      writing: { by_model: { caption: 12 } },
      count: 12,
    });
    expect(manifest['writing']).not.toHaveProperty('usage');
    expect((await room.exportOf(rules.batch, 'jsonl')).text).not.toContain('"generator":"llm"');
    const again = await room.application.call('POST', '/api/v1/content/draft', {
      population: room.population,
      template: 'recipe',
      seed: 'batch',
      writer: 'llm',
    });
    expect(again).toMatchObject({ status: 200, body: { id: batch.id, drafts: 12 } });
  });
});

describe('what a model writes', () => {
  let server: LlmServer;
  let room: WritingRoom;
  let author: GoodAuthor;
  let seeds = 0;

  beforeAll(async () => {
    server = await LlmServer.start();
    room = await WritingRoom.open(environmentOf('ollama', server.url));
  });
  beforeEach(() => {
    author = new GoodAuthor();
    server.script = (asked) => author.answer(asked);
    seeds += 1;
  });
  afterAll(async () => {
    await room.application.close();
    await server.stop();
  });

  const draft = (body: object = {}) => room.draft({ seed: `s${seeds}`, ...body });

  it('is asked for again where variations are missing or alike, with what was wrong', async () => {
    const before = server.chats.length;
    server.script = (asked, calls) => {
      const post = author.post(asked);
      if (calls > before + 1) return replyOfPost(post);
      return replyOfPost({ ...post, variations: [post.caption, post.variations[0] ?? ''] });
    };
    const { body } = await draft();
    expect(body.variations).toHaveLength(3);
    expect(new Set(body.variations.map(({ caption }) => caption)).size).toBe(3);
    expect(body.metadata.writing?.attempts.map(({ seed }) => seed)).toEqual([`${body.id}/1`, `${body.id}/2`]);
    expect(body.metadata.writing?.refused.map(({ reason }) => reason)).toEqual(['alike', 'missing']);
    const last = JSON.stringify(server.chats.at(-1)?.body);
    expect(last).toContain('variations[0] is too much like another caption');
    expect(last).toContain('\\"taken\\"');
  });

  it.each([
    ['is no JSON', 'Sure! Here is your post.', 9],
    ['was cut off', '{"caption": "A wall', 9],
    ['is nothing but thinking', '', 9],
    ['has no caption', JSON.stringify({ caption: '', alt_text: 'x', hashtags: ['a'], variations: [] }), 3],
  ])('that %s is asked for again, and in the end the rules write and say so', async (_, content, calls) => {
    const before = server.chats.length;
    server.script = () => ({ content, thinking: content === '' ? 'Let me think.' : '', finish: 'length' });
    const { status, body } = await draft();
    expect(status).toBe(201);
    expect(server.chats).toHaveLength(before + calls);
    expect(body.metadata).toMatchObject({
      generator: 'rules',
      writing: { by_rules: ['caption', 'alt_text', 'hashtags', 'variations'] },
    });
    const rules = await draft({ writer: 'rules' });
    expect(body.caption).toBe(rules.body.caption);
  });

  it('is repaired where it does not fit at first, each time by a seed of its own', async () => {
    const before = server.chats.length;
    server.script = (asked, calls) => (calls <= before + 2 ? { content: 'Here!' } : author.answer(asked));
    const { body } = await draft();
    expect(body.metadata).toMatchObject({ generator: 'llm', writing: { by_rules: [] } });
    expect(body.metadata.writing?.attempts[0]?.calls).toHaveLength(3);
    const options = server.chats.slice(before).map(({ body: sent }) => sent['options'] as { seed: number });
    expect(new Set(options.map(({ seed }) => seed)).size).toBe(3);
  });

  it('that thinks aloud is taken without its thoughts', async () => {
    server.script = (asked) => ({ ...author.answer(asked), thinking: 'The user wants a post about a wall.' });
    const { body } = await draft();
    expect(body.metadata.generator).toBe('llm');
    expect(JSON.stringify(body)).not.toContain('The user wants');
  });

  it('comes from a server that is overloaded, slow and breaks off all the same', async () => {
    const before = server.chats.length;
    server.script = (asked, calls) => {
      if (calls - before <= 2) return { status: 503, error: 'server busy', headers: { 'retry-after': '0' } };
      if (calls - before === 3) return { ...author.answer(asked), breaks: 'error' };
      return { ...author.answer(asked), afterMs: 100 };
    };
    const { writing } = await room.make({ seed: 'busy' });
    expect(writing).toMatchObject({ by_model: { caption: 12 }, refused: { missing: 0 } });
  });

  it('is read by the guard like everything else', async () => {
    server.script = (asked) =>
      replyOfPost({
        ...author.post(asked),
        caption:
          'I will kill you all, I will hunt you down and kill every one of you, I hate you, kill yourself.',
      });
    const { body } = await draft();
    expect(body.metadata.generator).toBe('llm');
    expect(body.decision.action).not.toBe('allow');
  });

  it('sounds like its agent: its habits are those of its other drafts', async () => {
    server.script = (asked) =>
      replyOfPost({ ...author.post(asked), caption: 'What a wall that was 🔥 in the morning light 🔥' });
    const captions = new Set<string>();
    for (const agent of room.agents) captions.add((await draft({ agent: agent.id })).body.caption);
    expect(captions.size).toBeGreaterThan(1);
  });

  it('can be cancelled, and what was answered is not asked for twice', async () => {
    server.script = (asked, calls) => ({
      ...author.answer(asked),
      ...(calls % 3 === 0 && { afterMs: 3_000 }),
    });
    const before = server.chats.length;
    const batch = await room.ask({ seed: 'cancelled', drafts_per_agent: 4 });
    while (server.chats.length < before + 6) await sleep(20);
    await sleep(500);
    expect((await room.job(batch.job_id)).status).toBe('running');
    await room.application.call('POST', `/api/v1/jobs/${batch.job_id}/cancel`);
    expect((await room.end(batch.job_id)).status).toBe('cancelled');
    while (server.active > 0) await sleep(20);
    expect(await room.drafts('cancelled')).toEqual([]);
    server.script = (asked) => author.answer(asked);
    const { writing } = await room.make({ seed: 'cancelled', drafts_per_agent: 4 });
    expect(writing.usage.replayed).toBeGreaterThan(0);
    expect(writing.usage.calls + writing.usage.replayed).toBe(48);
  });

  it('fails with the reason where the server stays away or the cassette has nothing', async () => {
    const missing = await room
      .ask({ seed: 'nothing', cassette: 'empty', cassette_mode: 'auto' })
      .then((batch) => room.end(batch.job_id));
    expect(missing.status).toBe('completed');
    server.script = () => ({ status: 400, error: 'no' });
    const batch = await room.ask({ seed: 'refused' });
    expect(await room.end(batch.job_id)).toMatchObject({ status: 'failed', error: { code: 'llm_refused' } });
    expect(await draft({ seed: 'alone' })).toMatchObject({ status: 503, body: { code: 'llm_refused' } });
    expect(await draft({ seed: 'other', cassette: 'empty', cassette_mode: 'replay' })).toMatchObject({
      body: { code: 'cassette_miss' },
    });
  });

  it.each([
    [{ writer: 'rules', cassette: 'x' }, 'cassette'],
    [{ writer: undefined, cassette_mode: 'replay' }, 'cassette_mode'],
    [{ cassette_mode: 'replay' }, 'cassette'],
    [{ writer: 'somebody' }, 'writer'],
    [{ cassette: 'No Such Name' }, 'cassette'],
  ])('is refused for %j, naming the field', async (change, field) => {
    for (const target of [{}, { agent: undefined, population: room.population }]) {
      const { status, body } = await draft({ ...change, ...target });
      expect(status).toBe(422);
      expect(JSON.stringify(body)).toContain(`"${field}"`);
    }
  });

  it('is offered on the command line', { timeout: 300_000 }, async () => {
    const { database } = room.application.runtime;
    const program = new HostedProgram({
      ...environmentOf('ollama', server.url),
      DATABASE_URL: (database.application as { url: string }).url,
      DATABASE_OWNER_URL: (database.owner as { url: string }).url,
    });
    const made = await program.run(
      'content',
      'draft',
      '--population',
      room.population,
      '--template',
      'recipe',
      '--seed',
      'cli',
      '--writer',
      'llm',
      '--cassette',
      'cli',
    );
    expect(made.stderr).not.toContain('azt3knet:');
    expect(made.stdout).toMatch(/forecast +12 calls/);
    expect(made.stdout).toMatch(/used +12 calls, 0 replayed/);
    const one = await program.run(
      'content',
      'draft',
      '--agent',
      String(room.agents[0]?.id),
      '--template',
      'recipe',
      '--seed',
      'cli-1',
      '--writer',
      'llm',
    );
    expect(one.stdout).toMatch(new RegExp(`written by +${MODEL}`));
    program.remove();
  });
});

it('needs a model', async () => {
  const room = await WritingRoom.open({}, undefined, 2);
  const { status, body } = await room.draft();
  expect({ status, body }).toMatchObject({ status: 422, body: { code: 'writer_invalid' } });
  await room.application.close();
});
