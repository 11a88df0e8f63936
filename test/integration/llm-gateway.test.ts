import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { LlmConfig } from '../../src/core/config/index.js';
import type { GatewayParts } from '../../src/core/llm/llm-gateway.js';
import { wireSeed } from '../../src/core/llm/call-key.js';
import { gatewayOf, ollamaAt, openAiAt, saying } from '../support/llm-gateway.js';
import { DIGEST, LlmServer, MODEL, type Script } from '../support/llm-server.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(script?: Script): Promise<LlmServer> {
  const server = await LlmServer.start(script);
  cleanups.push(() => server.stop());
  return server;
}

function open(config: Partial<LlmConfig>, parts?: Partial<GatewayParts>) {
  const { gateway, metrics, close } = gatewayOf(config, parts);
  cleanups.push(close);
  return { gateway, metrics };
}

const code = (text: string): unknown => expect.objectContaining({ code: text });
const PROTOCOLS = [
  ['ollama', ollamaAt],
  ['openai', openAiAt],
] as const;

describe.each(PROTOCOLS)('a server of %s', (backend, at) => {
  it('answers, with what it thought apart from what it says', async () => {
    const server = await serve(() => ({ content: 'It is blue.', thinking: 'The sky, then.' }));
    const { gateway } = open(at(server.url));
    const completion = await gateway.complete(saying('Which colour?'), { seed: 'a' });
    expect(completion).toMatchObject({
      value: 'It is blue.',
      content: 'It is blue.',
      thinking: 'The sky, then.',
      backend,
      model: MODEL,
      finish: 'stop',
      tokens: { input: 11, output: 7 },
    });
    expect(completion.calls).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
  });

  it('may think in its text', async () => {
    const server = await serve(() => ({ content: '<think>\nHm.\n</think>\n\nBlue.' }));
    const { gateway } = open(at(server.url));
    expect(await gateway.complete(saying('x'))).toMatchObject({ value: 'Blue.', thinking: 'Hm.' });
  });

  it('is told what the request says, and nothing of this machine', async () => {
    const server = await serve();
    const { gateway } = open(at(server.url));
    const more = { temperature: 0.5, topP: 0.9, maxTokens: 40, stop: ['END'] };
    await gateway.complete(saying('x', more), { seed: 'a' });
    const [{ body, headers } = { body: {}, headers: {} }] = server.chats;
    const sampling = { temperature: 0.5, top_p: 0.9, stop: ['END'], seed: wireSeed('a') };
    expect(body).toEqual({
      model: MODEL,
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
      ...(backend === 'ollama'
        ? { options: { ...sampling, num_predict: 40 } }
        : { ...sampling, max_tokens: 40, stream_options: { include_usage: true } }),
    });
    expect(headers['user-agent']).toMatch(/^Azt3kNet\//);
    expect(headers.authorization).toBe(backend === 'openai' ? 'Bearer sk-test' : undefined);
  });

  it.each([
    [{ status: 400, error: 'bad option' }, 'llm_refused', 1],
    [{ status: 500, error: 'runner died' }, 'llm_unavailable', 3],
    [{ status: 429 }, 'llm_unavailable', 3],
    [{ status: 503 }, 'llm_unavailable', 3],
    [{ breaks: 'error' }, 'llm_unavailable', 3],
    [{ breaks: 'connection' }, 'llm_unavailable', 3],
    [{ breaks: 'end' }, 'llm_unavailable', 3],
    [{ breaks: 'braces' }, 'llm_unavailable', 3],
    [{ status: 404, error: `model "x" not found` }, 'llm_model_missing', 1],
  ] as const)('that answers %j ends in %s after %i attempts', async (reply, ending, attempts) => {
    const server = await serve(() => reply);
    const { gateway } = open(at(server.url), { flow: { breakAfter: 10 } });
    const written = vi.spyOn(console, 'log');
    const warned = vi.spyOn(console, 'warn');
    await expect(gateway.complete(saying('a secret prompt'))).rejects.toEqual(code(ending));
    await expect(gateway.complete(saying('a secret prompt'))).rejects.not.toThrow(/secret/);
    expect(server.chats).toHaveLength(2 * attempts);
    // The client of Ollama writes to the console where it is let.
    expect([...written.mock.calls, ...warned.mock.calls]).toEqual([]);
  });

  it.each([-5, 1e300, 2 ** 31, 'many', ['7'], null])('that counts %j tokens has told none', async (told) => {
    const server = await serve(() => ({ tokens: { input: told as number, output: told as number } }));
    const { gateway, metrics } = open(at(server.url));
    expect(await gateway.complete(saying('x'))).toMatchObject({ tokens: { input: 0, output: 0 } });
    expect(await metrics.registry.metrics()).toContain('llm_calls_total');
  });

  it('that fails in a way that passes is asked again', async () => {
    const server = await serve(
      (_, calls) => [{ status: 503 }, { breaks: 'connection' } as const, {}][calls - 1] ?? {},
    );
    const { gateway } = open(at(server.url));
    await expect(gateway.complete(saying('x'))).resolves.toMatchObject({ value: 'Hello.' });
    expect(server.chats).toHaveLength(3);
  });

  it('is given the time that it asks for', async () => {
    const server = await serve((_, calls) =>
      calls === 1 ? { status: 429, headers: { 'retry-after': '1' } } : {},
    );
    const { gateway } = open(at(server.url));
    const started = performance.now();
    await gateway.complete(saying('x'));
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it('that answers with nothing is asked again, drawing otherwise', async () => {
    const server = await serve((_, calls) => ({ content: calls < 3 ? '' : 'At last.', thinking: 'Hm.' }));
    const { gateway } = open(at(server.url));
    const { value, calls } = await gateway.complete(saying('x'), { seed: 'a' });
    expect(value).toBe('At last.');
    expect(new Set(calls).size).toBe(3);
    server.script = () => ({ content: '', thinking: 'Hm.' });
    await expect(gateway.complete(saying('x'), { seed: 'b' })).rejects.toEqual(code('llm_answer_empty'));
  });

  it('that is slow ends with its time limit', async () => {
    const server = await serve(() => ({ afterMs: 5_000 }));
    const config = at(server.url);
    const slow = { ...config, [backend]: { ...config[backend as 'ollama'], timeoutSeconds: 0.1 } };
    const { gateway } = open(slow, { flow: { retries: 0 } });
    await expect(gateway.complete(saying('x'))).rejects.toThrow(/has not answered in full within 100 ms/);
  });
});

async function digestFrom(digest: unknown): Promise<string> {
  const server = await serve();
  server.digest = digest as string;
  const { gateway } = open({ ...ollamaAt(server.url), backend: 'ollama' });
  return (await gateway.complete(saying('x'))).modelDigest;
}

describe('a model', () => {
  it.each(['', 'sha256:short', 'evil\n\u001b[2J', null])(
    'whose digest is %j is known by its name',
    async (digest) => {
      expect(await digestFrom(digest)).toMatch(/^[\da-f]{64}$/);
    },
  );

  it('whose digest is no text is one of no server that can be asked', async () => {
    await expect(digestFrom(5)).rejects.toEqual(code('llm_unavailable'));
  });

  it('is known by the digest that Ollama tells, and missing where it does not have it', async () => {
    const server = await serve();
    const { gateway } = open({ ...ollamaAt(server.url), backend: 'ollama' });
    expect((await gateway.complete(saying('x'))).modelDigest).toBe(DIGEST);
    const other = gateway.session({ model: 'qwen3:4b' });
    await expect(other.complete(saying('x'))).rejects.toThrow(
      /has no model qwen3:4b: run `ollama pull qwen3:4b`/,
    );
    expect(server.chats).toHaveLength(1);
  });
});

const Person = z.strictObject({ name: z.string().min(1), age: z.int().min(18).max(90) });
const PERSON_SCHEMA = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1 },
    age: { type: 'integer', minimum: 18, maximum: 90 },
  },
  required: ['name', 'age'],
  additionalProperties: false,
};

describe('an answer with a schema', () => {
  it.each(PROTOCOLS)('is asked for by JSON Schema, of %s', async (backend, at) => {
    const server = await serve(() => ({ content: '```json\n{"name":"Ana","age":30}\n```' }));
    const { gateway } = open(at(server.url));
    const { value } = await gateway.complete(saying('x'), { schema: Person });
    expect(value).toEqual({ name: 'Ana', age: 30 });
    const { format, response_format: form } = server.chats[0]?.body ?? {};
    const asked = {
      type: 'json_schema',
      json_schema: { name: 'answer', schema: PERSON_SCHEMA, strict: true },
    };
    expect({ format, form }).toEqual(
      backend === 'ollama' ? { format: PERSON_SCHEMA, form: undefined } : { format: undefined, form: asked },
    );
  });

  it('that does not fit is repaired: the model is shown what was wrong', async () => {
    const answers = ['My pleasure!', '{"name":"Ana","age":7}', '{"name":"Ana","age":70}'];
    const server = await serve((_, calls) => ({ content: answers[calls - 1] ?? '' }));
    const { gateway } = open(ollamaAt(server.url));
    const { value, calls } = await gateway.complete(saying('x'), { schema: Person, seed: 'a' });
    expect(value).toEqual({ name: 'Ana', age: 70 });
    expect(calls).toHaveLength(3);
    const messages = server.chats.map(({ body }) => body['messages'] as { role: string; content: string }[]);
    expect(messages[1]?.slice(1)).toEqual([
      { role: 'assistant', content: 'My pleasure!' },
      { role: 'user', content: expect.stringContaining('- the answer: is no JSON') as string },
    ]);
    expect(messages[2]?.at(-1)?.content).toMatch(/- age: .*18/);
    expect(gateway.totals()).toMatchObject({ calls: 3, repairs: 2 });
    const seeds = server.chats.map(({ body }) => (body['options'] as { seed: number }).seed);
    expect(seeds).toEqual(['a', 'a~1', 'a~2'].map(wireSeed));
  });

  it('that never fits fails with the reason', async () => {
    const server = await serve(() => ({ content: '{"name":"","age":30}' }));
    const { gateway } = open(ollamaAt(server.url));
    const error = await gateway.complete(saying('x'), { schema: Person }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'llm_answer_invalid', issues: [{ field: 'name' }] });
    expect(server.chats).toHaveLength(3);
  });

  it('that was cut off says so', async () => {
    const server = await serve(() => ({ content: '{"name":"A', finish: 'length' }));
    const { gateway } = open(ollamaAt(server.url));
    await expect(gateway.complete(saying('x'), { schema: Person })).rejects.toThrow(/was cut off/);
  });
});

/** Gives people, as many as the prompt asks for, changed by `change`. */
const people = (change: (names: string[], calls: number) => string[] = (names) => names): Script => {
  let next = 0;
  return ({ body }, calls) => {
    const last = (body['messages'] as { content: string }[]).at(-1)?.content ?? '';
    const count = Number(/exactly (\d+) records/.exec(last)?.[1]);
    const names = Array.from({ length: count }, () => `Ana ${(next += 1)}`);
    const records = change(names, calls).map((name) => ({ name, age: 30 }));
    return { content: JSON.stringify({ records }) };
  };
};

describe('records', () => {
  it('are as many as were asked for, in batches', async () => {
    const server = await serve(people());
    const { gateway } = open(ollamaAt(server.url));
    const found = await gateway.records(25, saying('People.'), { schema: Person, seed: 'a' });
    expect(found).toHaveLength(25);
    expect(new Set(found.map(({ name }) => name)).size).toBe(25);
    const sizes = server.chats.map(
      ({ body }) => JSON.stringify(body['format']).match(/"minItems":(\d+)/)?.[1],
    );
    expect(sizes).toEqual(['10', '10', '5']);
  });

  it('that are missing, repeated or wrong are asked for again', async () => {
    const server = await serve(people((names, calls) => (calls === 1 ? ['Bea', 'Bea', ''] : names)));
    const { gateway } = open(ollamaAt(server.url));
    const options = { schema: Person, seed: 'a', unique: ({ name }: { name: string }) => name };
    const found = await gateway.records(4, saying('People.'), options);
    expect(found).toHaveLength(4);
    expect(found[0]?.name).toBe('Bea');
    expect(JSON.stringify(server.chats[1]?.body)).toContain('These are taken already: \\"Bea\\"');
  });

  it('that are too many are left out', async () => {
    const server = await serve(people((names) => [...names, 'More', 'And more']));
    const { gateway } = open(ollamaAt(server.url));
    expect(await gateway.records(3, saying('People.'), { schema: Person })).toHaveLength(3);
  });

  it('that do not come are an error, which counts them', async () => {
    const server = await serve(people(() => ['Bea']));
    const { gateway } = open(ollamaAt(server.url));
    const options = { schema: Person, unique: ({ name }: { name: string }) => name };
    await expect(gateway.records(3, saying('People.'), options)).rejects.toThrow(/has given 1 of 3 records/);
  });

  it.each([0, 1.5, 100_001])('cannot be %d', async (n) => {
    const { gateway } = open({});
    await expect(gateway.records(n, saying('x'), { schema: Person })).rejects.toEqual(
      code('llm_request_invalid'),
    );
  });
});

describe('calls at once', () => {
  it('are no more than the configuration says, of all backends together', async () => {
    const server = await serve(() => ({ afterMs: 15 }));
    const { gateway } = open({ ...ollamaAt(server.url), ...openAiAt(server.url), concurrency: 3 });
    const [even, odd] = [gateway.session({ backend: 'ollama' }), gateway.session({ backend: 'openai' })];
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? even : odd).complete(saying(`${index}`))),
    );
    expect(server.most).toBe(3);
  });

  it('are as many as a server bears, which is found out', async () => {
    const server = await serve(() => (server.active > 6 ? { status: 503 } : { afterMs: 15 }));
    const { gateway } = open({ ...ollamaAt(server.url), concurrency: 64 }, { flow: { retries: 20 } });
    await Promise.all(Array.from({ length: 200 }, (_, index) => gateway.complete(saying(`${index}`))));
    const refused = server.chats.length - 200;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(40);
    const [{ limit } = { limit: 0 }] = (await gateway.status()).backends[0]?.servers ?? [];
    expect(limit).toBeGreaterThanOrEqual(4);
    expect(limit).toBeLessThanOrEqual(7);
  });

  it('go to all servers', async () => {
    const servers = [await serve(() => ({ afterMs: 10 })), await serve(() => ({ afterMs: 10 }))];
    const { gateway } = open({ ...ollamaAt(...servers.map(({ url }) => url)), concurrency: 8 });
    await Promise.all(Array.from({ length: 40 }, (_, index) => gateway.complete(saying(`${index}`))));
    for (const { chats } of servers) expect(chats.length).toBeGreaterThan(10);
  });

  it('that are the same share one answer', async () => {
    const server = await serve(() => ({ afterMs: 20 }));
    const { gateway } = open(ollamaAt(server.url));
    const same = Array.from({ length: 10 }, () => gateway.complete(saying('x'), { seed: 'a' }));
    const answers = await Promise.all([...same, gateway.complete(saying('x'), { seed: 'b' })]);
    expect(server.chats).toHaveLength(2);
    expect(new Set(answers.slice(0, 10).map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(gateway.totals()).toMatchObject({ calls: 2, shared: 9, tokens: { input: 22, output: 14 } });
  });
});

describe('a call that is cancelled', () => {
  it('ends at once with the reason, ends at the server, and frees its place', async () => {
    const server = await serve((_, calls) => (calls === 1 ? { afterMs: 60_000 } : {}));
    const { gateway } = open({ ...ollamaAt(server.url), concurrency: 1 });
    const controller = new AbortController();
    const first = gateway.complete(saying('1'), { signal: controller.signal });
    first.catch(() => undefined);
    await vi.waitFor(() => expect(server.active).toBe(1));
    const second = gateway.complete(saying('2'));
    await sleep(20);
    expect(server.chats).toHaveLength(1);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(second).resolves.toMatchObject({ value: 'Hello.' });
    await vi.waitFor(() => expect(server.active).toBe(0));
  });

  it('while it waits is never made', async () => {
    const server = await serve((_, calls) => (calls === 1 ? { afterMs: 60 } : {}));
    const { gateway } = open({ ...ollamaAt(server.url), concurrency: 1 });
    const first = gateway.complete(saying('1'));
    await vi.waitFor(() => expect(server.active).toBe(1));
    await expect(gateway.complete(saying('2'), { signal: AbortSignal.timeout(10) })).rejects.toThrow(
      /timeout/i,
    );
    await first;
    await sleep(20);
    expect(server.chats).toHaveLength(1);
  });

  it('leaves the answer to those who share it', async () => {
    const server = await serve(() => ({ afterMs: 50 }));
    const { gateway } = open(ollamaAt(server.url));
    const signal = AbortSignal.timeout(20);
    const calls = [gateway.complete(saying('x'), { signal }), gateway.complete(saying('x'))];
    const [first, second] = await Promise.allSettled(calls);
    expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
    expect(server.chats).toHaveLength(1);
  });

  it('by its deadline says so', async () => {
    const server = await serve(() => ({ afterMs: 60_000 }));
    const { gateway } = open(ollamaAt(server.url));
    const deadline = new Date(Date.now() + 60);
    await expect(gateway.complete(saying('x'), { deadline })).rejects.toEqual(code('llm_deadline'));
    await vi.waitFor(() => expect(server.active).toBe(0));
  });
});

describe('a server that keeps failing', () => {
  it('is left alone, and asked again after a while', async () => {
    let works = false;
    const server = await serve(() => (works ? {} : { status: 500 }));
    const { gateway } = open({ ...ollamaAt(server.url), backend: 'ollama' }, { flow: { retries: 0 } });
    for (let index = 0; index < 3; index += 1)
      await expect(gateway.complete(saying(`${index}`))).rejects.toThrow(/500/);
    await expect(gateway.complete(saying('x'))).rejects.toThrow(/is asked again in 1 s/);
    expect(server.chats).toHaveLength(3);
    expect((await gateway.status()).backends[0]?.servers[0]?.breaker).toBe('open');
    await sleep(160);
    await expect(gateway.complete(saying('y'))).rejects.toThrow(/500/);
    await expect(gateway.complete(saying('z'))).rejects.toThrow(/is asked again/);
    expect(server.chats).toHaveLength(4);
    works = true;
    await sleep(160);
    await expect(gateway.complete(saying('y'))).resolves.toMatchObject({ value: 'Hello.' });
    expect((await gateway.status()).backends[0]?.servers[0]?.breaker).toBe('closed');
  });

  it('leaves its calls to the others', async () => {
    const [bad, good] = [await serve(() => ({ status: 500 })), await serve()];
    const { gateway } = open(ollamaAt(bad.url, good.url));
    for (let index = 0; index < 20; index += 1) await gateway.complete(saying(`${index}`));
    expect(bad.chats.length).toBeLessThanOrEqual(5);
    expect(good.chats).toHaveLength(20);
  });
});

const peopleByRule = (_: unknown, seed: string, count = 0): string =>
  JSON.stringify({
    records: Array.from({ length: count }, (__, at) => ({ name: `${seed}/${at}`, age: 20 })),
  });

describe('where no model answers', () => {
  const rule = { id: 'greeting@1', answer: (_: unknown, seed: string) => `Hello, ${seed}.` };

  it('the rule of the caller does, and without one it says what is needed', async () => {
    const server = await LlmServer.start();
    const { url } = server;
    await server.stop();
    const { gateway } = open(ollamaAt(url));
    const completion = await gateway.complete(saying('x', { rule }), { seed: 'a' });
    expect(completion).toMatchObject({ value: 'Hello, a.', backend: 'rules', model: 'greeting@1' });
    await expect(gateway.complete(saying('x'))).rejects.toThrow(
      /test needs a language model: set OLLAMA_BASE_URL/,
    );
  });

  it('a backend that was named is not replaced', async () => {
    const { gateway } = open({});
    const session = gateway.session({ backend: 'ollama', model: MODEL });
    await expect(session.complete(saying('x', { rule }))).rejects.toEqual(code('llm_not_configured'));
  });

  it('records come from the rule too', async () => {
    const { gateway } = open({});
    const request = saying('x', { rule: { id: 'people@1', answer: peopleByRule } });
    const found = await gateway.records(12, request, { schema: Person, seed: 'a' });
    expect(found.map(({ name }) => name)).toHaveLength(12);
    expect(found[11]?.name).toBe('a/1.2/1');
  });
});

describe('no server is asked', () => {
  it('that redirects to another', async () => {
    const [target, server] = [await serve(), await serve()];
    server.script = () => ({ status: 307, headers: { location: `${target.url}/api/chat` } });
    const { gateway } = open({ ...ollamaAt(server.url), backend: 'ollama' });
    await expect(gateway.complete(saying('x'))).rejects.toEqual(code('egress_redirect'));
    expect(target.asked).toEqual([]);
  });
});

describe('a forecast', () => {
  it('says what calls will need, from what calls needed', async () => {
    const server = await serve(() => ({ tokens: { input: 50, output: 100 } }));
    const { gateway } = open({ ...ollamaAt(server.url), prices: { input: 1, output: 2 } });
    const request = saying('y'.repeat(200));
    expect(await gateway.forecast(request, 10)).toMatchObject({
      calls: 10,
      tokens: { input: 500, output: 2560 },
    });
    await gateway.complete(request);
    expect(await gateway.forecast(request, 10)).toMatchObject({
      tokens: { input: 500, output: 1000 },
      cost: '0.002500',
    });
    expect(gateway.totals()).toMatchObject({ calls: 1, cost: '0.000250' });
  });
});

describe('metrics', () => {
  it('tell calls, tokens and servers', async () => {
    const server = await serve((_, calls) => (calls === 1 ? { status: 503 } : {}));
    const { gateway, metrics } = open(ollamaAt(server.url));
    await gateway.complete(saying('a secret prompt'));
    const text = await metrics.registry.metrics();
    const { origin } = new URL(server.url);
    expect(text).toContain('azt3knet_llm_calls_total{backend="ollama",purpose="test",outcome="answered"} 1');
    expect(text).toContain('azt3knet_llm_tokens_total{backend="ollama",purpose="test",direction="output"} 7');
    expect(text).toContain('azt3knet_llm_retries_total{backend="ollama",reason="overloaded"} 1');
    expect(text).toContain(`azt3knet_llm_breaker_open{backend="ollama",server="${origin}"} 0`);
    expect(text).not.toContain('secret');
  });
});
