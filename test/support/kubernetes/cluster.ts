import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiServer, type Resource, type Stored } from './api-server.js';

/** What a script says that becomes of a pod, instead of its running: a status in place of its own. */
export type Script = (pod: Stored) => object | undefined;

/** A pod that runs, as a process of this machine. */
interface Running {
  child: ChildProcess;
  folder: string;
  lines: { at: string; text: string }[];
}

/**
 * A cluster in miniature: an API server, the controller of Jobs, and one node that runs pods as processes, with their volumes in
 * a folder. Scripts say of pods what else becomes of them.
 */
export class MiniCluster {
  readonly server = new ApiServer();
  readonly folder = mkdtempSync(join(tmpdir(), 'azt3knet-cluster-'));
  readonly kubeconfig = join(this.folder, 'kubeconfig.json');
  /** Why no pod of a Job comes, where none does. */
  podRefusal: string | undefined;
  script: Script = () => undefined;
  private readonly running = new Map<string, Running>();
  private readonly logs = new Map<string, { at: string; text: string }[]>();
  /** Jobs that had their pod. */
  private readonly started = new Set<string>();
  private closed = false;

  constructor() {
    this.server.listeners.push((resource, { type, object }) => this.changed(resource, type, object));
    this.server.logOf = (pod, query) => this.logOf(pod, query);
  }

  async open(): Promise<void> {
    await this.server.listen();
    writeFileSync(
      this.kubeconfig,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'mini', cluster: { server: this.server.url } }],
        users: [{ name: 'mini', user: { token: this.server.token } }],
        contexts: [{ name: 'mini', context: { cluster: 'mini', user: 'mini' } }],
        'current-context': 'mini',
      }),
    );
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { child } of this.running.values()) kill(child, 'SIGKILL');
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Process ids of pods that run. */
  get pids(): number[] {
    return [...this.running.values()].flatMap(({ child }) => child.pid ?? []);
  }

  /** Everything of bots that is there. */
  get left(): string[] {
    return (['jobs', 'pods', 'secrets', 'configmaps', 'networkpolicies'] as const).flatMap((resource) =>
      this.server.list(resource).map(({ metadata }) => `${resource}/${metadata.name}`),
    );
  }

  /** Gives a pod another status. */
  setStatus(pod: Stored, status: object): void {
    const now = this.server.get('pods', pod.metadata.name);
    if (now !== undefined) this.server.put('pods', { ...now, status });
  }

  /** Takes a pod away, as its node does that is drained, with a reason. */
  evict(pod: Stored): void {
    const running = this.running.get(pod.metadata.uid);
    this.running.delete(pod.metadata.uid);
    if (running !== undefined) kill(running.child, 'SIGKILL');
    this.setStatus(pod, {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory.',
    });
  }

  private changed(resource: Resource, type: string, object: Stored): void {
    if (this.closed) return;
    // As controllers do, not before the change is told.
    setImmediate(() => {
      if (this.closed) return;
      if (resource === 'jobs' && type !== 'DELETED') this.reconcile(object.metadata.name);
      if (resource === 'pods') this.tend(type, object);
    });
  }

  private podsOf(uid: string): Stored[] {
    return this.server.list('pods', ({ metadata }) =>
      (metadata.ownerReferences ?? []).some((owner) => owner.uid === uid),
    );
  }

  /** The controller of Jobs: one pod, unless it is suspended or over. */
  private reconcile(name: string): void {
    const job = this.server.get('jobs', name);
    if (job === undefined || (job.status?.conditions ?? []).length > 0) return;
    const pods = this.podsOf(job.metadata.uid);
    if (job.spec.suspend === true) {
      for (const pod of pods)
        if (pod.metadata.deletionTimestamp === undefined) this.server.delete('pods', pod, undefined);
      return;
    }
    if (pods.length > 0 || this.started.has(job.metadata.uid)) return;
    if (this.podRefusal !== undefined) {
      const message = this.podRefusal;
      if (this.server.list('events').length === 0)
        this.server.create('events', {
          kind: 'Event',
          apiVersion: 'v1',
          metadata: { name: `${name}.1` },
          involvedObject: { kind: 'Job', name, namespace: 'bots' },
          reason: 'FailedCreate',
          message,
        });
      return;
    }
    this.started.add(job.metadata.uid);
    const { metadata, spec } = structuredClone(job.spec.template) as Stored;
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid: job.metadata.uid, controller: true };
    this.server.create('pods', {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: `${name}-x1`, labels: metadata.labels ?? {}, ownerReferences: [owner] },
      spec,
      status: { phase: 'Pending' },
    });
  }

  private tend(type: string, pod: Stored): void {
    const { uid, name, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    if (type === 'ADDED') {
      const status = this.script(pod);
      if (status === undefined) this.begin(pod);
      else this.setStatus(pod, status);
    } else if (type === 'MODIFIED' && deletionTimestamp !== undefined) {
      const running = this.running.get(uid);
      if (running === undefined) {
        const now = this.server.get('pods', name);
        if (now?.metadata.uid === uid) this.server.put('pods', now, 'DELETED');
        return;
      }
      kill(running.child, 'SIGTERM');
      setTimeout(() => kill(running.child, 'SIGKILL'), (deletionGracePeriodSeconds ?? 1) * 1_000).unref();
    } else if (['Failed', 'Succeeded'].includes((pod.status?.phase as string | undefined) ?? ''))
      this.finish(pod);
  }

  /** A pod that is over ends its Job. */
  private finish({ metadata, status }: Stored): void {
    const [owner] = (metadata.ownerReferences ?? []) as { uid: string }[];
    const job = this.server.list('jobs', (each) => each.metadata.uid === owner?.uid)[0];
    if (job === undefined || job.spec.suspend === true || (job.status?.conditions ?? []).length > 0) return;
    const condition =
      status.phase === 'Succeeded'
        ? { type: 'Complete', status: 'True', reason: 'CompletionsReached' }
        : { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' };
    this.server.put('jobs', { ...job, status: { ...job.status, conditions: [condition] } });
  }

  /** Runs the container of a pod as a process, with its volumes in a folder. */
  private begin(pod: Stored): void {
    const { uid } = pod.metadata;
    const folder = join(this.folder, uid);
    const [container] = pod.spec.containers as [
      {
        command: string[];
        env: { name: string; value: string }[];
        workingDir: string;
        volumeMounts: { name: string; mountPath: string }[];
      },
    ];
    const place = (text: string): string => text.replaceAll('/bot/', `${folder}/`);
    for (const { name, mountPath } of container.volumeMounts)
      if (!this.fill(pod, name, place(mountPath))) {
        // What is to be mounted is not there yet.
        setTimeout(() => this.server.get('pods', pod.metadata.name) && this.begin(pod), 100).unref();
        return;
      }
    const [program = '', ...args] = container.command.map(place);
    const env = Object.fromEntries(container.env.map(({ name, value }) => [name, place(value)]));
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      cwd: place(container.workingDir),
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const lines: Running['lines'] = [];
    this.logs.set(uid, lines);
    this.running.set(uid, { child, folder, lines });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        for (const text of part.toString().split('\n')) if (text !== '') lines.push({ at: stamp(), text });
      });
    child.once('close', (code, signal) => this.ended(pod, code, signal));
    this.setStatus(pod, {
      phase: 'Running',
      conditions: [{ type: 'PodScheduled', status: 'True' }],
      containerStatuses: [{ name: 'bot', state: { running: { startedAt: new Date().toISOString() } } }],
    });
  }

  /** @returns whether what is in it was there */
  private fill(pod: Stored, volume: string, folder: string): boolean {
    const found = (pod.spec.volumes as Record<string, never>[]).find(
      ({ name }) => name === volume,
    ) as unknown as {
      secret?: { secretName: string };
      configMap?: { name: string; items: { key: string; path: string }[] };
    };
    mkdirSync(folder, { recursive: true });
    const write = (path: string, content: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), Buffer.from(content, 'base64'));
    };
    if (found.secret !== undefined) {
      const secret = this.server.get('secrets', found.secret.secretName);
      if (secret === undefined) return false;
      for (const [path, content] of Object.entries(secret['data'] as Record<string, string>))
        write(path, content);
    } else if (found.configMap !== undefined) {
      const map = this.server.get('configmaps', found.configMap.name);
      if (map === undefined) return false;
      const data = map['binaryData'] as Record<string, string>;
      for (const { key, path } of found.configMap.items) write(path, data[key] ?? '');
    }
    return true;
  }

  /** Brings changed Secrets to the pods that have them, as nodes do now and then. */
  sync(): void {
    for (const pod of this.server.list('pods')) {
      const running = this.running.get(pod.metadata.uid);
      if (running === undefined) continue;
      const [container] = pod.spec.containers as [{ volumeMounts: { name: string; mountPath: string }[] }];
      for (const { name, mountPath } of container.volumeMounts)
        this.fill(pod, name, mountPath.replaceAll('/bot/', `${running.folder}/`));
    }
  }

  private ended(pod: Stored, code: number | null, signal: NodeJS.Signals | null): void {
    const { uid, name } = pod.metadata;
    const known = this.running.get(uid);
    this.running.delete(uid);
    if (known !== undefined) rmSync(known.folder, { recursive: true, force: true });
    if (this.closed || known === undefined) return;
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    const terminated = { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
    const now = this.server.get('pods', name);
    if (now === undefined) return;
    const stored = this.server.put('pods', {
      ...now,
      status: {
        phase: exitCode === 0 ? 'Succeeded' : 'Failed',
        containerStatuses: [{ name: 'bot', state: { terminated } }],
      },
    });
    if (stored.metadata.deletionTimestamp !== undefined)
      setTimeout(() => {
        const last = this.server.get('pods', name);
        if (last?.metadata.uid === uid && !this.closed) this.server.put('pods', last, 'DELETED');
      }, 200).unref();
  }

  private logOf({ metadata }: Stored, query: URLSearchParams): string {
    const since = query.get('sinceTime') ?? '';
    const limit = Number(query.get('limitBytes') ?? Infinity);
    const last = query.get('tailLines');
    const all = (this.logs.get(metadata.uid) ?? []).filter(({ at }) => at >= since.replace('Z', ''));
    const shown = last === null ? all : all.slice(-Number(last));
    return shown
      .map(({ at, text }) => `${at} ${text}\n`)
      .join('')
      .slice(0, limit);
  }
}

let ticks = 0;

/** Times of lines of a log: RFC 3339, to the nanosecond, each later than the one before. */
function stamp(): string {
  ticks += 1;
  return `${new Date().toISOString().slice(0, -1)}${String(ticks % 1_000_000).padStart(6, '0')}Z`;
}

function kill({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone.
  }
}
