import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { ended, printed } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';

/** The instructions of the Dockerfile, continued lines joined. */
const instructions = readFileSync(join(PROJECT_ROOT, 'infra', 'docker', 'Dockerfile'), 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '');
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
const argumentsOf = (name: string, lines = lastStage): string[] =>
  lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());
const command = (line: string | undefined): string[] =>
  JSON.parse(line?.slice(line.indexOf('[')) ?? '[]') as string[];
const environment = Object.fromEntries(
  argumentsOf('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
);
/** What the image takes from the build, besides packages. */
const copied = argumentsOf('COPY')
  .map((line) => /^--from=build \/app\/(\S+) /.exec(line)?.[1] ?? '')
  .filter((path) => path !== 'node_modules');

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

/** There is no Docker where the tests run: a folder has what the image has, and the commands of the image run in it. */
describe('the image', () => {
  let folder: string;
  let database: DatabaseTarget;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'azt3knet-image-'));
    for (const path of copied) cpSync(join(PROJECT_ROOT, path), join(folder, path), { recursive: true });
    symlinkSync(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
    database = await testDatabase();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.release();
  });

  it('is built from files that are there and that reach the build', () => {
    const ignored = readFileSync(join(PROJECT_ROOT, '.dockerignore'), 'utf8').split('\n');
    const build = instructions.slice(0, instructions.indexOf(lastStage[0] ?? ''));
    const sources = argumentsOf('COPY', build).flatMap((line) => line.split(' ').slice(0, -1));
    const taken = [...sources, ...copied].filter((path) => path !== '.' && !path.startsWith('dist/'));
    expect(taken.filter((path) => !existsSync(join(PROJECT_ROOT, path)))).toEqual([]);
    expect(taken.filter((path) => !ignored.includes(`!${path.split('/')[0]}`))).toEqual([]);
    // Those of nest-cli.json, tsconfig.build.json and scripts/build.mjs.
    for (const needed of [
      'src',
      'assembly',
      'migrations',
      'bench',
      'scripts',
      'tsconfig.json',
      'tsconfig.build.json',
      'nest-cli.json',
    ]) {
      expect(ignored).toContain(`!${needed}`);
    }
  });

  it('has what it runs, and neither sources, tests, benchmarks nor the history of the project', () => {
    const root = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(root).toContain('dist/program/main.js');
    const strange = /^(?:src|test|bench|docs|scripts|\.git)(?:\/|$)|^dist\/(?:test|bench)|\.spec\.[jt]s$/;
    const ours = root.filter((path) => !path.startsWith('node_modules'));
    expect(ours.filter((path) => strange.test(path))).toEqual([]);
    expect(readFileSync(join(PROJECT_ROOT, '.dockerignore'), 'utf8')).not.toContain('!.git');
  });

  it('is nobody in particular and holds no secret', () => {
    expect(argumentsOf('USER')).toEqual(['1000:1000']);
    expect(Object.keys(environment)).toEqual([
      'NODE_ENV',
      'AZT3KNET_DATA_DIR',
      'API_HOST',
      'API_PORT',
      'PROMETHEUS_PORT',
    ]);
  });

  it('serves, says how it is, and stops when it is told', async () => {
    const [program, ...args] = command(argumentsOf('CMD')[0]);
    expect(program).toBe('azt3knet');
    const given = {
      ...environment,
      PATH: process.env['PATH'],
      AZT3KNET_DATA_DIR: join(folder, 'data'),
      API_HOST: '127.0.0.1',
      API_PORT: '0',
      PROMETHEUS_PORT: await freePort(),
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
    };
    const [node, ...probe] = command(argumentsOf('HEALTHCHECK')[0]);
    expect(node).toBe('node');
    const health = () => spawnSync(process.execPath, probe, { env: given }).status;
    expect(health()).toBe(1);
    const server = spawn(process.execPath, [join(folder, 'dist', 'program', 'cli.js'), ...args], {
      cwd: folder,
      env: given,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await printed(server, /Azt3kNet is running \(API,/);
    expect(health()).toBe(0);
    server.kill('SIGTERM');
    expect((await ended(server)).code).toBe(0);
    expect(health()).toBe(1);
  });
});
