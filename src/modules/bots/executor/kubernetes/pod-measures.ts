import type { Cluster } from './cluster.js';
import { LABELS, OURS } from './objects.js';

const EVERY_MS = 15_000;

interface PodMetrics {
  metadata: { labels?: Record<string, string> };
  containers: { usage: { cpu: string; memory: string } }[];
}

interface Usage {
  cores: number;
  memoryMb: number;
  cpuSeconds: number;
}

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A quantity of Kubernetes as a number: `250m`, `12345678n`, `64Mi`. */
function quantity(text: string): number {
  const [, digits = '0', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? 1);
}

/** What pods use, as the metrics API of a cluster tells it; a cluster without one tells nothing. */
export class PodMeasures {
  private readonly usages = new Map<string, Usage>();
  private at = -Infinity;
  private countedAt = performance.now();
  /** Whether the cluster tells. */
  known = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
  ) {}

  async refresh(): Promise<void> {
    const now = performance.now();
    const seconds = (now - this.countedAt) / 1_000;
    this.countedAt = now;
    // What is told is a rate; who asks counts time.
    for (const usage of this.usages.values()) usage.cpuSeconds += usage.cores * seconds;
    if (now - this.at < EVERY_MS) return;
    this.at = now;
    try {
      const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${this.namespace}/pods`;
      const answer = await this.cluster.read(path, { labelSelector: OURS });
      this.known = answer.status === 200;
      const body = this.known ? ((await answer.json()) as { items: PodMetrics[] }) : { items: [] };
      this.take(body.items);
    } catch {
      this.known = false;
    }
  }

  of(instance: string): { cpuSeconds: number; memoryMb: number } {
    return this.usages.get(instance) ?? { cpuSeconds: 0, memoryMb: 0 };
  }

  private take(items: readonly PodMetrics[]): void {
    const present = new Set<string>();
    for (const { metadata, containers } of items) {
      const instance = metadata.labels?.[LABELS.instance] ?? '';
      present.add(instance);
      const cores = containers.reduce((sum, { usage }) => sum + quantity(usage.cpu), 0);
      const bytes = containers.reduce((sum, { usage }) => sum + quantity(usage.memory), 0);
      const before = this.usages.get(instance)?.cpuSeconds ?? 0;
      this.usages.set(instance, { cores, memoryMb: bytes / 2 ** 20, cpuSeconds: before });
    }
    for (const instance of this.usages.keys()) if (!present.has(instance)) this.usages.delete(instance);
  }
}
