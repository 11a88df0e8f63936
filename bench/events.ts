import { randomBytes, randomUUID } from 'node:crypto';
import { on, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WebSocket } from 'ws';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import { EventsService } from '../src/core/events/index.js';
import { createHttpApplication } from '../src/http-application.js';
import { TokenService } from '../src/modules/auth/tokens/token.service.js';
import { runCompleted } from '../src/modules/simulation/run.events.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';

// Events that a hundred subscribers see: emitted in transactions of ten, numbered, read by the tail, sent by WebSocket to
// clients in this same process, which take their share of the processor too.

const SUBSCRIBERS = 100;
/** Each may have 32 streams. */
const USERS = 4;
const EVENTS = 5_000;
const BATCH = 10;
const SINGLE = 50;

const event = runCompleted({
  run_id: '00000000-0000-4000-8000-000000000000',
  scenario: 'bench',
  seed: '1',
  ticks: 120,
  checksum: '0',
  posts: 1,
  exposures: 1,
  reactions: 1,
  comments: 1,
  reposts: 1,
});

async function tokenOfNewUser(app: INestApplicationContext): Promise<string> {
  const [id, name] = [randomUUID(), randomBytes(6).toString('hex')];
  await app
    .get(DataSource)
    .query(`INSERT INTO users (id, username, role) VALUES ($1, $2, 'viewer')`, [id, name]);
  await app
    .get(DataSource)
    .query(
      `INSERT INTO sessions (id, user_id, refresh_id, expires_at) VALUES ($1, $1, $1, now() + interval '1 day')`,
      [id],
    );
  return app.get(TokenService, { strict: false }).sign({ sub: id, sid: id }, 'access', 3_600);
}

const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const config = loadConfig({ AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'silent' }, dataDir);
const runtime = await openRuntime(config, () => {});
const app = await createHttpApplication(compose('api', runtime));
try {
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const [events, dataSource] = [app.get(EventsService), app.get(DataSource)];
  const emit = (count: number): Promise<void> =>
    dataSource.transaction((manager) => events.emit(manager, ...Array.from({ length: count }, () => event)));

  const received = { count: 0 };
  const tokens = await Promise.all(Array.from({ length: USERS }, () => tokenOfNewUser(app)));
  const sockets = Array.from({ length: SUBSCRIBERS }, (_, n) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/events`, {
      headers: { authorization: `Bearer ${tokens[n % USERS] ?? ''}` },
    });
    socket.on('message', (data: Buffer) => {
      if (data.includes('run.completed')) received.count += 1;
    });
    return socket;
  });
  await Promise.all(
    sockets.map(async (socket) => {
      await once(socket, 'open');
      socket.send(JSON.stringify({ action: 'subscribe', topics: ['runs.*'] }));
      for await (const [data] of on(socket, 'message')) if (String(data).includes('subscribed')) return;
    }),
  );
  const all = async (expected: number): Promise<void> => {
    const deadline = performance.now() + 60_000;
    while (received.count < expected) {
      if (performance.now() > deadline) throw new Error(`${received.count} of ${expected} events came`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  received.count = 0;
  const started = performance.now();
  for (let sent = 0; sent < EVENTS; sent += BATCH) await emit(BATCH);
  await all(EVENTS * SUBSCRIBERS);
  const seconds = (performance.now() - started) / 1000;

  const delays: number[] = [];
  for (let n = 0; n < SINGLE; n += 1) {
    received.count = 0;
    const at = performance.now();
    await emit(1);
    await all(SUBSCRIBERS);
    delays.push(performance.now() - at);
  }
  delays.sort((a, b) => a - b);
  for (const socket of sockets) socket.terminate();
  printFigures([
    figure('events', `events to ${SUBSCRIBERS} subscribers`, EVENTS / seconds, 'events/s', 500),
    figure('events', 'messages to subscribers', (EVENTS * SUBSCRIBERS) / seconds, '1/s'),
    figureAtMost('events', 'from emit to all subscribers, median', delays[SINGLE / 2] ?? NaN, 'ms', 100),
  ]);
} finally {
  await app.close();
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
