import { setTimeout } from 'node:timers/promises';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Cluster } from './cluster.js';

const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 15_000;

interface Change<Item> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Item & { code?: number };
}

/** The list is not complete any more: what came between has been forgotten by the server. */
class Expired extends Error {}

/** Objects of one kind, kept up to date by a list and the changes that follow it. */
export class Watched<Item extends KubernetesObject> {
  private readonly items = new Map<string, Item>();
  private readonly ending = new AbortController();
  private loop: Promise<void> | undefined;
  private version: string | undefined;
  private listed = false;
  private troubledAt: number | undefined;
  private trouble: unknown;

  /**
   * @param path of the list
   * @param labelSelector which of them
   * @param seen hears of each object as it is, and of what it was last when it is gone
   */
  constructor(
    private readonly cluster: Cluster,
    private readonly path: string,
    private readonly labelSelector: string,
    private readonly seen: (item: Item) => void = () => {},
  ) {}

  /** Whether it was ever complete. */
  get isListed(): boolean {
    return this.listed;
  }

  get all(): Item[] {
    return [...this.items.values()];
  }

  /** What keeps it from being up to date, and for how many milliseconds; undefined: nothing. */
  get failing(): { ms: number; error: unknown } | undefined {
    return this.troubledAt === undefined
      ? undefined
      : { ms: performance.now() - this.troubledAt, error: this.trouble };
  }

  /** Begins, or goes on; waits for the first list, not for longer than a few seconds. */
  async begin(): Promise<void> {
    this.loop ??= this.run();
    for (let waited = 0; !this.listed && this.trouble === undefined && waited < 100; waited += 1)
      await setTimeout(50);
  }

  /** Puts in what the server has just answered, of which the stream may tell later. */
  put(item: Item): void {
    const name = item.metadata?.name;
    if (name === undefined) return;
    const known = this.items.get(name);
    if (known === undefined || versionOf(known) <= versionOf(item)) this.items.set(name, item);
  }

  remove(name: string): void {
    this.items.delete(name);
  }

  named(name: string): Item | undefined {
    return this.items.get(name);
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    let pause = PAUSE_MS;
    while (!signal.aborted) {
      try {
        if (this.version === undefined) await this.list();
        await this.follow();
        pause = PAUSE_MS;
      } catch (error) {
        if (error instanceof Expired) {
          this.version = undefined;
          continue;
        }
        if (signal.aborted) return;
        this.troubledAt ??= performance.now();
        this.trouble = error;
        await setTimeout(pause, undefined, { signal, ref: false }).catch(() => {});
        pause = Math.min(PAUSE_MAX_MS, pause * 2);
      }
    }
  }

  private async list(): Promise<void> {
    const answer = await this.cluster.read(
      this.path,
      { labelSelector: this.labelSelector },
      this.ending.signal,
    );
    const body = (await answer.json()) as { metadata?: { resourceVersion?: string }; items?: Item[] };
    if (answer.status !== 200) throw Object.assign(new Error('list'), { code: answer.status, body });
    this.items.clear();
    for (const item of body.items ?? []) this.take({ type: 'ADDED', object: item });
    this.version = body.metadata?.resourceVersion;
    this.isWell();
    this.listed = true;
  }

  /** Takes changes until the server ends the stream, which it does now and then. */
  private async follow(): Promise<void> {
    const query = {
      labelSelector: this.labelSelector,
      resourceVersion: this.version ?? '',
      allowWatchBookmarks: true,
    };
    const answer = await this.cluster.watch(this.path, query, this.ending.signal);
    if (answer.status === 410) throw new Expired();
    if (answer.status !== 200 || answer.body === null)
      throw Object.assign(new Error('watch'), { code: answer.status, body: await answer.text() });
    this.isWell();
    let rest = '';
    const decoder = new TextDecoder();
    for await (const part of answer.body) {
      const lines = (rest + decoder.decode(part as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') this.change(JSON.parse(line) as Change<Item>);
    }
  }

  private change(change: Change<Item>): void {
    const { type, object } = change;
    if (type === 'ERROR') {
      if (object.code === 410) throw new Expired();
      throw Object.assign(new Error('watch'), { code: object.code, body: object });
    }
    this.version = object.metadata?.resourceVersion ?? this.version;
    if (type !== 'BOOKMARK') this.take(change);
  }

  private take({ type, object }: Change<Item>): void {
    this.seen(object);
    if (type === 'DELETED') this.remove(object.metadata?.name ?? '');
    else this.put(object);
  }

  private isWell(): void {
    this.troubledAt = undefined;
    this.trouble = undefined;
  }
}

/** Numbers that grow, by which API servers tell the newer of two (Kubernetes 1.35; before, in practice). */
function versionOf({ metadata }: KubernetesObject): bigint {
  return /^\d+$/.test(metadata?.resourceVersion ?? '') ? BigInt(metadata?.resourceVersion ?? 0) : 0n;
}
