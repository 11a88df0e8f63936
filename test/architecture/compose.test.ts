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
    expect(Object.fromEntries([...variablesOf(readComposeText())].toSorted())).toEqual(
      Object.fromEntries(Object.entries(example).toSorted()),
    );
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
    for (const [, { command = [] }] of ours) {
      expect(command[0]).toBe('azt3knet');
      let at = createProgram().program;
      for (const word of command.slice(1)) {
        if (word.startsWith('-')) {
          expect(at.options.map(({ long }) => long)).toContain(word);
          break;
        }
        const next = at.commands.find((each) => each.name() === word);
        if (next === undefined) throw new Error(`no command ${command.join(' ')}`);
        at = next;
      }
    }
  });

  it('pins images, opens ports to this machine alone, mounts what is there', () => {
    for (const [name, { image, ports = [], volumes = [] }] of services) {
      expect(image, name).toMatch(/^[\w./-]+:[\w.-]+$/);
      expect(image, name).not.toMatch(/:latest$/);
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        const there = source.startsWith('.')
          ? existsSync(join(COMPOSE_FOLDER, source))
          : source in compose.volumes;
        expect(there, volume).toBe(true);
      }
    }
  });

  it('waits for services that say when they are ready', () => {
    for (const [name, { depends_on: needs = {} }] of services) {
      const waits = Array.isArray(needs)
        ? needs.map((each) => [each, undefined] as const)
        : Object.entries(needs);
      for (const [needed, wait] of waits) {
        const service = compose.services[needed];
        if (service === undefined) throw new Error(`${name} waits for ${needed}, which is not there`);
        if (wait?.condition === 'service_healthy') expect(service.healthcheck?.test, needed).toBeDefined();
      }
    }
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
