import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ModulesContainer } from '@nestjs/core';
import { contractOf, exampleOfBody } from '../../src/core/http/route.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { testApplication, type TestApplication } from '../support/application.js';

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication({}, 'api');
});
afterAll(() => test.close());

describe('documentation over HTTP', () => {
  it.each(['/docs', '/redoc'])('%s is a page that loads nothing from elsewhere', async (url) => {
    const page = await test.app.inject({ url });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    const sources = [...page.body.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)].map(
      ([, source]) => source ?? '',
    );
    expect(sources.length).toBeGreaterThan(1);
    for (const source of sources) {
      const path = new URL(source, `http://host${url}`);
      expect(path.host).toBe('host');
      expect([source, (await test.app.inject({ url: path.pathname })).statusCode]).toEqual([source, 200]);
    }
  });

  it('is where the address of the server leads', async () => {
    const { statusCode, headers } = await test.app.inject({ url: '/' });
    expect({ statusCode, location: headers['location'] }).toEqual({ statusCode: 302, location: '/docs' });
  });

  it('has summaries without marks, since Swagger UI shows them as they are', () => {
    const { paths } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { summary?: string }>>;
    };
    const summaries = Object.values(paths).flatMap((each) =>
      Object.values(each).map(({ summary }) => summary ?? ''),
    );
    expect(summaries.length).toBeGreaterThan(50);
    expect(summaries.filter((summary) => summary.includes('`'))).toEqual([]);
  });

  it('describes the events by a valid AsyncAPI document', async () => {
    const served = await test.app.inject({ url: '/docs/asyncapi.yaml' });
    const document = parse(served.body) as {
      asyncapi: string;
      channels: Record<string, { messages: object }>;
    };
    expect(served.headers['content-type']).toContain('application/yaml');
    expect(document).toEqual(parse(readFileSync(join(PROJECT_ROOT, 'docs', 'asyncapi.yaml'), 'utf8')));
    const { schemas } = createRequire(import.meta.url)('@asyncapi/specs') as {
      schemas: Record<string, object>;
    };
    // The schema brings the meta schema that it is written in.
    const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
    const validate = ajv.compile(schemas[document.asyncapi] as object);
    validate(document);
    expect(validate.errors).toBeNull();
    expect(Object.keys(document.channels)).toEqual([
      'agents',
      'bots',
      'campaigns',
      'experiments',
      'incidents',
      'jobs',
      'networks',
      'policies',
      'populations',
      'publications',
      'reviews',
      'runs',
      'scenarios',
      'sessions',
      'templates',
      'workflows',
      'websocket',
      'conversation',
    ]);
    expect(Object.keys(document.channels['jobs']?.messages ?? {})).toContain('job_progress');
  });

  it('has examples that can be sent as they stand', async () => {
    const { paths } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, Content> } }>>;
    };
    type Content = { examples?: Record<string, { value: object }> };
    const answers: string[] = [];
    for (const [url, operations] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(operations)) {
        const body = requestBody?.content['application/json']?.examples?.['example']?.value;
        if (body === undefined || url.includes('{')) continue;
        const answer = await test.app.inject({
          method: method.toUpperCase() as 'POST',
          url,
          payload: body,
          headers: { authorization: test.authorization },
        });
        const { code } = answer.statusCode < 400 ? { code: 'taken' } : answer.json<{ code?: string }>();
        answers.push(`${method} ${url} ${code ?? answer.statusCode}`);
      }
    }
    // What depends on who asks, and on what is there.
    expect(answers.filter((answer) => !answer.endsWith(' taken')).toSorted()).toEqual([
      'post /api/v1/agent-sessions population_not_found',
      'post /api/v1/auth/login login_failed',
      'post /api/v1/campaigns population_not_found',
      'post /api/v1/content/draft agent_not_found',
      'post /api/v1/networks/projections run_not_found',
      'post /api/v1/publications/webhook webhook_unsigned',
      'post /api/v1/reviews/claim review_none_waiting',
      'post /api/v1/users/me/password password_wrong',
      'post /api/v1/users/me/totp password_wrong',
      'post /api/v1/users/me/totp/confirm totp_not_begun',
      'post /api/v1/users/me/totp/remove password_wrong',
      'post /oauth/token 401',
    ]);
    expect(answers.length).toBeGreaterThan(20);
  });

  it('has an example of every body, which the route would take, and forms with their fields', async () => {
    const controllers = [...test.app.get(ModulesContainer).values()].flatMap((module) => [
      ...module.controllers.values(),
    ]);
    const bodies = controllers.flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, unknown> }).prototype;
      return Object.getOwnPropertyNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const contract = typeof handler === 'function' ? contractOf(handler) : undefined;
        return contract?.body === undefined ? [] : [[`${metatype?.name}.${name}`, contract] as const];
      });
    });
    expect(bodies.length).toBeGreaterThan(40);
    const wrong = bodies.flatMap(([name, contract]) => {
      const parsed = contract.body?.safeParse(exampleOfBody(contract));
      return parsed?.success !== false ? [] : [`${name}: ${parsed.error.message}`];
    });
    expect(wrong).toEqual([]);
    const { paths } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, Content> } }>>;
    };
    type Content = { schema: object; examples?: Record<string, { value: object }> };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.values(operations).flatMap(({ requestBody }) =>
        requestBody === undefined ? [] : [[path, requestBody.content] as const],
      ),
    );
    expect(described.filter(([, content]) => content['application/json']?.examples === undefined)).toEqual(
      [],
    );
    for (const kind of ['policies', 'templates', 'scenarios', 'populations']) {
      const content = described.find(([path]) => path === `/api/v1/${kind}/check`)?.[1]['application/json'];
      const example = content?.examples?.['example']?.value ?? {};
      const checked = await test.call('POST', `/api/v1/${kind}/check`, example);
      expect({ kind, body: checked.body }).toMatchObject({ kind, body: { synthetic: true } });
    }
    const form = described.find(([path]) => path === '/oauth/token')?.[1];
    expect(form?.['application/x-www-form-urlencoded']?.schema).toEqual({
      $ref: '#/components/schemas/TokenRequest',
    });
  });

  it('describes every POST with its Idempotency-Key, and every answer with a schema', async () => {
    type Operation = {
      parameters?: { name: string }[];
      security?: object[];
      responses: Record<string, unknown>;
    };
    const document = (await test.app.inject({ url: '/docs/openapi.json' })).json<{
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((path) => Object.entries(path));
    expect(operations.length).toBeGreaterThan(20);
    for (const [method, { parameters = [], security, responses }] of operations) {
      const keyed = parameters.some(({ name }) => name === 'Idempotency-Key');
      expect(keyed).toBe(method === 'post' && security === undefined);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
    }
  });
});
