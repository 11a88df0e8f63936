import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTracing, inSpan } from '../../src/core/tracing/index.js';
import { testApplication } from '../support/application.js';
import { startCollector, type Collector, type ReceivedSpan } from '../support/otlp-collector.js';
import { gatewayOf, ollamaAt, saying } from '../support/llm-gateway.js';
import { LlmServer, MODEL } from '../support/llm-server.js';
import { testConfig } from '../support/runtime.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

let collector: Collector;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => collector.close());

const traced = (more: Record<string, string> = {}) => ({
  ENABLE_TRACING: 'true',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_SERVICE_NAME: 'laboratory',
  ...more,
});

describe('the trace of a run', () => {
  it('leads from the caller through the request to each job and its queries', async () => {
    const stop = await startTracing(testConfig(traced()), () => {});
    const test = await testApplication(traced());
    const run = await test.call<{ jobs: { population: string; simulation: string } }>(
      'POST',
      '/api/simulations/metro_cdmx/run',
      { ticks: 2, seed: 'traced' },
      { traceparent: `00-${TRACE}-${CALLER}-01` },
    );
    expect(run.status).toBe(202);
    const job = () => test.call<{ status: string }>('GET', `/api/jobs/${run.body.jobs.simulation}`);
    await expect.poll(async () => (await job()).body.status, { timeout: 50_000 }).toBe('completed');
    await test.app.inject('/healthz');
    await test.close();
    await stop();

    const spans = collector.spans.filter(({ traceId }) => traceId === TRACE);
    const named = (name: string): ReceivedSpan => {
      const found = spans.find((span) => span.name === name);
      if (found === undefined) throw new Error(`no span ${name}`);
      return found;
    };
    const request = named('POST /api/v1/simulations/:scenario/run');
    expect(request).toMatchObject({
      service: 'laboratory',
      parentSpanId: CALLER,
      kind: 2,
      status: 0,
      attributes: { 'http.response.status_code': 202, 'http.route': '/api/v1/simulations/:scenario/run' },
    });
    for (const name of ['population.generate', 'content.draft', 'simulation.run']) {
      expect(named(`job ${name}`)).toMatchObject({ parentSpanId: request.spanId, kind: 5 });
    }
    expect(named('job population.generate').attributes['azt3knet.job_id']).toBe(run.body.jobs.population);
    const inserts = spans.filter(({ name }) => name === 'INSERT');
    expect(inserts.map(({ parentSpanId }) => parentSpanId)).toContain(request.spanId);
    expect(inserts.map(({ parentSpanId }) => parentSpanId)).toContain(named('job content.draft').spanId);
    expect(inserts[0]?.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
    expect(JSON.stringify(collector.spans)).not.toContain('traced"');
    expect(collector.spans.map(({ name }) => name)).not.toContain('GET /healthz');
  });
});

describe('a call of a language model', () => {
  it('is a span by the conventions for generative AI, without prompt and answer', async () => {
    const stop = await startTracing(testConfig(traced()), () => {});
    const server = await LlmServer.start((_, calls) =>
      calls === 1 ? { content: 'A private answer.' } : { status: 400 },
    );
    const { gateway, close } = gatewayOf({ ...ollamaAt(server.url), backend: 'ollama' });
    const request = saying('A private prompt.', { temperature: 0.5, maxTokens: 40 });
    await gateway.complete(request, { seed: 'a' });
    await gateway.complete(request, { seed: 'b' }).catch(() => undefined);
    const { port } = new URL(server.url);
    await close();
    await server.stop();
    await stop();
    const [good, bad] = collector.spans.filter(({ name }) => name === `chat ${MODEL}`);
    expect(good).toMatchObject({
      kind: 3,
      status: 0,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'ollama',
        'gen_ai.request.model': MODEL,
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.max_tokens': 40,
        'gen_ai.usage.input_tokens': 11,
        'gen_ai.usage.output_tokens': 7,
        'server.address': '127.0.0.1',
        'server.port': Number(port),
      },
    });
    expect(bad).toMatchObject({ status: 2 });
    expect(JSON.stringify(collector.spans)).not.toContain('private');
  });
});

/** Sends a span to the collector. */
async function send(environment: Record<string, string>): Promise<{ lines: string[]; ms: number }> {
  const lines: string[] = [];
  const stop = await startTracing(testConfig(environment), (line) => lines.push(line));
  await inSpan('some work', {}, () => Promise.resolve());
  const started = performance.now();
  await stop();
  return { lines, ms: performance.now() - started };
}

describe('a collector', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-headers-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gets the headers of the secret file', async () => {
    const file = join(folder, 'headers');
    writeFileSync(file, 'authorization=Bearer%20one, x-tenant=lab\n', { mode: 0o600 });
    await send(traced({ OTEL_EXPORTER_OTLP_HEADERS_FILE: file }));
    expect(collector.requests).toEqual([
      {
        path: '/v1/traces',
        headers: expect.objectContaining({ authorization: 'Bearer one', 'x-tenant': 'lab' }) as object,
      },
    ]);
    expect(collector.spans.map(({ name }) => name)).toEqual(['some work']);
  });

  it.each(['refuse', 'hang'] as const)('that does %s is told of, and holds nothing up', async (how) => {
    collector.behave(how);
    const { lines, ms } = await send(traced());
    expect(ms).toBeLessThan(4_500);
    expect(lines).toEqual([expect.stringMatching(/^traces are lost: /)]);
  });

  it('hears of work that fails', async () => {
    const stop = await startTracing(testConfig(traced()), () => {});
    await expect(inSpan('failing work', {}, () => Promise.reject(new Error('out of paint')))).rejects.toThrow(
      'out of paint',
    );
    await stop();
    expect(collector.spans).toMatchObject([{ name: 'failing work', status: 2 }]);
  });

  it('is not asked without ENABLE_TRACING', async () => {
    const { lines } = await send({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    expect(lines).toEqual([]);
    expect(collector.requests).toEqual([]);
  });
});
