import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { ChatClient, listen } from '../support/chat.js';
import { HostedProgram } from '../support/command-host.js';

const REASON = /the chat is switched off .*\(ENABLE_CONVERSATIONAL_AI\)/;

describe('with ENABLE_CONVERSATIONAL_AI=false', () => {
  let test: TestApplication;
  let base: string;
  let operator: TestCaller;
  beforeAll(async () => {
    test = await testApplication({ ENABLE_CONVERSATIONAL_AI: 'false' }, 'api');
    base = await listen(test);
    operator = await makeCaller(test.app, 'operator');
  }, 60_000);
  afterAll(() => test?.close());

  it('the WebSocket is closed with that reason before anything is heard', async () => {
    const path = `/ws/command/${operator.userId}?token=${operator.token}&format=json`;
    const client = await ChatClient.open(base, path);
    await expect.poll(() => client.closed).toBe(4403);
    expect(client.reason).toMatch(REASON);
    expect(client.frames).toEqual([]);
  });

  it.each([
    ['GET', undefined],
    ['POST', { text: 'list bots' }],
    ['POST', { command: 'bots.list' }],
  ] as const)('%s /api/v1/commands %o is refused', async (method, body) => {
    expect(await test.call(method, '/api/v1/commands', body)).toMatchObject({
      status: 403,
      body: { code: 'chat_off', detail: expect.stringMatching(REASON) },
    });
    expect(await test.call('GET', '/api/v1/conversations')).toMatchObject({ body: { conversations: [] } });
  });

  it.each([['chat'], ['command', 'list bots']])('azt3knet %s says so', async (...words) => {
    const program = new HostedProgram({
      AZT3KNET_API_URL: `http://${base}`,
      AZT3KNET_API_TOKEN: operator.token,
    });
    const ended = await program.run(...words);
    expect(ended).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(REASON) });
  });
});
