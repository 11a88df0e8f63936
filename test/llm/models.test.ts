import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LlmGateway } from '../../src/core/llm/index.js';
import { LlmServer, MODEL, type Asked, type Reply } from '../support/llm-server.js';
import { GoodModel } from '../support/people-script.js';
import { GoodAuthor } from '../support/posts-script.js';
import { environmentOf, WritingRoom, type Backend } from '../support/written-drafts.js';

/** A server to be tried: a stand-in, or a real one that somebody gave (`npm run test:llm`). */
interface Target {
  name: string;
  backend: Backend;
  url: string | undefined;
  model: string;
}

const {
  LLM_TEST_OLLAMA_URL: ollama,
  LLM_TEST_OPENAI_URL: openai,
  LLM_TEST_MODEL: model = MODEL,
} = process.env;
const TARGETS: Target[] = [
  { name: 'the stand-in for Ollama', backend: 'ollama', url: undefined, model: MODEL },
  { name: 'the stand-in for OpenAI', backend: 'openai', url: undefined, model: MODEL },
  ...(ollama === undefined
    ? []
    : [{ name: `Ollama at ${ollama}`, backend: 'ollama' as const, url: ollama, model }]),
  ...(openai === undefined
    ? []
    : [{ name: `OpenAI's protocol at ${openai}`, backend: 'openai' as const, url: openai, model }]),
];

const Colour = z.object({ colour: z.string() });

/** What a model that behaves answers to all that is asked here. */
function standIn(): (asked: Asked) => Reply {
  const [people, author] = [new GoodModel(), new GoodAuthor()];
  return (asked) => {
    const text = JSON.stringify(asked.body['messages']);
    if (text.includes('You write profiles')) return people.answer(asked);
    if (text.includes('You write posts')) return author.answer(asked);
    if (!text.includes('exactly')) return { content: '{"colour": "blue"}', thinking: 'A colour. Blue.' };
    const records = Array.from({ length: 10 }, (_, at) => ({ colour: `blue ${at}` }));
    return { content: JSON.stringify({ records }) };
  };
}

const ask = (content: string) => ({ purpose: 'test', messages: [{ role: 'user' as const, content }] });

describe.each(TARGETS)('$name', { timeout: 1_800_000 }, ({ backend, url, model: named }) => {
  let server: LlmServer | undefined;
  let room: WritingRoom;

  beforeAll(async () => {
    server = url === undefined ? await LlmServer.start(standIn()) : undefined;
    const at = (server?.url ?? url ?? '').replace(/\/v1\/?$/u, '');
    room = await WritingRoom.open(
      { ...environmentOf(backend, at, named), OLLAMA_TIMEOUT: '600', EGRESS_ALLOW: new URL(at).host },
      undefined,
      3,
    );
  });
  afterAll(async () => {
    await room.application.close();
    await server?.stop();
  });

  const gateway = () => room.application.app.get(LlmGateway, { strict: false });

  it('says which model it has', async () => {
    const { body } = await room.application.call<{ backends: { backend: string; problem: string | null }[] }>(
      'GET',
      '/api/v1/llm/status',
    );
    expect(body.backends.find((each) => each.backend === backend)).toMatchObject({
      model: named,
      problem: null,
    });
  });

  it('answers by a schema, what it thinks apart', async () => {
    const { value, content, tokens } = await gateway().complete(
      ask('Name one colour as JSON: {"colour": "..."}.'),
      { schema: Colour, seed: '1' },
    );
    expect(value.colour.length).toBeGreaterThan(0);
    expect(content).not.toContain('<think>');
    expect(tokens.output).toBeGreaterThan(0);
  });

  it('gives exactly as many records as are asked for', async () => {
    const colours = await gateway().records(4, ask('Colours, each {"colour": "..."}.'), {
      schema: Colour,
      seed: '1',
    });
    expect(colours).toHaveLength(4);
  });

  it('writes a population, margins kept, and its cassette replays it', async () => {
    const body = { gender: 'female', country: 'MX', count: 3, seed: 'real', writer: 'llm', export: 'jsonl' };
    const make = async (more: object) => {
      const { body: answer } = await room.application.call<{ population_id: string; job_id: string }>(
        'POST',
        '/api/v1/populate',
        { ...body, ...more },
      );
      expect(await room.end(answer.job_id)).toMatchObject({ status: 'completed' });
      return room.text(`/api/v1/populations/${answer.population_id}/exports/jsonl`);
    };
    const written = await make({ cassette: 'people' });
    expect(written.trimEnd().split('\n')).toHaveLength(3);
    expect(await make({ cassette: 'people', cassette_mode: 'replay' })).toBe(written);
  });

  it('writes drafts of everybody, and they are replayed to the byte elsewhere', async () => {
    const { batch, job, writing } = await room.make({ cassette: 'posts', variations: 1 });
    expect(job.result.drafts).toBe(3);
    const drafts = await room.drafts('w');
    for (const { metadata, caption } of drafts) {
      expect(caption.length).toBeGreaterThanOrEqual(20);
      expect(metadata.generator === 'llm').toBe(!metadata.writing?.by_rules.includes('caption'));
    }
    process.stdout.write(
      `${named}: ${JSON.stringify({ by_model: writing.by_model, by_rules: writing.by_rules, refused: writing.refused })}\n`,
    );
    const exported = await room.exportOf(batch);
    const cassette = await room.text('/api/v1/llm/cassettes/posts/file');
    const elsewhere = await WritingRoom.open({}, undefined, 3);
    await elsewhere.take('tape', cassette);
    const replayed = await elsewhere.make({ cassette: 'tape', cassette_mode: 'replay', variations: 1 });
    expect(await elsewhere.exportOf(replayed.batch)).toEqual(exported);
    await elsewhere.application.close();
  });
});
