import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { EgressClient } from '../../../../core/egress/index.js';
import type { ConditionTold, Sight } from '../executor.js';
import { Cluster } from './cluster.js';
import { LABELS, OURS, type Place } from './objects.js';
import { PodLogs } from './pod-logs.js';
import { PodMeasures } from './pod-measures.js';
import { exitOf, isOver, sightOfJob, sightOfPod } from './pod-sight.js';
import { reasonOf } from './refusals.js';
import { Watched } from './watched.js';

/** So long may the stream of changes be broken before that is told; in milliseconds. */
const BLIND_MS = 10_000;
/** After so long without a pod, events of its Job are asked why, again and again; in milliseconds. */
const PODLESS_MS = 5_000;
/** Between two notes of how far logs are read, in milliseconds. */
const NOTE_MS = 30_000;
const LOGS_READ = 'azt3knet/logs-read';
/** Exits that are remembered until somebody looks. */
const REMEMBERED = 10_000;

/** What is seen of the bots of a cluster. */
export class ClusterView {
  readonly jobs: Watched<V1Job>;
  readonly pods: Watched<V1Pod>;
  readonly logs: PodLogs;
  private readonly measures: PodMeasures;
  /** Pods by instance, as they are at a look. */
  private readonly podOf = new Map<string, V1Pod>();
  /** How pods ended, by instance: they may be gone when somebody looks. */
  private readonly exits = new Map<string, Sight['exit']>();
  /** Jobs without a pod: since when, and why. */
  private readonly podless = new Map<string, { askedAt: number; hint: string | undefined }>();
  private readonly noted = new Map<string, string>();
  private notedAt = performance.now();
  /** Instances that were asked about: they are ours, also where they were made before objects named their installation. */
  private readonly asked = new Set<string>();

  private constructor(
    readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly installation: string,
  ) {
    this.jobs = new Watched(cluster, `/apis/batch/v1/namespaces/${namespace}/jobs`, OURS);
    this.pods = new Watched(cluster, `/api/v1/namespaces/${namespace}/pods`, OURS, (pod) => this.see(pod));
    this.logs = new PodLogs(cluster, namespace);
    this.measures = new PodMeasures(cluster, namespace);
  }

  /** Waits until everything is seen, or cannot be. @throws ClusterUnusable */
  static async open(place: Place, egress: EgressClient): Promise<ClusterView> {
    const cluster = await Cluster.open(place, egress);
    const view = new ClusterView(cluster, place.namespace, place.installation);
    await Promise.all([view.jobs.begin(), view.pods.begin()]);
    return view;
  }

  async close(): Promise<void> {
    await this.noteLogs().catch(() => {});
    await Promise.all([this.jobs.end(), this.pods.end()]);
  }

  /** The Jobs of this installation: another may have its own in the namespace. */
  get ownJobs(): V1Job[] {
    return this.jobs.all.filter((job) => this.isOwn(job));
  }

  private isOwn({ metadata }: V1Job | V1Pod): boolean {
    const { labels = {} } = metadata ?? {};
    return labels[LABELS.installation] === this.installation || this.asked.has(labels[LABELS.instance] ?? '');
  }

  /** Looks at what does not come by itself: logs, measures, and why there is no pod. */
  async refresh(): Promise<void> {
    const pods = this.pods.all.filter((pod) => this.isOwn(pod));
    this.podOf.clear();
    // Also those that nobody has asked about yet.
    for (const pod of this.pods.all) this.podOf.set(pod.metadata?.labels?.[LABELS.instance] ?? '', pod);
    if (!this.jobs.isListed || !this.pods.isListed) return;
    await Promise.all([
      this.logs.refresh(pods, (instance) => this.readOf(instance)),
      this.measures.refresh(),
      this.explain(),
    ]);
    const known = new Set(this.ownJobs.map(({ metadata }) => metadata?.labels?.[LABELS.instance] ?? ''));
    this.logs.keep(known);
    for (const instance of this.asked) if (!known.has(instance)) this.asked.delete(instance);
    if (performance.now() - this.notedAt > NOTE_MS) await this.noteLogs();
  }

  sightOf(instance: string, jobName: string): Sight {
    this.asked.add(instance);
    const pod = this.podOf.get(instance);
    const job = this.jobs.named(jobName);
    const isListed = this.jobs.isListed && this.pods.isListed;
    const seen =
      pod !== undefined
        ? sightOfPod(pod)
        : isListed
          ? sightOfJob(job, this.podless.get(jobName)?.hint)
          : { alive: true, exit: undefined, condition: undefined };
    const conditions = [seen.condition, this.reachable(), this.measured()].filter(
      (each) => each !== undefined,
    );
    const { cpuSeconds, memoryMb } = this.measures.of(instance);
    return {
      alive: seen.alive,
      exit: seen.exit ?? this.exits.get(instance),
      cpuSeconds,
      memoryMb,
      conditions,
    };
  }

  /** Writes down with each Job how far its log is read, for who looks after it next. */
  async noteLogs(): Promise<void> {
    this.notedAt = performance.now();
    const { positions } = this.logs;
    for (const { metadata } of this.ownJobs) {
      const [name = '', instance = ''] = [metadata?.name, metadata?.labels?.[LABELS.instance]];
      const last = positions.get(instance) ?? '';
      if (last === '' || this.noted.get(name) === last) continue;
      this.noted.set(name, last);
      const body = { metadata: { annotations: { [LOGS_READ]: last } } };
      const { batch, merging } = this.cluster;
      await batch.patchNamespacedJob({ name, namespace: this.namespace, body }, merging).catch(() => {});
    }
  }

  private see(pod: V1Pod): void {
    if (!isOver(pod) || !this.isOwn(pod)) return;
    this.exits.set(pod.metadata?.labels?.[LABELS.instance] ?? '', exitOf(pod));
    for (const oldest of this.exits.keys()) {
      if (this.exits.size <= REMEMBERED) break;
      this.exits.delete(oldest);
    }
    // It may be gone at the next look.
    void this.logs.refresh([pod], (instance) => this.readOf(instance));
  }

  private readOf(instance: string): string | undefined {
    const job = this.jobs.all.find(({ metadata }) => metadata?.labels?.[LABELS.instance] === instance);
    return job?.metadata?.annotations?.[LOGS_READ];
  }

  /** Why a Job has no pod: its events tell. */
  private async explain(): Promise<void> {
    const now = performance.now();
    const running = new Set(this.pods.all.map(({ metadata }) => metadata?.labels?.[LABELS.instance]));
    const jobs = this.ownJobs.filter(
      ({ metadata, spec, status }) =>
        !running.has(metadata?.labels?.[LABELS.instance]) &&
        spec?.suspend !== true &&
        (status?.conditions ?? []).length === 0,
    );
    const names = new Set(jobs.map(({ metadata }) => metadata?.name ?? ''));
    for (const name of this.podless.keys()) if (!names.has(name)) this.podless.delete(name);
    for (const name of names) {
      const known = this.podless.get(name);
      if (known === undefined) this.podless.set(name, { askedAt: now, hint: undefined });
      if (known === undefined || now - known.askedAt < PODLESS_MS) continue;
      known.askedAt = now;
      known.hint = await this.lastFailure(name).catch(() => known.hint);
    }
  }

  private async lastFailure(job: string): Promise<string | undefined> {
    const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${job},reason=FailedCreate`;
    const { items } = await this.cluster.core.listNamespacedEvent({
      namespace: this.namespace,
      fieldSelector,
    });
    return items.at(-1)?.message;
  }

  private reachable(): ConditionTold {
    const failing = [this.jobs.failing, this.pods.failing].find(
      (each) => each !== undefined && (each.ms > BLIND_MS || !this.jobs.isListed || !this.pods.isListed),
    );
    const type = 'ClusterReachable';
    return failing === undefined
      ? { type, status: 'true', reason: 'Watching', message: 'the cluster tells what becomes of its pod' }
      : { type, status: 'false', ...reasonOf(failing.error) };
  }

  private measured(): ConditionTold {
    const type = 'Measured';
    return this.measures.known
      ? { type, status: 'true', reason: 'MetricsApi', message: 'the cluster tells its CPU time and memory' }
      : {
          type,
          status: 'false',
          reason: 'NoMetricsApi',
          message: 'the cluster has no metrics API: CPU time and memory are not known',
        };
  }
}
