import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/core/config/index.js';
import { EgressClient } from '../../src/core/egress/index.js';
import { BlueprintLibrary } from '../../src/modules/bots/blueprints/blueprint-library.js';
import type { Running } from '../../src/modules/bots/executor/executor.js';
import { KubernetesExecutor } from '../../src/modules/bots/executor/kubernetes/kubernetes-executor.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { logsOf, shownBot, startBot, untilBot } from '../support/bots.js';
import { Failure, type Stored } from '../support/kubernetes/api-server.js';
import { MiniCluster } from '../support/kubernetes/cluster.js';
import { instancesOf, patchBot, untilScaled } from '../support/replicas.js';
import { freePort } from '../support/redis.js';
import { testDatabase } from '../support/runtime.js';

const config = loadConfig({}, mkdtempSync(join(tmpdir(), 'azt3knet-pods-')));
const blueprint = new BlueprintLibrary(config).read('bots/echo_bot.mjs');

describe('a bot of a cluster', () => {
  let cluster: MiniCluster;
  let executor: KubernetesExecutor;
  let egress: EgressClient;

  beforeEach(async () => {
    cluster = new MiniCluster();
    await cluster.open();
    egress = new EgressClient({ allow: [] });
    executor = executorOf('one');
  });
  afterEach(async () => {
    await executor.onApplicationShutdown();
    await egress.close();
    await cluster.close();
  });

  /** That of an installation, all in one namespace. */
  const executorOf = (installation: string): KubernetesExecutor =>
    new KubernetesExecutor(
      {
        hostUrl: 'http://azt3knet-bots.azt3knet:8090',
        port: 8_090,
        namespace: 'bots',
        installation,
        kubeconfig: cluster.kubeconfig,
        images: { node: 'node:24', python: 'python:3.13' },
      },
      egress,
    );
  const start = async (by = executor): Promise<Running> => {
    const launch = {
      botId: 'echo-bot-v1',
      ordinal: 0,
      instance: randomUUID(),
      blueprint,
      configuration: {},
      token: 'given-to-it',
    };
    return (await by.start(launch)).running;
  };
  /** What is said of a pod, once it fits, or at the end of the time. */
  const seen = async (running: Running, reason: string): Promise<object> => {
    const end = performance.now() + 30_000;
    for (;;) {
      const { alive, conditions = [] } = (await executor.look())(running);
      const told = conditions.find(({ type }) => type === 'Pod');
      if (told?.reason === reason || performance.now() > end) return { alive, reason: told?.reason };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('is a Job that may do nothing, owns what it needs, and says what it is', async () => {
    cluster.script = () => ({ phase: 'Pending' });
    const running = await start();
    const [job] = cluster.server.list('jobs');
    const labels = {
      'azt3knet/installation': 'one',
      'azt3knet/synthetic': 'true',
      'azt3knet/bot': 'echo-bot-v1',
      'azt3knet/ordinal': '0',
      'azt3knet/instance': running.instance,
    };
    expect(job?.metadata.labels).toMatchObject(labels);
    const pod = job?.spec.template.spec as object;
    expect(job?.spec).toMatchObject({ backoffLimit: 0, template: { metadata: { labels } } });
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          image: 'node:24',
          resources: { limits: { cpu: expect.any(String), memory: expect.any(String) } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          // Ready is whoever beat within the time in which missed beats are a symptom.
          readinessProbe: {
            exec: { command: ['/bin/sh', '-c', expect.stringContaining('/bot/work/.beat')] },
          },
        },
      ],
    });
    // The node ends nobody whom people only want observed.
    const [container] = (pod as { containers: object[] }).containers;
    expect(Object.keys(container ?? {}).filter((key) => key.endsWith('Probe'))).toEqual(['readinessProbe']);
    // The token is in the Secret alone.
    expect(JSON.stringify(job)).not.toContain('given-to-it');
    const owned = ['secrets', 'configmaps', 'networkpolicies'] as const;
    for (const resource of owned) {
      const [object] = cluster.server.list(resource);
      expect(object?.metadata.ownerReferences).toMatchObject([{ kind: 'Job', uid: job?.metadata.uid }]);
      expect(object?.metadata.labels).toMatchObject(labels);
    }
    const [policy] = cluster.server.list('networkpolicies');
    expect(policy?.spec).toMatchObject({
      podSelector: { matchLabels: { 'azt3knet/instance': running.instance } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'azt3knet' } },
              podSelector: { matchLabels: { 'app.kubernetes.io/name': 'azt3knet' } },
            },
          ],
          ports: [{ port: 8_090, protocol: 'TCP' }],
        },
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    });
    // The policy was there before the pod could be.
    const { asked } = cluster.server;
    expect(asked.indexOf('create networkpolicies')).toBeLessThan(asked.indexOf('patch jobs'));
    await executor.kill(running);
    await expect.poll(() => cluster.left, { timeout: 20_000 }).toEqual([]);
  });

  it.each([
    ['create jobs', 403, 'Forbidden', 'jobs.batch is forbidden: User cannot create resource', 'Forbidden'],
    ['create jobs', 403, 'Forbidden', 'exceeded quota: bots, requested: count/jobs=1', 'QuotaExceeded'],
    ['create jobs', 409, 'AlreadyExists', 'jobs.batch already exists', 'Conflict'],
    ['create jobs', 404, 'NotFound', 'namespaces "bots" not found', 'NamespaceMissing'],
    ['create jobs', 422, 'Invalid', 'spec.template: Invalid value', 'ObjectRefused'],
    ['create jobs', 503, 'ServiceUnavailable', 'etcd is not there', 'ApiServerUnavailable'],
    ['create secrets', 403, 'Forbidden', 'secrets is forbidden', 'Forbidden'],
    ['create networkpolicies', 403, 'Forbidden', 'networkpolicies is forbidden', 'Forbidden'],
    ['patch jobs', 409, 'Conflict', 'the object has been modified', 'Conflict'],
  ])(
    'is not started when %s answers %i %s (%s), and leaves nothing',
    async (what, code, reason, text, word) => {
      cluster.server.refusals.set(what, new Failure(code, reason, text));
      await expect(start()).rejects.toMatchObject({ name: 'Error', reason: word });
      await expect.poll(() => cluster.left, { timeout: 20_000 }).toEqual([]);
    },
  );

  it('is left alone by another installation that has one of the same name in the namespace', async () => {
    cluster.script = () => waiting('ImagePullBackOff');
    const own = await start();
    await seen(own, 'ImagePullBackOff');
    const other = executorOf('two');
    try {
      const theirs = await start(other);
      const slot = { botId: 'echo-bot-v1', ordinal: 0 };
      await expect.poll(async () => (await other.look())(theirs).alive).toBe(true);
      expect(await other.remembered()).toEqual([slot]);
      expect(await other.sweep([])).toBe(1);
      await other.forget(slot);
      expect(await other.remembered()).toEqual([]);
      expect(
        cluster.server.list('jobs').map(({ metadata }) => metadata.labels?.['azt3knet/instance']),
      ).toEqual([own.instance]);
      expect(await executor.sweep([own])).toBe(0);
      expect((await executor.look())(own).alive).toBe(true);
    } finally {
      await other.onApplicationShutdown();
    }
  });

  it('is known by its instance where it was made before Jobs named their installation', async () => {
    cluster.script = () => waiting('ImagePullBackOff');
    const own = await start();
    await seen(own, 'ImagePullBackOff');
    for (const resource of ['jobs', 'pods'] as const)
      for (const object of cluster.server.list(resource))
        delete object.metadata.labels?.['azt3knet/installation'];
    for (const object of [...cluster.server.list('jobs'), ...cluster.server.list('pods')])
      expect(object.metadata.labels).not.toHaveProperty('azt3knet/installation');
    const [next, other] = [executorOf('one'), executorOf('two')];
    try {
      expect(await other.sweep([])).toBe(0);
      expect(await next.sweep([])).toBe(0);
      expect((await next.look())(own)).toMatchObject({ alive: true });
      expect(await next.remembered()).toEqual([{ botId: own.botId, ordinal: own.ordinal }]);
      expect(await other.remembered()).toEqual([]);
      expect(await next.sweep([own])).toBe(0);
      expect(await next.sweep([])).toBe(1);
    } finally {
      await next.onApplicationShutdown();
      await other.onApplicationShutdown();
    }
  });

  it('is not started when nobody answers, and is when somebody does again', async () => {
    await start();
    await cluster.server.close();
    await expect(start()).rejects.toMatchObject({ reason: 'ApiServerUnavailable' });
    await cluster.server.listen();
    await start();
    expect(cluster.server.list('jobs')).toHaveLength(2);
  });

  it('is not taken for dead when nobody answers, which is told', async () => {
    cluster.script = () => ({ phase: 'Pending' });
    const running = await start();
    expect(await seen(running, 'Starting')).toMatchObject({ alive: true });
    await cluster.server.close();
    await expect
      .poll(async () => (await executor.look())(running), { timeout: 40_000, interval: 500 })
      .toMatchObject({
        alive: true,
        conditions: expect.arrayContaining([
          expect.objectContaining({
            type: 'ClusterReachable',
            status: 'false',
            reason: 'ApiServerUnavailable',
          }),
        ]),
      });
    await cluster.server.listen();
  }, 60_000);

  it.each([
    ['an image that cannot be pulled', waiting('ImagePullBackOff'), true, 'ImagePullBackOff'],
    ['a wrong name of an image', waiting('InvalidImageName'), true, 'InvalidImageName'],
    ['no node', unscheduled(), true, 'Unschedulable'],
    ['too much memory', ended(137, 'OOMKilled'), false, 'OOMKilled'],
    ['an eviction', { phase: 'Failed', reason: 'Evicted', message: 'low on memory' }, false, 'Evicted'],
    ['a drained node', disrupted(), false, 'DeletionByTaintManager'],
    ['a node that is gone', lost(), true, 'NodeGone'],
    ['a crash', ended(1, 'Error'), false, 'Error'],
  ])('tells of %s', async (_, status, alive, reason) => {
    cluster.script = () => status;
    expect(await seen(await start(), reason)).toEqual({ alive, reason });
  });

  it('tells what it left as its last words, as far as they can be kept', async () => {
    const status = ended(1, 'Error', `out of \u0000 words \ud83d`);
    cluster.script = () => status;
    const running = await start();
    await seen(running, 'Error');
    const { conditions = [] } = (await executor.look())(running);
    expect(conditions.find(({ type }) => type === 'Pod')?.message).toBe('out of  words \ufffd');
  });

  it('is given its arguments as they are written, and no variables in their place', async () => {
    const manifest = { ...blueprint.manifest, arguments: ['$(AZT3KNET_BOT_TOKEN_FILE)', '$$', 'a'] };
    const launch = {
      botId: 'echo-bot-v1',
      ordinal: 0,
      instance: randomUUID(),
      blueprint: { ...blueprint, manifest },
      configuration: {},
      token: 'given-to-it',
    };
    await executor.start(launch);
    const [job] = cluster.server.list('jobs');
    const { template } = (
      job as unknown as { spec: { template: { spec: { containers: { command: string[] }[] } } } }
    ).spec;
    expect(template.spec.containers[0]?.command.slice(-3)).toEqual([
      '$$(AZT3KNET_BOT_TOKEN_FILE)',
      '$$$$',
      'a',
    ]);
  });

  it('tells why there is no pod of it', async () => {
    cluster.podRefusal = 'pods "bot" is forbidden: exceeded quota: bots, requested: pods=1';
    expect(await seen(await start(), 'QuotaExceeded')).toEqual({ alive: true, reason: 'QuotaExceeded' });
  });

  it('is seen to be gone when somebody deletes it, though the stream of changes was cut and has expired', async () => {
    const running = await start();
    expect(await seen(running, 'Running')).toEqual({ alive: true, reason: 'Running' });
    const [pod] = cluster.server.list('pods') as [Stored];
    const [job] = cluster.server.list('jobs') as [Stored];
    await cluster.server.close();
    cluster.server.put('jobs', job, 'DELETED');
    cluster.evict(pod);
    cluster.server.put('pods', pod, 'DELETED');
    cluster.server.expire();
    await cluster.server.listen();
    expect(await seen(running, 'JobGone')).toEqual({ alive: false, reason: 'JobGone' });
  });

  it('is measured where the cluster measures', async () => {
    const running = await start();
    cluster.server.metrics = {
      items: [
        {
          metadata: { labels: { 'azt3knet/instance': running.instance } },
          containers: [{ usage: { cpu: '250000000n', memory: '64Mi' } }],
        },
      ],
    };
    await expect
      .poll(async () => (await executor.look())(running).memoryMb, { timeout: 30_000, interval: 500 })
      .toBe(64);
    const first = (await executor.look())(running).cpuSeconds;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await executor.look())(running).cpuSeconds).toBeGreaterThan(first);
  });

  it('is given nothing by a server that is not the one of the file', async () => {
    const other = new EgressClient({ allow: [] });
    const channel = other.channel('test', { own: [] });
    await expect(channel.fetch(cluster.server.url)).rejects.toMatchObject({ code: 'egress_unlisted' });
    await other.close();
  });
});

function waiting(reason: string): object {
  return { phase: 'Pending', containerStatuses: [{ name: 'bot', state: { waiting: { reason } } }] };
}
function unscheduled(): object {
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' };
  return { phase: 'Pending', conditions: [condition] };
}
function ended(exitCode: number, reason: string, message?: string): object {
  return {
    phase: 'Failed',
    containerStatuses: [{ name: 'bot', state: { terminated: { exitCode, reason, message } } }],
  };
}
function disrupted(): object {
  const condition = { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' };
  return { phase: 'Failed', conditions: [condition] };
}
function lost(): object {
  const condition = { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' };
  return { phase: 'Running', conditions: [condition] };
}

describe('an installation whose bots run in a cluster', () => {
  const cluster = new MiniCluster();
  let test: TestApplication;
  let environment: Record<string, string>;
  let database: Awaited<ReturnType<typeof testDatabase>>;

  const open = (release: boolean) =>
    testApplication(
      environment,
      'all',
      Promise.resolve(release ? database : { ...database, release: async () => {} }),
    ).then(async (made) => {
      await made.app.listen(0, '127.0.0.1');
      return made;
    });

  beforeAll(async () => {
    await cluster.open();
    const port = await freePort();
    environment = {
      AZT3KNET_BOTS_EXECUTOR: 'kubernetes',
      AZT3KNET_BOTS_KUBECONFIG: cluster.kubeconfig,
      AZT3KNET_BOTS_NAMESPACE: 'bots',
      AZT3KNET_BOTS_HOST_URL: `http://127.0.0.1:${port}`,
      AZT3KNET_BOTS_PORT: String(port),
      AZT3KNET_BOTS_BACKOFF_SECONDS: '1',
      API_SECRET_KEY: 'k9-'.repeat(16),
      AZT3KNET_ADMIN_PASSWORD: 'correct-horse-battery-staple-of-32',
    };
    database = await testDatabase();
    test = await open(false);
  }, 120_000);
  afterAll(async () => {
    await test.close();
    await cluster.close();
  });

  it('runs them as it runs them elsewhere: beats, commands, logs', async () => {
    await startBot(test, 'pod-one', 'bots/echo_bot.mjs', { configuration: { greeting: 'good day' } });
    const running = await untilBot(test, 'pod-one', ({ status }) => status === 'running', 60);
    expect(running.conditions).toContainEqual(
      expect.objectContaining({ type: 'NetworkIsolated', reason: 'NetworkPolicy' }),
    );
    const told = await test.call('POST', '/api/v1/bots/pod-one/commands', {
      name: 'echo',
      arguments: { text: 'hello' },
    });
    await expect
      .poll(async () => (await test.call('GET', String(told.headers['location']))).body, { timeout: 30_000 })
      .toMatchObject({ status: 'done', result: { text: 'hello' } });
    const self = await test.call('POST', '/api/v1/bots/pod-one/commands', { name: 'whoami' });
    await expect
      .poll(async () => (await test.call('GET', String(self.headers['location']))).body, { timeout: 30_000 })
      .toMatchObject({ status: 'done', result: { bot: { bot_id: 'pod-one', status: 'running' } } });
    await expect.poll(() => logsOf(test, 'pod-one'), { timeout: 30_000 }).toContain('good day');
  }, 120_000);

  it('answers nobody on their port who is none of them', async () => {
    const url = new URL('/beat', environment['AZT3KNET_BOTS_HOST_URL']);
    const statusWith = (authorization: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(url, { method: 'POST', headers: { authorization } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asked.once('error', reject);
        asked.end('{"requests":0,"errors":0}');
      });
    expect(await statusWith('')).toBe(401);
    expect(await statusWith('Bearer nonsense')).toBe(401);
    // A person is no bot.
    expect(await statusWith(test.authorization)).toBe(401);
  });

  it('starts one again that is evicted, and says why it ended', async () => {
    const [pod] = cluster.server.list('pods') as [Stored];
    cluster.evict(pod);
    await untilBot(test, 'pod-one', ({ restarts, status }) => restarts === 1 && status === 'running', 60);
    const history = await test.call<{ transitions: { status: string }[] }>(
      'GET',
      '/api/v1/bots/pod-one/history',
    );
    expect(history.body.transitions.map(({ status }) => status)).toContain('backoff');
    await expect.poll(() => cluster.server.list('jobs').length, { timeout: 20_000 }).toBe(1);
  }, 120_000);

  it('lets them run when it is stopped, and goes on with them', async () => {
    const { pids } = cluster;
    expect(pids).toHaveLength(1);
    const { restarts } = await shownBot(test, 'pod-one');
    await test.close();
    expect(cluster.pids).toEqual(pids);
    test = await open(true);
    const bot = await untilBot(test, 'pod-one', ({ status }) => status === 'running', 60);
    // Beats are taken by the new server.
    await expect
      .poll(async () => (await shownBot(test, 'pod-one')).last_heartbeat !== bot.last_heartbeat, {
        timeout: 30_000,
      })
      .toBe(true);
    expect(cluster.pids).toEqual(pids);
    expect((await shownBot(test, 'pod-one')).restarts).toBe(restarts);
  }, 180_000);

  it('scales them, and replaces them one by one', async () => {
    await patchBot(test, 'pod-one', { replicas: 3 });
    await untilScaled(test, 'pod-one', ({ ready_replicas }) => ready_replicas === 3);
    const jobs = cluster.server.list('jobs').map(({ metadata }) => metadata);
    expect(new Set(jobs.map(({ labels }) => labels?.['azt3knet/ordinal']))).toEqual(new Set(['0', '1', '2']));
    expect(cluster.pids).toHaveLength(3);
    const places = (await instancesOf(test, 'pod-one')).map(({ place }) => place);
    expect(new Set(places)).toEqual(new Set(jobs.map(({ name }) => `job ${name}`)));
    await patchBot(test, 'pod-one', { configuration: { greeting: 'good evening' } });
    const least: number[] = [];
    await untilScaled(
      test,
      'pod-one',
      (bot, all) =>
        bot.updated_replicas === 3 && all.length === 3 && all.every(({ revision }) => revision === 2),
      (all) => least.push(all.filter(({ ready, retiring }) => ready && retiring === null).length),
    );
    expect(Math.min(...least)).toBe(3);
    await patchBot(test, 'pod-one', { replicas: 1 });
    await untilScaled(test, 'pod-one', (_, all) => all.length === 1);
    await expect.poll(() => cluster.server.list('jobs').length, { timeout: 20_000 }).toBe(1);
    expect(cluster.pids).toHaveLength(1);
  }, 300_000);

  it('stops and deletes them, and leaves nothing in the cluster', async () => {
    await test.call('POST', '/api/v1/bots/pod-one/stop');
    const stopped = await untilBot(test, 'pod-one', ({ status }) => status === 'stopped', 60);
    expect(stopped.last_exit).toMatchObject({ code: 0 });
    expect((await test.call('DELETE', '/api/v1/bots/pod-one')).status).toBe(204);
    await expect.poll(() => cluster.left, { timeout: 60_000 }).toEqual([]);
    expect(cluster.pids).toEqual([]);
  }, 120_000);
});
