import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/command-line.js';
import { COMMAND_NEEDS, type CommandNeeds } from '../../src/command-permissions.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';
import { cassetteText } from '../support/cassette.js';
import { HostedProgram } from '../support/command-host.js';
import { ended, type Ended } from '../support/program.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const NEW_AGENTS = '--gender female --count 3 --country MX';
/** No command asks for it. */
const OTHER = 'metrics:read';

/** What a command needs to get as far as the server. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  populate: NEW_AGENTS,
  command: 'help',
  'populations show': NOBODY,
  'populations update': `${NOBODY} --notes x`,
  'populations delete': NOBODY,
  'populations audit': NOBODY,
  'populations check': 'nothing.yaml',
  'populations export': `${NOBODY} --format csv`,
  'agents provision': NEW_AGENTS,
  'agents show': NOBODY,
  'agents state': NOBODY,
  'agents lifecycle': NOBODY,
  'agents activate': NOBODY,
  'agents suspend': `${NOBODY} --reason nothing`,
  'agents retire': `${NOBODY} --reason nothing`,
  'workflows start': `lifecycle {"agent":"${NOBODY}","act":"activate"}`,
  'workflows status': NOBODY,
  'workflows watch': NOBODY,
  'workflows cancel': NOBODY,
  'workflows retry': NOBODY,
  'agent-sessions plan': `--agents ${NOBODY}`,
  'agent-sessions show': NOBODY,
  'agent-sessions end': NOBODY,
  'agent-sessions status': NOBODY,
  'agent-sessions pause': NOBODY,
  'agent-sessions resume': NOBODY,
  'agent-sessions cancel': NOBODY,
  'llm cassettes export': 'nothing',
  'llm cassettes import': 'cassette.jsonl',
  'templates show': 'nothing',
  'templates versions': 'nothing',
  'templates add': 'template.yaml',
  'templates retire': 'nothing',
  'templates diff': 'nothing 1.0.0',
  'templates activate': 'nothing@1.0.0',
  'templates import': 'template.yaml',
  'templates preview': 'nothing',
  'policies check': 'nothing.yaml',
  'templates check': 'nothing.yaml',
  'content draft': '--template nothing',
  'drafts show': NOBODY,
  'drafts delete': NOBODY,
  'drafts export': `${NOBODY} --format csv`,
  'policies show': 'nothing',
  'policies versions': 'nothing',
  'policies add': 'policy.yaml --yes',
  'policies retire': 'nothing',
  'policies promote': 'pii email live --yes',
  'policies rollback': 'pii --yes',
  'compliance backtest': 'nothing',
  'compliance check': 'hello',
  'decisions show': NOBODY,
  'review show': NOBODY,
  'review claim': NOBODY,
  'review release': NOBODY,
  'review decide': `${NOBODY} --verdict uphold --reason nothing`,
  'review escalate': `${NOBODY} --reason nothing`,
  'review appeal': `${NOBODY} --reason nothing`,
  'scenarios show': 'nothing',
  'scenarios versions': 'nothing',
  'scenarios add': 'scenario.yaml',
  'scenarios retire': 'nothing',
  'scenarios check': 'nothing.yaml',
  'sim run': '--scenario nothing',
  'sim show': NOBODY,
  'sim metrics': NOBODY,
  'sim diff': `${NOBODY} ${NOBODY}`,
  'sim report': NOBODY,
  'sim download': `${NOBODY} report.json`,
  'sim pause': NOBODY,
  'sim resume': NOBODY,
  'sim decisions': NOBODY,
  'sim decide': `${NOBODY} --with decisions.json`,
  'sim branch': `${NOBODY} --at 2`,
  'sim validate': NOBODY,
  'sim calibrate': '--scenario nothing',
  'sim delete': NOBODY,
  'experiment run': 'scenario.yaml',
  'experiment show': NOBODY,
  'experiment watch': NOBODY,
  'experiment report': NOBODY,
  'experiment cancel': NOBODY,
  'experiment delete': `${NOBODY} --yes`,
  'network create': 'rehearsal',
  'network delete': 'nothing',
  'network populate': NOBODY,
  'network tokens issue': 'nobody',
  'network tokens revoke': NOBODY,
  'network project': NOBODY,
  'campaigns show': 'nothing',
  'campaigns create': 'rehearsal nobody --template nothing',
  'campaigns update': 'nothing --total 5',
  'campaigns start': 'nothing',
  'campaigns pause': 'nothing',
  'campaigns resume': 'nothing',
  'campaigns cancel': 'nothing',
  'campaigns plan': 'nothing',
  'campaigns delete': 'nothing',
  'publications show': NOBODY,
  'publications approve': NOBODY,
  'publications reject': `${NOBODY} --reason nothing`,
  'bots show': 'nothing',
  'bots metrics': 'nothing',
  'bots create': 'nothing bots/echo_bot.mjs',
  'bots update': 'nothing --name x',
  'bots start': 'nothing',
  'bots stop': 'nothing',
  'bots restart': 'nothing',
  'bots scale': 'nothing 2',
  'bots instances': 'nothing',
  'bots revisions': 'nothing',
  'bots rollback': 'nothing',
  'bots command': 'nothing echo',
  'bots logs': 'nothing',
  'bots delete': 'nothing',
  'incidents show': NOBODY,
  'incidents approve': NOBODY,
  'incidents dismiss': NOBODY,
  'exports show': NOBODY,
  'exports download': NOBODY,
  'exports link': NOBODY,
  'exports delete': NOBODY,
  'jobs status': NOBODY,
  'jobs watch': NOBODY,
  'jobs cancel': NOBODY,
  'jobs retry': NOBODY,
  'workers drain': 'nothing',
  'workers resume': 'nothing',
  'workers update': 'nothing --concurrency 1',
  'queues pause': 'content',
  'queues resume': 'content',
  'queues update': 'content --full-concurrency',
  events: 'jobs.*',
  'totp confirm': '123456',
  'totp remove': '123456',
  'users show': NOBODY,
  'users create': 'somebody --role <own> --kind service',
  'users update': `${NOBODY} --role viewer`,
  'users reset-password': NOBODY,
  'users reset-totp': NOBODY,
  'users end-sessions': `${NOBODY} --yes`,
  'roles show': 'nothing',
  'roles put': 'something --permission roles:write',
  'roles delete': 'nothing',
  'keys show': NOBODY,
  'keys issue': '--name x',
  'keys rotate': NOBODY,
  'keys revoke': NOBODY,
  'sessions end': '--all --dry-run',
  'signing-keys revoke': NOBODY,
};

/** Every command that does something, by its words. */
function commands({ commands: below }: ReturnType<typeof createProgram>['program'], before = ''): string[] {
  return below.flatMap((command) => {
    const words = `${before}${command.name()}`;
    return command.commands.length === 0 ? [words] : commands(command, `${words} `);
  });
}

const asking = (needs: (each: CommandNeeds) => boolean): string[] =>
  Object.keys(COMMAND_NEEDS).filter((words) => needs(COMMAND_NEEDS[words] as CommandNeeds));

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

it('every command says what it asks for, and no other', () => {
  expect(Object.keys(COMMAND_NEEDS).toSorted()).toEqual(commands(createProgram().program).toSorted());
});

describe('on a server', () => {
  let test: TestApplication;
  let url: string;
  let roles = 0;
  /** A server that only writes down what it is asked. */
  let silent: { url: string; requests: string[]; server: Server };

  beforeAll(async () => {
    test = await testApplication({}, 'all');
    await test.app.listen(0, '127.0.0.1');
    url = urlOf(test.app.getHttpServer());
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    silent = { url: urlOf(server), requests, server };
  });
  afterAll(async () => {
    silent?.server.close();
    await test?.close();
  });

  /** Runs a command as somebody who may do this and nothing else. */
  async function runAs(permissions: readonly string[], words: string): Promise<Ended> {
    const role = `role_${(roles += 1)}`;
    await test.app
      .get(DataSource)
      .query('INSERT INTO roles (name, description, permissions) VALUES ($1, $1, $2)', [role, permissions]);
    const { token } = await makeCaller(test.app, role);
    const program = new HostedProgram({ AZT3KNET_API_URL: url, AZT3KNET_API_TOKEN: token });
    for (const name of ['template.yaml', 'scenario.yaml', 'policy.yaml']) {
      writeFileSync(join(program.dataDir, name), 'name: x\n');
    }
    const decisions = { tick: 0, decisions: [{ agent_id: NOBODY, does: 'nothing' }] };
    writeFileSync(join(program.dataDir, 'decisions.json'), JSON.stringify(decisions));
    writeFileSync(join(program.dataDir, 'cassette.jsonl'), await cassetteText());
    try {
      const given = ARGUMENTS[words]?.replace('<own>', role).split(' ') ?? [];
      const args = [...words.split(' '), ...given];
      if (words !== 'events') return await program.run(...args);
      // What listens goes on until it is stopped.
      const child = program.start(args);
      const stop = setTimeout(() => child.kill('SIGINT'), 12_000);
      const end = await ended(child);
      clearTimeout(stop);
      return end;
    } finally {
      program.remove();
    }
  }

  it.concurrent.each(asking(Array.isArray))('%s asks for its permissions, and no more', async (words) => {
    const needs = COMMAND_NEEDS[words] as readonly string[];
    const less = await runAs([OTHER], words);
    expect(less).toMatchObject({ code: 4, stdout: '' });
    expect(less.stderr).toContain(`does not have the permission ${needs[0]}`);
    const enough = await runAs(needs, words);
    expect(enough.stderr).not.toContain('does not have the permission');
    expect(enough.code).not.toBe(4);
    expect(enough.code).not.toBe(1);
  });

  it.concurrent.each(asking((needs) => ['session', 'any', 'public'].includes(needs as string)))(
    '%s asks for no permission',
    async (words) => {
      const { code, stderr } = await runAs([OTHER], words);
      expect(stderr).not.toContain('does not have the permission');
      expect({ stderr, code }).not.toEqual({ stderr, code: 1 });
    },
  );

  // The first two are servers, and go on until they are stopped.
  const programs = asking((needs) => needs === 'machine').filter((words) => !/^(serve|worker)$/.test(words));
  it.concurrent.each(programs)('%s asks no server', async (words) => {
    const program = new HostedProgram({ AZT3KNET_API_URL: silent.url, AZT3KNET_API_TOKEN: 'x.y.z' });
    try {
      const { code } = await program.run(...words.split(' '), ...(ARGUMENTS[words]?.split(' ') ?? []));
      expect(code).not.toBe(1);
      expect(silent.requests).toEqual([]);
    } finally {
      program.remove();
    }
  });
});
