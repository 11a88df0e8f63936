import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { EgressClient } from '../src/core/egress/index.js';
import { LlmGateway } from '../src/core/llm/llm-gateway.js';
import { Metrics } from '../src/core/metrics/index.js';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { figure, figureAtMost, printFigures } from './figure.js';

const CALLS = 10_000;
/** What the server bears at once, and how long each call takes it. */
const PLACES = 32;
const LATENCY_MS = 200;
const MODEL = 'bench';
const SEQUENTIAL = 2_000;
const SLICE = 2_500;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

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

const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** What was done by some calls. */
class Run {
  private calls = 0;
  private ms = 0;
  private busyMs = 0;

  constructor(private readonly server: BenchServer) {}

  /** Calls a second. */
  get rate(): number {
    return (this.calls / this.ms) * 1_000;
  }

  /** How much of the time of the server's places was used. */
  get use(): number {
    return this.busyMs / (PLACES * this.ms);
  }

  /** Makes calls by so many callers. */
  async make(calls: number, callers: number, work: (text: string) => Promise<unknown>): Promise<void> {
    const [started, busy] = [performance.now(), this.server.busyMs()];
    const end = this.calls + calls;
    const caller = async (): Promise<void> => {
      while (this.calls < end) {
        this.calls += 1;
        await work(`call ${this.calls}`);
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    this.ms += performance.now() - started;
    this.busyMs += this.server.busyMs() - busy;
  }
}

interface Memory {
  rss: number;
  /** After what nobody needs was collected. */
  heap: number;
}

function memoryNow(): Memory {
  collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss: rss / 1_048_576, heap: heapUsed / 1_048_576 };
}

/**
 * The gateway, whom nobody tells what the server bears, and fetch with exactly so many at once, by turns: what else runs on the
 * machine slows both.
 */
async function throughput(): Promise<{ byFetch: Run; byGateway: Run; refused: number; memory: Memory[] }> {
  const server = await serve(LATENCY_MS);
  const { gateway, close } = gatewayTo(server.url);
  const [byFetch, byGateway] = [new Run(server), new Run(server)];
  const memory = [memoryNow()];
  for (let made = 0; made < CALLS; made += SLICE) {
    await byFetch.make(SLICE / 2, PLACES, (text) => askByFetch(server.url, text));
    await byGateway.make(SLICE, 4 * PLACES, (text) => ask(gateway, text));
    memory.push(memoryNow());
  }
  await close();
  server.close();
  return { byFetch, byGateway, refused: server.refused(), memory };
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
const { byFetch, byGateway, refused, memory } = await throughput();
printFigures([
  figure('gateway', `${PLACES} places of ${LATENCY_MS} ms`, PLACES / (LATENCY_MS / 1_000), 'calls/s'),
  figure('gateway', `fetch, ${PLACES} at once`, byFetch.rate, 'calls/s'),
  figure('gateway', `gateway, ${CALLS} calls`, byGateway.rate, 'calls/s'),
  figure('gateway', `gateway ÷ ${PLACES} places`, (byGateway.rate * LATENCY_MS) / 1_000 / PLACES, '×', 0.95),
  figure('gateway', `fetch ÷ ${PLACES} places`, (byFetch.rate * LATENCY_MS) / 1_000 / PLACES, '×'),
  figure('gateway', `gateway ÷ fetch, ${PLACES} at once`, byGateway.rate / byFetch.rate, '×'),
  figure('gateway', 'use of the places by fetch', byFetch.use, '×'),
  figure('gateway', 'use of the places by the gateway', byGateway.use, '×'),
  figure('gateway', 'refused by the server', refused, 'calls'),
  figureAtMost('gateway', 'gateway beyond fetch, median', alone.gateway - alone.bare, 'ms', 1),
  ...memory.map(({ rss }, at) => figure('gateway', `RSS after ${at * SLICE} calls`, rss, 'MB')),
  figureAtMost(
    'gateway',
    `heap after ${CALLS} ÷ after ${SLICE} calls`,
    (memory.at(-1)?.heap ?? 0) / (memory[1]?.heap ?? 1),
    '×',
    1.1,
  ),
]);
