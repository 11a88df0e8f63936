import type { OnApplicationShutdown } from '@nestjs/common';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { EgressClient } from '../../../../core/egress/index.js';
import {
  Executor,
  LaunchRefused,
  slotName,
  type ConditionTold,
  type Launch,
  type PrintedLine,
  type Running,
  type Sight,
  type Slot,
  type Started,
} from '../executor.js';
import { programFiles } from '../program-files.js';
import { ClusterView } from './cluster-view.js';
import {
  base64,
  jobOf,
  LABELS,
  networkPolicyOf,
  programOf,
  secretOf,
  slotOf,
  type Place,
} from './objects.js';
import { reasonOf, refusalOf, statusOf } from './refusals.js';

/** Of the files of a ConfigMap, of which the cluster takes 1 MiB. */
const PROGRAM_MAX = 1_000_000;
/** How long a pod that is killed may take, in seconds: less would leave a process behind where its node does not answer. */
const KILL_SECONDS = 1;

/** What an instance is found by again. */
interface Handle {
  job: string;
}

const CONFINED: readonly ConditionTold[] = [
  [
    'OwnUser',
    'RunAsNonRoot',
    'its pod runs as nobody, without capabilities and with a root that it only reads',
  ],
  [
    'NetworkIsolated',
    'NetworkPolicy',
    'it reaches its host and the names of the cluster alone, where the cluster enforces network policies',
  ],
  ['LimitsApplied', 'PodLimits', 'memory, CPU time and disk are limited by its pod, processes by its node'],
  ['ControlGroup', 'PodLimits', 'the kernel limits its memory and CPU time'],
].map(([type = '', reason = '', message = '']) => ({ type, status: 'true', reason, message }));

/** Runs bots as pods, each of a Job of its own that owns all that it needs. */
export class KubernetesExecutor extends Executor implements OnApplicationShutdown {
  readonly host: string;
  /** Pods are there for any server that looks after them next. */
  readonly endsWithServer = false;
  private opening: Promise<ClusterView> | undefined;
  private opened: ClusterView | undefined;

  constructor(
    private readonly settings: Place,
    private readonly egress: EgressClient,
  ) {
    super();
    this.host = `kubernetes:${settings.namespace}`;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.opened?.close();
  }

  async start(launch: Launch): Promise<Started> {
    const files = programFiles(launch.blueprint);
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    if (bytes > PROGRAM_MAX)
      throw new LaunchRefused('ProgramTooLarge', `its files have ${bytes} bytes; a pod takes ${PROGRAM_MAX}`);
    try {
      return await this.create(launch, files);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  async look(): Promise<(running: Running) => Sight> {
    try {
      const view = await this.view();
      await view.refresh();
      return ({ instance, handle }) => view.sightOf(instance, (handle as Handle).job);
    } catch (error) {
      // What cannot be seen is not taken for dead.
      const { reason, message } = reasonOf(refusalOf(error));
      const blind: ConditionTold = { type: 'ClusterReachable', status: 'false', reason, message };
      return () => ({ alive: true, exit: undefined, cpuSeconds: 0, memoryMb: 0, conditions: [blind] });
    }
  }

  async find(slot: Slot, instance: string): Promise<Running | undefined> {
    const { cluster } = await this.view();
    const { namespace } = this.settings;
    const labelSelector = `${LABELS.instance}=${instance}`;
    const { items } = await cluster.batch.listNamespacedJob({ namespace, labelSelector });
    const [job] = items;
    if (job === undefined) return undefined;
    const running = runningOf(slot, instance, job);
    // Its start was not brought to an end: it has nothing that it needs.
    if (job.spec?.suspend !== true) return running;
    await this.kill(running);
    return undefined;
  }

  /** Its Job is suspended, which asks its pod to end and brings no other. */
  async ask({ handle }: Running): Promise<void> {
    const { cluster, jobs } = await this.view();
    const { namespace } = this.settings;
    const name = (handle as Handle).job;
    const body = { spec: { suspend: true } };
    const job = await unlessGone(
      cluster.batch.patchNamespacedJob({ name, namespace, body }, cluster.merging),
    );
    if (job !== undefined) jobs.put(job);
  }

  async kill({ instance, handle }: Running): Promise<number> {
    const { cluster, jobs, pods } = await this.view();
    const { namespace } = this.settings;
    const name = (handle as Handle).job;
    await unlessGone(cluster.batch.deleteNamespacedJob({ name, namespace, propagationPolicy: 'Background' }));
    jobs.remove(name);
    const labelSelector = `${LABELS.instance}=${instance}`;
    await cluster.core.deleteCollectionNamespacedPod({
      namespace,
      labelSelector,
      gracePeriodSeconds: KILL_SECONDS,
    });
    return pods.all.filter(({ metadata }) => metadata?.labels?.[LABELS.instance] === instance).length;
  }

  printed(slot: Slot): { lines: PrintedLine[]; dropped: number } {
    return this.opened?.logs.take(slot) ?? { lines: [], dropped: 0 };
  }

  /** The node brings it to the pod within a minute or two. */
  async renewToken({ handle }: Running, token: string): Promise<void> {
    const { cluster } = await this.view();
    const { namespace } = this.settings;
    const name = (handle as Handle).job;
    const body = { data: { token: base64(token) } };
    await unlessGone(cluster.core.patchNamespacedSecret({ name, namespace, body }, cluster.merging));
  }

  tokenOf(): undefined {
    return undefined;
  }

  socketOf(): undefined {
    return undefined;
  }

  async sweep(known: readonly Running[]): Promise<number> {
    const view = await this.view();
    const instances = new Set(known.map(({ instance }) => instance));
    const strangers = view.ownJobs.filter((job) => !instances.has(labelOf(job, LABELS.instance)));
    for (const job of strangers) await this.kill(runningOf(slotOf(job), labelOf(job, LABELS.instance), job));
    return strangers.length;
  }

  async forget(slot: Slot): Promise<void> {
    const { ownJobs } = await this.view();
    for (const job of ownJobs.filter((each) => slotName(slotOf(each)) === slotName(slot)))
      await this.kill(runningOf(slot, labelOf(job, LABELS.instance), job));
  }

  async leave(): Promise<void> {
    await this.opened?.noteLogs();
  }

  async remembered(): Promise<Slot[]> {
    const { ownJobs } = await this.view();
    return [...new Map(ownJobs.map((job) => [slotName(slotOf(job)), slotOf(job)])).values()];
  }

  /** The Job, suspended; what it owns; then its pod. */
  private async create(launch: Launch, files: ReadonlyMap<string, Buffer>): Promise<Started> {
    const { cluster, jobs } = await this.view();
    const { namespace } = this.settings;
    const strict = { namespace, fieldValidation: 'Strict' };
    const job = await cluster.batch.createNamespacedJob({
      ...strict,
      body: jobOf(launch, this.settings, files),
    });
    const running = runningOf(launch, launch.instance, job);
    try {
      await cluster.networking.createNamespacedNetworkPolicy({
        ...strict,
        body: networkPolicyOf(launch, job, this.settings),
      });
      await cluster.core.createNamespacedConfigMap({
        ...strict,
        body: programOf(launch, job, this.settings, files),
      });
      await cluster.core.createNamespacedSecret({ ...strict, body: secretOf(launch, job, this.settings) });
      const body = { spec: { suspend: false } };
      const name = (running.handle as Handle).job;
      jobs.put(await cluster.batch.patchNamespacedJob({ name, namespace, body }, cluster.merging));
    } catch (error) {
      // What is left is swept away later.
      await this.kill(running).catch(() => {});
      throw error;
    }
    return { running, place: `job ${(running.handle as Handle).job}`, conditions: CONFINED };
  }

  /** Opened once, and anew after it could not be. */
  private async view(): Promise<ClusterView> {
    this.opening ??= ClusterView.open(this.settings, this.egress);
    try {
      this.opened = await this.opening;
      return this.opened;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }
}

function labelOf({ metadata }: V1Job | V1Pod, label: string): string {
  return metadata?.labels?.[label] ?? '';
}

function runningOf({ botId, ordinal }: Slot, instance: string, { metadata }: V1Job): Running {
  const handle: Handle = { job: metadata?.name ?? '' };
  return { botId, ordinal, instance, handle };
}

/** What came of a request about something that may be gone meanwhile. */
async function unlessGone<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
