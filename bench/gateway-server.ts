import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ServerOptions, ServerUse } from './gateway.js';

/** An Ollama of so many places and a fixed latency, which refuses what is more, as its queue does when it is full: in a process of its own. */
const { model, places, latencyMs } = JSON.parse(process.argv[2] ?? '') as ServerOptions;

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
const ANSWER = LINES.map((line) => `${JSON.stringify({ model, created_at: '', ...line })}\n`).join('');

let active = 0;
const use: ServerUse = { refused: 0, busyMs: 0 };

function answer(response: ServerResponse, since: number): void {
  active -= 1;
  use.busyMs += performance.now() - since;
  response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(ANSWER);
}

const server = createServer((request, response) => {
  request.resume();
  if (request.method === 'GET') {
    const models = [{ name: model, digest: 'a'.repeat(64) }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ models }));
  } else if (active === places) {
    use.refused += 1;
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"server busy"}');
  } else {
    active += 1;
    const since = performance.now();
    if (latencyMs === 0) request.once('end', () => answer(response, since));
    else setTimeout(() => answer(response, since), latencyMs);
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('message', () => process.send?.(use));
process.send?.((server.address() as AddressInfo).port);
