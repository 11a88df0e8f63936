import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WebSocket } from 'ws';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import { createHttpApplication } from '../src/http-application.js';
import { TokenService } from '../src/modules/auth/tokens/token.service.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';

// Two thousand people in conversations, each of whom says something now and then: from the sentence to its answer, with clients
// in this same process, which take their share of the processor too. Then clients that do not read. BENCH_CONNECTIONS makes it smaller.

const CONNECTIONS = Math.max(1, Number(process.env['BENCH_CONNECTIONS'] ?? 2_000));
/** Each user may have 32 connections. */
const USERS = 64;
const TOGETHER = 20;
/** Sentences in a second, over all connections. */
const RATE = Math.min(50, CONNECTIONS / 4);
const SENTENCES = Math.min(1_500, 10 * CONNECTIONS);
const TEXTS = [
  'list campaigns',
  'show failed jobs',
  'lista las poblaciones',
  'list scenarios',
  "don't stop it",
];
const DEAF = 20;
const SHOUTS = 300;
const PATIENCE_MS = 120_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are not garbage. */
function kept(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function tokenOfNewUser(app: INestApplicationContext): Promise<{ id: string; token: string }> {
  const [id, name] = [randomUUID(), randomBytes(6).toString('hex')];
  const { manager } = app.get(DataSource);
  await manager.query(`INSERT INTO users (id, username, role) VALUES ($1, $2, 'viewer')`, [id, name]);
  await manager.query(
    `INSERT INTO sessions (id, user_id, refresh_id, expires_at) VALUES ($1, $1, $1, now() + interval '1 day')`,
    [id],
  );
  const token = await app.get(TokenService, { strict: false }).sign({ sub: id, sid: id }, 'access', 3_600);
  return { id, token };
}

const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const config = loadConfig(
  {
    AZT3KNET_DATA_DIR: dataDir,
    AZT3KNET_LOG_LEVEL: 'silent',
    RATE_LIMIT_REQUESTS: '0',
    RATE_LIMIT_ADDRESS_REQUESTS: '0',
    API_MAX_CONNECTIONS: '5000',
  },
  dataDir,
);
const runtime = await openRuntime(config, () => {});
const app = await createHttpApplication(compose('api', runtime));
const sockets: WebSocket[] = [];
try {
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const users = await Promise.all(Array.from({ length: USERS }, () => tokenOfNewUser(app)));
  const connect = async (n: number): Promise<WebSocket> => {
    const { id = '', token = '' } = users[n % USERS] ?? {};
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/command/${id}?token=${token}&format=json`);
    sockets.push(socket);
    await once(socket, 'message');
    return socket;
  };
  const begun = performance.now();
  for (let n = 0; n < CONNECTIONS; n += TOGETHER) {
    const count = Math.min(TOGETHER, CONNECTIONS - n);
    await Promise.all(Array.from({ length: count }, (_, k) => connect(n + k)));
  }
  const connecting = (performance.now() - begun) / 1_000;

  /** @returns milliseconds until the answer, from when it was due to be asked */
  const ask = (socket: WebSocket, text: string, due = performance.now()): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${text}`)), PATIENCE_MS);
      const hear = (data: Buffer): void => {
        if (!/^\{"synthetic":true,"type":"(?:answer|question)"/.test(data.toString('utf8', 0, 60))) return;
        clearTimeout(timer);
        socket.off('message', hear);
        resolve(performance.now() - due);
      };
      socket.on('message', hear);
      socket.send(text);
    });
  for (let n = 0; n < 100; n += 1)
    await ask(sockets[n % CONNECTIONS] as WebSocket, TEXTS[n % TEXTS.length] as string);
  // One sentence at a time on each connection, so that every answer is that of its question.
  const free = [...sockets];
  const answers: Promise<number>[] = [];
  const first = performance.now();
  for (let n = 0; n < SENTENCES; n += 1) {
    const due = first + (n * 1_000) / RATE;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    // What has to wait because all are busy has waited since it was due.
    while (free.length === 0) await sleep(1);
    const socket = free.shift() as WebSocket;
    answers.push(
      ask(socket, TEXTS[n % TEXTS.length] as string, due).then((ms) => {
        free.push(socket);
        return ms;
      }),
    );
  }
  const delays = (await Promise.all(answers)).toSorted((a, b) => a - b);

  const before = kept();
  const deaf = sockets.slice(0, DEAF);
  for (const socket of deaf) socket.pause();
  for (let n = 0; n < SHOUTS; n += 1) {
    for (const socket of deaf) socket.send('help');
    await sleep(70);
  }
  const grown = (kept() - before) / 1_048_576;
  const at = (part: number): number => delays[Math.floor(delays.length * part)] ?? Number.NaN;
  printFigures([
    figure('chat', `connections, begun one after the other`, CONNECTIONS / connecting, '1/s'),
    figureAtMost(
      'chat',
      `from a command to its answer, ${CONNECTIONS} connections, median`,
      at(0.5),
      'ms',
      50,
    ),
    figureAtMost(
      'chat',
      `from a command to its answer, ${CONNECTIONS} connections, p99`,
      at(0.99),
      'ms',
      100,
    ),
    figureAtMost(
      'chat',
      `memory for ${deaf.length} clients that do not read ${SHOUTS} answers`,
      grown,
      'MiB',
      300,
    ),
  ]);
} finally {
  for (const socket of sockets) socket.terminate();
  await app.close();
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
