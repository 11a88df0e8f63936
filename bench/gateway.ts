import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { EgressClient } from '../src/core/egress/index.js';
import { LlmGateway } from '../src/core/llm/llm-gateway.js';
import { Metrics } from '../src/core/metrics/index.js';
import { figure, figureAtMost, printFigures } from './figure.js';

const CALLS = 10_000;
/** What the server bears at once, and how long each call takes it. */
const PLACES = 32;
const LATENCY_MS = 200;
const MODEL = 'bench';
const SEQUENTIAL = 2_000;
const RSS_EVERY = 2_500;

const LINES = [
  ...Array.from({ length: 5 }, (_, at) => ({
    message: { role: 'assistant', content: `word${at} ` },
    done: false,
  })),
  {
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 20,
    eval_count: 5,
    eval_duration: 1_000_000,
  },
];
const ANSWER = LINES.map((line) => `${JSON.stringify({ model: MODEL, created_at: '', ...line })}\n`).join('');

interface BenchServer {
  url: string;
  refused: () => number;
  /** Time that its places were taken, added up. */
  busyMs: () => number;
  close: () => void;
}

/** An Ollama of so many places and a fixed latency, which refuses what is more, as its queue does when it is full. */
async function serve(latencyMs: number): Promise<BenchServer> {
  let active = 0;
  let refused = 0;
  let busyMs = 0;
  const answer = (response: ServerResponse, since: number): void => {
    active -= 1;
    busyMs += performance.now() - since;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(ANSWER);
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const models = [{ name: MODEL, digest: 'a'.repeat(64) }];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ models }));
    } else if (active === PLACES) {
      refused += 1;
      request.resume();
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"server busy"}');
    } else {
      active += 1;
      const since = performance.now();
      request.resume();
      if (latencyMs === 0) request.once('end', () => answer(response, since));
      else setTimeout(() => answer(response, since), latencyMs);
    }
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refused: () => refused,
    busyMs: () => busyMs,
    close: () => server.close(),
  };
}

function gatewayTo(url: string): { gateway: LlmGateway; close: () => Promise<void> } {
  const egress = new EgressClient({ allow: [] });
  const gateway = new LlmGateway({
    config: {
      backend: 'ollama',
      ollama: { urls: [url], model: MODEL, timeoutSeconds: 30 },
      openai: undefined,
      mode: 'live',
      cassette: undefined,
      concurrency: 2 * PLACES,
      prices: { input: 0, output: 0 },
    },
    egress,
    metrics: new Metrics(),
    cassettes: undefined,
    flow: { retries: 50 },
  });
  return { gateway, close: () => egress.close() };
}

const ask = (gateway: LlmGateway, text: string): Promise<unknown> =>
  gateway.complete({ purpose: 'bench', messages: [{ role: 'user', content: text }] }, { seed: text });

const askByFetch = async (url: string, text: string): Promise<unknown> => {
  const body = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: text }], stream: true });
  return (await fetch(`${url}/api/chat`, { method: 'POST', body })).text();
};

const megabytes = (): number => process.memoryUsage.rss() / 1_048_576;

const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

interface Run {
  /** Calls a second. */
  rate: number;
  /** How much of what the server bears was used: its calls a second by what as many places could have done in that time. */
  use: number;
  refused: number;
}

/** Makes calls by so many callers. */
async function run(
  server: BenchServer,
  calls: number,
  callers: number,
  work: (call: number) => Promise<unknown>,
): Promise<Run> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < calls) {
      next += 1;
      await work(next);
    }
  };
  const [started, busy, refused] = [performance.now(), server.busyMs(), server.refused()];
  await Promise.all(Array.from({ length: callers }, caller));
  const ms = performance.now() - started;
  return {
    rate: (calls / ms) * 1_000,
    use: (server.busyMs() - busy) / (PLACES * ms),
    refused: server.refused() - refused,
  };
}

/** The gateway, whom nobody tells what the server bears, and fetch with exactly so many at once. */
async function throughput(): Promise<{ byFetch: Run; byGateway: Run; memory: number[] }> {
  const server = await serve(LATENCY_MS);
  const { gateway, close } = gatewayTo(server.url);
  const memory: number[] = [];
  const byFetch = await run(server, CALLS / 4, PLACES, (call) => askByFetch(server.url, `fetch ${call}`));
  const byGateway = await run(server, CALLS, 4 * PLACES, (call) => {
    if (call % RSS_EVERY === 1) memory.push(megabytes());
    return ask(gateway, `call ${call}`);
  });
  memory.push(megabytes());
  await close();
  server.close();
  return { byFetch, byGateway, memory };
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  times.push(performance.now() - started);
}

/** Milliseconds, at the median, that a call takes by the gateway beyond what it takes by fetch alone. */
async function overhead(): Promise<{ bare: number; gateway: number }> {
  const server = await serve(0);
  const { gateway, close } = gatewayTo(server.url);
  const bare: number[] = [];
  const through: number[] = [];
  for (let index = 0; index < SEQUENTIAL; index += 1) {
    await timed(bare, () => askByFetch(server.url, `${index}`));
    await timed(through, () => ask(gateway, `alone ${index}`));
  }
  await close();
  server.close();
  return { bare: median(bare), gateway: median(through) };
}

const alone = await overhead();
const { byFetch, byGateway, memory } = await throughput();
printFigures([
  figure('gateway', `${PLACES} places of ${LATENCY_MS} ms`, PLACES / (LATENCY_MS / 1_000), 'calls/s'),
  figure('gateway', `fetch, ${PLACES} at once`, byFetch.rate, 'calls/s'),
  figure('gateway', `gateway, ${CALLS} calls`, byGateway.rate, 'calls/s'),
  figure('gateway', 'use of the places by fetch', byFetch.use, '×'),
  figure('gateway', 'use of the places by the gateway', byGateway.use, '×', 0.95),
  figure('gateway', 'refused by the server', byGateway.refused, 'calls'),
  figureAtMost('gateway', 'gateway beyond fetch, median', alone.gateway - alone.bare, 'ms', 1),
  ...memory.map((value, at) => figure('gateway', `memory after ${at * RSS_EVERY} calls`, value, 'MB')),
  figureAtMost(
    'gateway',
    `memory after ${CALLS} ÷ after ${CALLS / 2}`,
    (memory.at(-1) ?? 0) / (memory[2] ?? 1),
    '×',
    1.1,
  ),
]);
