import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/command-line.js';
import { loadConfig } from '../../src/core/config/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { COMPOSE_FOLDER, readCompose, readComposeText, variablesOf } from '../support/compose-file.js';

const compose = readCompose();
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('azt3knet:'));
const example = parseEnv(readFileSync(join(COMPOSE_FOLDER, '.env.example'), 'utf8'));
const empty = mkdtempSync(join(tmpdir(), 'azt3knet-compose-'));

/** The schema of the Compose specification, as the linter of Compose files has it. */
function composeSchema(): object {
  const path = createRequire(import.meta.url).resolve('dclint/package.json');
  const text = readFileSync(join(path, '..', 'schemas', 'compose.schema.json'), 'utf8');
  const { $schema, ...schema } = JSON.parse(text) as { $schema: string };
  expect($schema).toContain('draft-07');
  return schema;
}

/** Whether these words name a command of azt3knet with options that it has. */
function isKnown(words: readonly string[]): boolean {
  let at = createProgram().program;
  for (const word of words) {
    if (word.startsWith('-')) return at.options.some(({ long }) => long === word);
    const next = at.commands.find((each) => each.name() === word);
    if (next === undefined) return false;
    at = next;
  }
  return true;
}

/** Whether a mount names a volume of the stack, or a file beside it. */
function isThere(source: string): boolean {
  return source.startsWith('.') ? existsSync(join(COMPOSE_FOLDER, source)) : source in compose.volumes;
}

describe('the Compose stack', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(composeSchema());

  it('meets the Compose specification', () => {
    validate(parse(readComposeText(), { merge: true }));
    expect(validate.errors).toBeNull();
    validate({ services: { api: { comand: ['x'] } } });
    expect(validate.errors).not.toBeNull();
  });

  it('is what `docker compose` finds in the root', () => {
    const root = parse(readFileSync(join(PROJECT_ROOT, 'compose.yaml'), 'utf8')) as {
      name: string;
      include: string[];
    };
    validate(root);
    expect(validate.errors).toBeNull();
    expect(root.include.map((path) => join(PROJECT_ROOT, path))).toEqual([
      join(COMPOSE_FOLDER, 'docker-compose.yml'),
    ]);
    expect(root.name).toBe((parse(readComposeText(), { merge: true }) as { name: string }).name);
  });

  it('takes every variable, with its default, from .env.example', () => {
    expect(Object.fromEntries(variablesOf(readComposeText()))).toEqual(example);
  });

  it('gives Azt3kNet a configuration that it starts with', () => {
    expect(ours.map(([name]) => name)).toEqual(['api', 'worker', 'migrate', 'storage-setup']);
    for (const [, { environment = {} }] of ours) {
      const texts = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, String(value)]),
      );
      const config = loadConfig(texts, empty);
      expect(config.api).toMatchObject({ host: '0.0.0.0', port: 8000 });
      expect(config.s3?.endpoint).toBe('http://minio:9000');
      expect(config.redisUrl).toBe('redis://redis:6379/0');
    }
  });

  it('keeps the owner of the schema from what serves and works', () => {
    const withOwner = ours.filter(
      ([, { environment }]) => environment && 'DATABASE_OWNER_URL' in environment,
    );
    expect(withOwner.map(([name]) => name)).toEqual(['migrate']);
  });

  it('runs commands that exist', () => {
    const lines = ours.map(([, { command = [] }]) => command);
    expect(lines.every(([program]) => program === 'azt3knet')).toBe(true);
    expect(lines.map(([, ...words]) => words).filter((words) => !isKnown(words))).toEqual([]);
    expect(isKnown(['serve', '--moood', 'api'])).toBe(false);
  });

  it('pins images, opens ports to this machine alone, mounts what is there', () => {
    const images = services.map(([, { image }]) => image);
    expect(images.filter((image) => !/^[\w./-]+:(?!latest$)[\w.-]+$/.test(image))).toEqual([]);
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/.test(port))).toEqual([]);
    const sources = services.flatMap(([, { volumes = [] }]) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    expect(sources.filter((source) => !isThere(source))).toEqual([]);
  });

  it('waits for services that are there and say when they are ready', () => {
    const waits = services.flatMap(([, { depends_on: needs = {} }]) =>
      Array.isArray(needs)
        ? needs.map((needed) => [needed, 'service_started'] as const)
        : Object.entries(needs).map(([needed, { condition }]) => [needed, condition] as const),
    );
    const cannot = waits.filter(([needed, condition]) => {
      const service = compose.services[needed];
      return (
        service === undefined || (condition === 'service_healthy' && service.healthcheck?.test === undefined)
      );
    });
    expect(cannot).toEqual([]);
  });

  it('shows Prometheus and Grafana where the documents say, with their login', () => {
    expect(compose.services['prometheus']?.ports).toEqual(['127.0.0.1:9090:9090']);
    expect(compose.services['grafana']?.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(compose.services['grafana']?.environment).toMatchObject({
      GF_SECURITY_ADMIN_USER: 'admin',
      GF_SECURITY_ADMIN_PASSWORD: 'azt3knet',
    });
    const changed = readCompose({
      GRAFANA_ADMIN_PASSWORD: 'another',
      POSTGRES_IMAGE: 'timescale/timescaledb-ha:pg16',
    });
    expect(changed.services['grafana']?.environment).toMatchObject({ GF_SECURITY_ADMIN_PASSWORD: 'another' });
    expect(changed.services['postgres']?.image).toBe('timescale/timescaledb-ha:pg16');
  });
});
