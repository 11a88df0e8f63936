import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { makeAuthority, type Authority } from '../support/certificates.js';
import { startCollector } from '../support/otlp-collector.js';
import { ended, printed, Program } from '../support/program.js';

interface Check {
  status: string;
  checks: { name: string; status: string; detail: string }[];
}

describe('the operator', () => {
  let program: Program;
  let folder: string;
  let authority: Authority;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-operator-'));
    authority = makeAuthority(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    program = new Program();
  });
  afterEach(() => program.remove());
  const envFile = (text: string) =>
    writeFileSync(join(program.dataDir, '.env'), `AZT3KNET_DATA_DIR=data\n${text}`);

  it('checks the configuration: exit 2 with all problems, 0 without', async () => {
    envFile('API_PORT=none\nAZT3KNET_PREVEW_LIMIT=1\nDESEC_DOMAIN=m\n');
    const bad = await program.run('config', 'check');
    expect(bad.code).toBe(2);
    expect(bad.stdout).toContain('API_PORT: expected a whole number from 0 to 65535 (from .env)');
    expect(bad.stdout).toContain('AZT3KNET_PREVEW_LIMIT: unknown name');
    expect(bad.stdout).toContain('DESEC_DOMAIN: not used by this version');
    expect(bad.stderr).toBe('azt3knet: the configuration has 2 problems; nothing would start\n');
    envFile('API_PORT=0\n');
    const good = await program.run('config', 'check', '--json');
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toEqual({ ok: true, problems: [], warnings: [] });
  });

  it('prints the configuration without a secret', async () => {
    envFile('API_SECRET_KEY=hidden-hidden-hidden-hidden-hidden\nDATABASE_URL=postgres://u:hidden@h/d\n');
    const { code, stdout } = await program.run('config', 'print', '--json');
    expect(code).toBe(0);
    expect(stdout).not.toContain('hidden');
    const { variables } = JSON.parse(stdout) as { variables: { name: string }[] };
    expect(variables).toContainEqual({
      name: 'DATABASE_URL',
      value: 'postgres://u:***@h/d',
      source: '.env',
      secret: true,
    });
  });

  it('serves HTTPS, metrics and probes, which a check finds beside the server', async () => {
    const { certFile, keyFile } = authority.issue('server');
    const port = 20_000 + (process.pid % 20_000);
    envFile(
      `API_PORT=${port}\nPROMETHEUS_PORT=${port + 1}\nAPI_TLS_CERT_FILE=${certFile}\nAPI_TLS_KEY_FILE=${keyFile}\n`,
    );
    const alone = JSON.parse((await program.run('system', 'check', '--json')).stdout) as Check;
    expect(alone.checks).toContainEqual(
      expect.objectContaining({ name: 'database', detail: 'embedded; the first start makes it' }),
    );
    const server = program.start([], 'main');
    expect(await printed(server, /Health/)).toContain(`https://127.0.0.1:${port}/api/v1`);
    const call = request(`https://localhost:${port}/health`, { ca: readFileSync(authority.caFile) }).end();
    const [response] = (await once(call, 'response')) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(200);
    const metrics = await (await fetch(`http://127.0.0.1:${port + 1}/metrics`)).text();
    expect(metrics).toMatch(/route="\/health",status="200"\} 1/);
    const { code, stdout } = await program.run('system', 'check', '--json');
    expect(code).toBe(0);
    const { checks } = JSON.parse(stdout) as Check;
    const found = Object.fromEntries(checks.map(({ name, detail }) => [name, detail]));
    expect(found).toMatchObject({
      server: `answers at https://127.0.0.1:${port}`,
      workers: '1 alive; 0 jobs queued, 0 running',
      certificate: 'good for 1 day',
    });
    server.kill('SIGTERM');
    expect((await ended(server)).code).toBe(0);
  });

  it('pays nothing for traces that are off: their libraries are not loaded', async () => {
    const script = `
      const cache = (await import('node:module')).createRequire('${PROJECT_ROOT}/').cache;
      const loaded = () => Object.keys(cache).some((path) => path.includes('@opentelemetry/sdk-trace'));
      await import('${PROJECT_ROOT}/dist/src/composition.js');
      const { startTracing } = await import('${PROJECT_ROOT}/dist/src/core/tracing/index.js');
      const { loadConfig } = await import('${PROJECT_ROOT}/dist/src/core/config/index.js');
      await startTracing(loadConfig({}), () => {});
      const off = loaded();
      const on = { ENABLE_TRACING: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
      await startTracing(loadConfig(on), () => {});
      process.stdout.write(JSON.stringify({ off, on: loaded() }));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
    expect(await ended(child)).toMatchObject({ code: 0, stdout: '{"off":false,"on":true}' });
  });

  it('sees a command in the traces, and lines of its trace in the log', async () => {
    const collector = await startCollector();
    envFile(`ENABLE_TRACING=true\nOTEL_EXPORTER_OTLP_ENDPOINT=${collector.url}\nAPI_PORT=0\n`);
    const { code } = await program.run(
      ...'populate --gender unspecified --count 5 --country MX --age 18-30 --interests music'.split(' '),
      '--persist',
    );
    expect(code).toBe(0);
    const command = collector.spans.find(({ name }) => name === 'azt3knet populate');
    const job = collector.spans.find(({ name }) => name === 'job population.generate');
    const posted = collector.spans.find(({ name }) => name === 'POST /api/v1/populate');
    expect(posted).toMatchObject({ traceId: command?.traceId, parentSpanId: command?.spanId });
    expect(job).toMatchObject({ traceId: command?.traceId, parentSpanId: posted?.spanId });

    const server = program.start([], 'main');
    const log = ended(server);
    const url = /API\s+(\S+)\/api\/v1/.exec(await printed(server, /Health/))?.[1] ?? '';
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    await fetch(`${url}/api/jobs/none`, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    server.kill('SIGTERM');
    const { stderr } = await log;
    const line = stderr.split('\n').find((text) => text.includes('request completed')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      trace_id: trace,
      req: { url: '/api/v1/jobs/none' },
      res: { statusCode: 401 },
    });
    expect(collector.spans.map(({ name }) => name)).toContain('GET /api/v1/jobs/:id');
    await collector.close();
  });
});
