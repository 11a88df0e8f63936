import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Body, ConflictException, Controller, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compose } from '../../src/composition.js';
import { Route, wire } from '../../src/core/http/index.js';
import { RetentionService } from '../../src/core/retention/index.js';
import { signWebhook, SignedWebhook, WebhookValidator } from '../../src/core/webhooks/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

const TestMessageDto = wire('TestMessage', z.strictObject({ n: z.int(), fails: z.boolean().optional() }));
type TestMessageDto = z.infer<typeof TestMessageDto>;

const read: number[] = [];

@Controller('deliveries')
@Route.group('events')
class DeliveriesController {
  @Post()
  @SignedWebhook('tests')
  @Route({ summary: 'Only here.', permission: 'public', body: TestMessageDto, answers: { 204: null } })
  take(@Body() { n, fails }: TestMessageDto): void {
    if (fails === true) throw new ConflictException('not now');
    read.push(n);
  }
}

@Module({ controllers: [DeliveriesController] })
class DeliveriesModule {}

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const now = () => Math.floor(Date.now() / 1_000);
const [old, next] = [newSecret(), newSecret()];
let secrets: string[] = [];

let runtime: Runtime;
const apps: NestFastifyApplication[] = [];
const bases: string[] = [];

async function start(): Promise<void> {
  const root = {
    module: DeliveriesModule,
    controllers: [DeliveriesController],
    imports: [compose('api', runtime)],
  };
  const app = await createHttpApplication(root, runtime.config.api);
  app.get(WebhookValidator).register({ name: 'tests', secrets: () => secrets });
  await app.listen(0, '127.0.0.1');
  apps.push(app);
  bases.push(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
}

beforeAll(async () => {
  runtime = await testRuntime({ API_SECRET_KEY: 'a secret that both processes of a test share' });
  await start();
  await start();
}, 60_000);
beforeEach(() => {
  secrets = [old];
  read.splice(0);
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await runtime.close();
});

async function send(
  body: string | Uint8Array,
  headers: Record<string, string>,
  process = 0,
): Promise<[number, string?]> {
  const answer = await fetch(`${bases[process]}/api/v1/deliveries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as string,
  });
  const text = await answer.text();
  return text === '' ? [answer.status] : [answer.status, (JSON.parse(text) as { code: string }).code];
}
const sign = (
  body: string,
  {
    id = randomUUID(),
    timestamp = now(),
    by = [old],
  }: { id?: string; timestamp?: number; by?: string[] } = {},
) => signWebhook({ id, timestamp, body }, by);

describe('a signed message', () => {
  it('is accepted as it was written, byte for byte', async () => {
    const body = '{ "n" :\n 1 }';
    expect(await send(body, sign(body))).toEqual([204]);
    expect(await send('{"n":1}', sign(body))).toEqual([401, 'webhook_unsigned']);
    expect(read).toEqual([1]);
  });

  it.each([
    ['without a signature', {}],
    ['by another secret', sign('{"n":2}', { by: [next] })],
    ['of another body', sign('{"n":3}')],
    ['with an id that has dots', signWebhook({ id: 'a.1', timestamp: now(), body: '{"n":2}' }, [old])],
    ['with a time that is none', { ...sign('{"n":2}'), 'webhook-timestamp': '1e9' }],
    ['with the time in another writing', { ...sign('{"n":2}'), 'webhook-timestamp': `0${now()}` }],
    ['with another id', { ...sign('{"n":2}'), 'webhook-id': 'msg_other' }],
  ])('%s is refused', async (_, headers) => {
    expect(await send('{"n":2}', headers)).toEqual([401, 'webhook_unsigned']);
    expect(read).toEqual([]);
  });

  it('is not looked at before its signature is', async () => {
    expect(await send('{"nonsense":true}', sign('{"n":2}'))).toEqual([401, 'webhook_unsigned']);
    expect(await send('{"nonsense":true}', sign('{"nonsense":true}'))).toEqual([422, 'input_invalid']);
  });

  it.each([-310, 310, -86_400])('that is %d seconds off is refused', async (seconds) => {
    const body = '{"n":3}';
    expect(await send(body, sign(body, { timestamp: now() + seconds }))).toEqual([401, 'webhook_stale']);
  });

  it.each([-290, 290])('that is %d seconds off is accepted', async (seconds) => {
    const body = '{"n":4}';
    expect(await send(body, sign(body, { timestamp: now() + seconds }))).toEqual([204]);
  });

  it('is accepted by the old secret and by the new one while they change', async () => {
    secrets = [next, old];
    const body = '{"n":5}';
    expect(await send(body, sign(body))).toEqual([204]);
    expect(await send(body, sign(body, { by: [next] }))).toEqual([204]);
    expect(await send(body, sign(body, { by: [newSecret(), next] }))).toEqual([204]);
    secrets = [next];
    expect(await send(body, sign(body))).toEqual([401, 'webhook_unsigned']);
    secrets = [];
    expect(await send(body, sign(body, { by: [next] }))).toEqual([401, 'webhook_unsigned']);
  });

  it('is by a secret that no other source has', async () => {
    const validator = apps[0]?.get(WebhookValidator);
    expect(() => validator?.register({ name: 'twins', secrets: () => [newSecret(), old] })).toThrow(
      'a secret of the source of webhooks twins is another source’s too',
    );
    let theirs: string[] = [];
    validator?.register({ name: 'others', secrets: () => theirs });
    const body = '{"n":6}';
    expect(await send(body, sign(body))).toEqual([204]);
    // Given to both while the process runs.
    theirs = [old];
    secrets = [old, next];
    expect(await send(body, sign(body))).toEqual([401, 'webhook_unsigned']);
    expect(await send(body, sign(body, { by: [next] }))).toEqual([204]);
    theirs = [];
  });
});

describe('a message that comes again', () => {
  it('is accepted once by all processes, of twenty at once too', async () => {
    const body = '{"n":6}';
    const headers = sign(body);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(body, headers, n % 2)));
    expect(answers.filter(([status]) => status === 204)).toHaveLength(1);
    expect(answers.filter(([, code]) => code === 'webhook_repeated')).toHaveLength(19);
    expect(read).toEqual([6]);
    // Signed anew, as senders do who try again.
    const again = sign(body, { id: headers['webhook-id'] ?? '', timestamp: now() + 5 });
    expect(await send(body, again, 1)).toEqual([409, 'webhook_repeated']);
  });

  it('is accepted when it was not read to its end before', async () => {
    const [failing, body] = ['{"n":7,"fails":true}', '{"n":7}'];
    const id = randomUUID();
    expect((await send(failing, sign(failing, { id })))[0]).toBe(409);
    expect(await send(body, sign(body, { id }), 1)).toEqual([204]);
    expect(read).toEqual([7]);
  });

  it('is accepted a minute after the process that read it died', async () => {
    const body = '{"n":8}';
    const headers = sign(body);
    const source = apps[0]?.get(DataSource) as DataSource;
    const claim = (age: string) =>
      source.query(
        `INSERT INTO webhook_receipts (source, message_id, claim_id, claimed_at)
         VALUES ('tests', $1, gen_random_uuid(), now() - $2::interval)
         ON CONFLICT (source, message_id) DO UPDATE SET claimed_at = excluded.claimed_at`,
        [headers['webhook-id'], age],
      );
    await claim('50 seconds');
    expect(await send(body, headers)).toEqual([409, 'webhook_repeated']);
    await claim('61 seconds');
    expect(await send(body, headers)).toEqual([204]);
    expect(await send(body, headers)).toEqual([409, 'webhook_repeated']);
  });

  it('is forgotten after a week', async () => {
    const app = apps[0] as NestFastifyApplication;
    const source = app.get(DataSource);
    await source.query(
      `INSERT INTO webhook_receipts (source, message_id, claim_id, accepted, claimed_at)
       SELECT 'tests', 'old ' || days, gen_random_uuid(), true, now() - make_interval(days => days, hours => 1)
       FROM unnest(ARRAY[6, 7, 8]) AS days`,
    );
    const swept = await app.get(RetentionService).sweep();
    expect(swept.find(({ name }) => name === 'webhook_receipts')).toMatchObject({ days: 7, rows: 2 });
    const left = await source.query<unknown[]>(
      `SELECT message_id FROM webhook_receipts WHERE message_id LIKE 'old %'`,
    );
    expect(left).toEqual([{ message_id: 'old 6' }]);
  });
});
