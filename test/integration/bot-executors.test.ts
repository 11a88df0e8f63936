import { mkdtempSync, rmSync, chmodSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { loadConfig } from '../../src/core/config/index.js';
import { EgressClient } from '../../src/core/egress/index.js';
import { slotName } from '../../src/modules/bots/executor/executor.js';
import { KubernetesExecutor } from '../../src/modules/bots/executor/kubernetes/kubernetes-executor.js';
import { ProcessExecutor } from '../../src/modules/bots/executor/process-executor.js';
import { conformsAsExecutor, type ExecutorPlace } from '../support/executor-conformance.js';
import { MiniCluster } from '../support/kubernetes/cluster.js';

const empty = mkdtempSync(join(tmpdir(), 'azt3knet-executors-'));

async function processes(): Promise<ExecutorPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-processes-'));
  chmodSync(folder, 0o711);
  const run = join(folder, 'run');
  const config = loadConfig({ AZT3KNET_BOTS_DIR: run }, empty);
  return {
    executor: () => new ProcessExecutor(config),
    sync: () => {},
    left: async () => (existsSync(run) ? readdirSync(run).filter((name) => name !== 'bin') : []),
    close: async () => rmSync(folder, { recursive: true, force: true }),
    patience: 30_000,
  };
}

/** Executors in a namespace of a cluster. */
function pods(kubeconfig: string, namespace: string) {
  const egress = new EgressClient({ allow: [] });
  const settings = {
    hostUrl: 'http://10.0.0.1:8090',
    port: 8_090,
    namespace,
    installation: 'conforming',
    kubeconfig,
    images: { node: 'node:24-bookworm-slim', python: 'python:3.13-slim-bookworm' },
  };
  const made: KubernetesExecutor[] = [];
  return {
    executor: () => {
      const executor = new KubernetesExecutor(settings, egress);
      made.push(executor);
      return executor;
    },
    close: async () => {
      for (const executor of made) await executor.onApplicationShutdown();
      await egress.close();
    },
  };
}

async function miniature(): Promise<ExecutorPlace> {
  const cluster = new MiniCluster();
  await cluster.open();
  const { executor, close } = pods(cluster.kubeconfig, 'bots');
  return {
    executor,
    sync: () => cluster.sync(),
    left: async () => cluster.left,
    close: async () => {
      await close();
      await cluster.close();
    },
    patience: 30_000,
  };
}

const { KUBECONFIG, AZT3KNET_BOTS_NAMESPACE: namespace = 'azt3knet-bots' } = process.env;

async function real(): Promise<ExecutorPlace> {
  const { executor, close } = pods(KUBECONFIG ?? '', namespace);
  const looking = executor();
  return {
    executor,
    sync: () => {},
    left: async () => (await looking.remembered()).map(slotName),
    close,
    patience: 180_000,
  };
}

describe('the process executor', () => {
  conformsAsExecutor(processes);
});
describe('the Kubernetes executor, in a cluster in miniature', () => {
  conformsAsExecutor(miniature);
});
describe.skipIf(KUBECONFIG === undefined)(
  'the Kubernetes executor, in a real cluster (runs where KUBECONFIG is set)',
  () => {
    conformsAsExecutor(real);
  },
);
