import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { permissionsOf, BUILT_IN_ROLES } from '../../src/modules/auth/roles/permissions.js';
import { CHAT_COMMANDS } from '../../src/modules/command/registry/registry.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';

// Every registered command with every role: denied exactly where the role lacks a permission, and then nothing is asked of the API.

const ROLES = [...Object.keys(BUILT_IN_ROLES), 'nothing'];
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const GIVEN: Readonly<Record<string, unknown>> = {
  count: 3,
  name: 'nothing',
  country: 'MX',
  template: 'nothing',
  population: NOBODY,
  campaign: NOBODY,
  draft: NOBODY,
  simulation: NOBODY,
  scenario: 'nothing',
  bot: 'nothing',
  replicas: 2,
  experiment: NOBODY,
  job: NOBODY,
  review: NOBODY,
  verdict: 'uphold',
  reason: 'because',
  agent: NOBODY,
  publication: NOBODY,
  workflow: NOBODY,
  sessions: NOBODY,
  worker: 'nothing',
  queue: 'content',
  concurrency: 2,
  healing: 'observe',
  incident: NOBODY,
};

let test: TestApplication;
const callers = new Map<string, TestCaller>();

beforeAll(async () => {
  test = await testApplication({ RATE_LIMIT_REQUESTS: '0' }, 'api');
  await test.app
    .get(DataSource)
    .query(`INSERT INTO roles (name, description, permissions) VALUES ('nothing', '', '{}')`);
  for (const role of ROLES) callers.set(role, await makeCaller(test.app, role));
}, 120_000);
afterAll(() => test?.close());

const CASES = CHAT_COMMANDS.flatMap((command) => ROLES.map((role) => [command.name, role] as const));

it('there are commands of every kind', () => {
  expect(CHAT_COMMANDS.length).toBeGreaterThan(25);
  for (const { name, effect, plan, examples } of CHAT_COMMANDS) {
    expect([name, effect === 'read' || plan !== undefined]).toEqual([name, true]);
    expect([name, examples.en.length > 0 && examples.es.length > 0]).toEqual([name, true]);
  }
});

it.each(CASES)('%s as %s', async (name, role) => {
  const command = CHAT_COMMANDS.find((each) => each.name === name);
  if (command === undefined) throw new Error(name);
  const given = Object.fromEntries(
    Object.entries(command.arguments.shape)
      .filter(([, schema]) => !schema.safeParse(undefined).success)
      .map(([argument]) => [argument, GIVEN[argument]]),
  );
  if (name === 'drafts.draft') given['population'] = NOBODY;
  if (name === 'workflows.start') Object.assign(given, { workflow: 'onboarding', population: NOBODY });
  const answer = await test.call<{ messages: { type: string; details: Record<string, unknown> }[] }>(
    'POST',
    '/api/v1/commands',
    { command: name, arguments: given },
    { authorization: callers.get(role)?.authorization ?? '' },
  );
  expect(answer.status).toBe(200);
  const held = permissionsOf(role, []);
  const lacks = command.needs.find((permission) => !held.has(permission));
  const [message] = answer.body.messages;
  const denied = message?.details['outcome'] === 'denied' ? message.details['permission'] : undefined;
  expect(denied).toBe(lacks);
});
