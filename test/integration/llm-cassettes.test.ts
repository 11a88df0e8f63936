import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cassettes, type LanguageModel, type SessionOptions } from '../../src/core/llm/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { gatewayOf, ollamaAt, saying } from '../support/llm-gateway.js';
import { LlmServer, MODEL } from '../support/llm-server.js';
import { Program } from '../support/program.js';

let application: TestApplication;
let server: LlmServer;
let cassettes: Cassettes;
let program: Program;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  application = await testApplication();
  cassettes = application.app.get(Cassettes);
  const { database } = application.runtime;
  program = new Program({
    DATABASE_URL: (database.application as { url: string }).url,
    DATABASE_OWNER_URL: (database.owner as { url: string }).url,
  });
});
beforeEach(async () => {
  let calls = 0;
  server = await LlmServer.start(() => ({
    content: `Answer ${(calls += 1)}.`,
    thinking: `Thought ${calls}.`,
  }));
  return () => server.stop();
});
afterAll(async () => {
  for (const close of closing) await close();
  program.remove();
  await application.close();
});

/** A session of a process of its own, which reaches a server or does not. */
function session(options: SessionOptions, isOnline = true): LanguageModel {
  const config = isOnline ? ollamaAt(server.url) : {};
  const { gateway, close } = gatewayOf(config, { cassettes });
  closing.push(close);
  return gateway.session(options);
}

/** A run: what it got, as bytes. */
async function run(model: LanguageModel): Promise<string> {
  const schema = z.strictObject({ name: z.string() });
  const answers: unknown[] = [];
  for (const [text, seed] of [
    ['a', '1'],
    ['b', '1'],
    ['a', '1'],
    ['a', '2'],
  ] as const)
    answers.push(await model.complete(saying(text), { seed }));
  // The second does not fit, and is repaired.
  server.script = ({ body }) => ({
    content: JSON.stringify(body).includes('cannot be used') ? '{"name":"Ana"}' : 'no',
  });
  answers.push(await model.complete(saying('who'), { seed: '1', schema }));
  return JSON.stringify(answers);
}

describe('what is refused', () => {
  it('leaves no cassette behind', async () => {
    const specification = {
      gender: 'female',
      count: 5,
      country: 'MX',
      seed: '1',
      persist: true,
      writer: 'llm',
    };
    expect(await application.call('POST', '/api/v1/populate', specification)).toMatchObject({ status: 422 });
    expect(await application.call('GET', '/api/v1/llm/cassettes')).toMatchObject({ body: { cassettes: [] } });
  });
});

describe('a run', () => {
  it('is recorded, and replayed offline to the byte', async () => {
    const recording = session({ mode: 'record', cassette: 'run' });
    const recorded = await run(recording);
    expect(recording.totals()).toMatchObject({ calls: 5, replayed: 1, repairs: 1 });
    const asked = server.asked.length;
    const replaying = session({ mode: 'replay', cassette: 'run' }, false);
    expect(await run(replaying)).toBe(recorded);
    expect(server.asked).toHaveLength(asked);
    expect(replaying.totals()).toMatchObject({ calls: 0, replayed: 6, tokens: { input: 0, output: 0 } });
  });

  it('that is recorded again takes the place of what was', async () => {
    const first = await run(session({ mode: 'record', cassette: 'again' }));
    const second = await run(session({ mode: 'record', cassette: 'again' }));
    expect(second).not.toBe(first);
    expect(await run(session({ mode: 'replay', cassette: 'again' }, false))).toBe(second);
  });

  it('in a replay has an error where the cassette has no answer, and no server is asked', async () => {
    await session({ mode: 'record', cassette: 'miss' }).complete(saying('a'), { seed: '1' });
    const asked = server.asked.length;
    const replaying = session({ mode: 'replay', cassette: 'miss' });
    for (const [text, options] of [
      ['b', { seed: '1' }],
      ['a', { seed: '2' }],
      ['a', {}],
      ['a', { seed: '1', schema: z.string() }],
    ] as const)
      await expect(replaying.complete(saying(text), options)).rejects.toMatchObject({
        code: 'cassette_miss',
        kind: 'not_found',
      });
    await expect(replaying.complete(saying('a', { temperature: 0.1 }), { seed: '1' })).rejects.toThrow(
      /the cassette miss has no answer to the call [\da-f]{64} \(test\)/,
    );
    expect(server.asked).toHaveLength(asked);
    const none = session({ mode: 'replay', cassette: 'none' });
    await expect(none.complete(saying('a'))).rejects.toMatchObject({ code: 'cassette_not_found' });
  });

  it('asks the model for what its cassette lacks, with auto', async () => {
    await session({ mode: 'record', cassette: 'auto' }).complete(saying('a'), { seed: '1' });
    const first = session({ mode: 'auto', cassette: 'auto' });
    expect((await first.complete(saying('a'), { seed: '1' })).value).toBe('Answer 1.');
    expect((await first.complete(saying('b'), { seed: '1' })).value).toBe('Answer 2.');
    expect(first.totals()).toMatchObject({ calls: 1, replayed: 1 });
    const offline = session({ mode: 'auto', cassette: 'auto' }, false);
    expect((await offline.complete(saying('b'), { seed: '1' })).value).toBe('Answer 2.');
    await expect(offline.complete(saying('c'))).rejects.toMatchObject({ code: 'llm_not_configured' });
  });

  it('notices that the model is another', async () => {
    await session({ mode: 'record', cassette: 'digest' }).complete(saying('a'), { seed: '1' });
    server.digest = 'b'.repeat(64);
    const online = session({ mode: 'auto', cassette: 'digest' });
    expect((await online.complete(saying('a'), { seed: '1' })).value).toBe('Answer 2.');
  });

  it('keeps nothing while it is live', async () => {
    await session({}).complete(saying('a'));
    const { rows } = await cassettes.list({}, { sort: 'name', limit: 100 });
    expect(rows.map(({ name }) => name)).not.toContain('default');
    expect(() => session({ mode: 'record' })).toThrow(/is needed for the mode record/);
    expect(() => session({ mode: 'record', cassette: '../up' })).toThrow(/expected 1 to 100/);
  });
});

/** The lines of a cassette, as the API answers them. */
async function fileOf(name: string): Promise<string> {
  const { app, authorization } = application;
  const url = `/api/v1/llm/cassettes/${name}/file`;
  return (await app.inject({ method: 'GET', url, headers: { authorization } })).body;
}

const path = (name: string): string => join(program.dataDir, name);
const command = async (...args: string[]) => {
  const { code, stdout, stderr } = await program.run('--json', '-q', 'llm', ...args);
  return {
    code,
    stderr,
    body: (stdout === '' ? undefined : JSON.parse(stdout)) as Record<string, unknown>,
  };
};

describe('a file of a cassette', () => {
  beforeAll(async () => {
    const stand = await LlmServer.start((_, calls) => ({ content: `Answer ${calls}.` }));
    const { gateway, close } = gatewayOf(ollamaAt(stand.url), { cassettes });
    const recording = gateway.session({ mode: 'record', cassette: 'file' });
    for (const text of ['a', 'b', 'c']) await recording.complete(saying(text), { seed: '1' });
    await close();
    await stand.stop();
  });

  it('is exported, listed and imported, and replays the same', { timeout: 120_000 }, async () => {
    const exported = await command('cassettes', 'export', 'file', '--path', path('file.jsonl'));
    expect(exported).toMatchObject({
      code: 0,
      body: { name: 'file', entries: '3', path: path('file.jsonl') },
    });
    const lines = readFileSync(path('file.jsonl'), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(JSON.parse(lines[3] ?? '')).toMatchObject({
      end: { synthetic: true, cassette: 'file', entries: 3 },
    });
    const imported = await command('cassettes', 'import', path('file.jsonl'), '--name', 'copy');
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(imported.body).toEqual({ synthetic: true, name: 'copy', added: 3, present: 0 });
    const again = await command('cassettes', 'import', path('file.jsonl'), '--name', 'copy');
    expect(again.body).toMatchObject({ added: 0, present: 3 });
    const listed = await command('cassettes', 'list', '--name', 'copy');
    expect(listed.body['cassettes']).toMatchObject([
      { name: 'copy', entries: '3', models: [`ollama/${MODEL}`] },
    ]);
    const original = session({ mode: 'replay', cassette: 'file' }, false);
    const copy = session({ mode: 'replay', cassette: 'copy' }, false);
    for (const text of ['a', 'b', 'c'])
      expect(await copy.complete(saying(text), { seed: '1' })).toEqual(
        await original.complete(saying(text), { seed: '1' }),
      );
    expect((await fileOf('copy')).replace('"cassette":"copy"', '"cassette":"file"')).toBe(
      await fileOf('file'),
    );
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['a changed answer', (text) => text.replace('Answer 1.', 'Answer X.'), /line \d: the digest is not/],
    ['a changed line', (text) => text.replace('{"entry"', '{"entri"'), /line 1: /],
    [
      'a missing end',
      (text) => text.split('\n').slice(0, 3).join('\n'),
      /line 4: the end of the file is missing/,
    ],
    ['a missing entry', (text) => text.split('\n').slice(1).join('\n'), /the entries are not those/],
    ['no JSON', () => 'hello\n', /line 1: is no JSON/],
  ])('is refused with %s, and nothing is imported', { timeout: 60_000 }, async (_, change, said) => {
    writeFileSync(path('wrong.jsonl'), change(await fileOf('file')));
    const ended = await command('cassettes', 'import', path('wrong.jsonl'), '--name', 'wrong');
    expect(ended).toMatchObject({ code: 2, body: undefined });
    expect(ended.stderr).toMatch(said);
    const found = await application.call('GET', '/api/v1/llm/cassettes/wrong');
    expect(found.status).toBe(404);
  });

  it('with another answer to the same call is a conflict, whatever its digests', async () => {
    const [line = ''] = (await fileOf('file')).split('\n');
    const { gateway, close } = gatewayOf(ollamaAt(server.url), { cassettes });
    const { entry } = JSON.parse(line) as { entry: { request: { messages: { content: string }[] } } };
    const text = entry.request.messages[0]?.content ?? '';
    server.script = () => ({ content: 'Something else.' });
    await gateway.session({ mode: 'record', cassette: 'other' }).complete(saying(text), { seed: '1' });
    await close();
    const body = { content: `${line}\n`, first_line: 1 };
    const refused = await application.call('POST', '/api/v1/llm/cassettes/other/entries', body);
    expect(refused).toMatchObject({ status: 409, body: { code: 'cassette_conflict' } });
    const wrong = { content: `${line.replace('Answer', 'Antwort')}\n`, first_line: 7 };
    const invalid = await application.call('POST', '/api/v1/llm/cassettes/other/entries', wrong);
    expect(invalid).toMatchObject({ status: 422, body: { errors: [{ field: 'content', line: 7 }] } });
  });
});

describe('azt3knet llm status', () => {
  it('tells what can be asked', { timeout: 60_000 }, async () => {
    const asked = new Program({
      DATABASE_URL: (application.runtime.database.application as { url: string }).url,
      DATABASE_OWNER_URL: (application.runtime.database.owner as { url: string }).url,
      OLLAMA_BASE_URL: `${server.url}, http://127.0.0.1:65534`,
    });
    const { code, stdout } = await asked.run('--json', 'llm', 'status');
    asked.remove();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      backend: 'ollama',
      mode: 'live',
      backends: [
        {
          backend: 'ollama',
          model: MODEL,
          model_digest: server.digest,
          problem: null,
          servers: [
            { url: server.url, problem: null, breaker: 'closed' },
            { url: 'http://127.0.0.1:65534', problem: expect.stringContaining('ECONNREFUSED') as string },
          ],
        },
        { backend: 'rules', problem: null, servers: [] },
      ],
    });
    const { body } = await application.call('GET', '/api/v1/llm/status');
    expect(body).toMatchObject({ backend: 'rules', backends: [{ backend: 'rules' }] });
  });
});
