import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import {
  acquireEmbeddedPostgres,
  embeddedPostgresStatus,
  type EmbeddedPostgres,
} from '../../src/core/database/embedded/index.js';
import { findServer } from '../../src/core/database/embedded/server.js';
import { PROJECT_ROOT } from '../../src/core/project.js';

export const IS_ROOT = process.getuid?.() === 0;
/** The user and group that stand for an ordinary user in tests that root runs. */
export const NOBODY = 65534;
const HOLDER = join(PROJECT_ROOT, 'test', 'support', 'postgres-holder.mjs');

/** What a holder says; see postgres-holder.mjs. */
export interface HolderEvent {
  event: 'ready' | 'released' | 'failed' | 'log' | 'interrupted';
  ownerUrl: string;
  applicationUrl: string;
  port: number;
  pid: number;
  line: string;
  code: string;
  message: string;
}

/** A process that holds a share in a server. */
export class Holder {
  private readonly events: HolderEvent[] = [];
  private readonly closed: Promise<unknown>;
  private wake: () => void = () => undefined;
  private errors = '';

  constructor(readonly child: ChildProcess) {
    this.closed = once(child, 'close').then(() => this.wake());
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.events.push(JSON.parse(line) as HolderEvent);
        this.wake();
      });
  }

  /** The first event of a kind, once it has been said. */
  async said(event: HolderEvent['event']): Promise<HolderEvent> {
    for (;;) {
      const found = this.events.find((candidate) => candidate.event === event);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`ended before "${event}": ${JSON.stringify(this.events)} ${this.errors}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async release(): Promise<void> {
    this.child.stdin?.end('release\n');
    await this.said('released');
    await this.closed;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed;
  }
}

/** A data folder of a test's own, the servers of which end with it. */
export class Laboratory {
  /** Everything of this laboratory is below here. */
  readonly root = mkdtempSync(join(tmpdir(), 'azt3knet-pg-'));
  readonly dataDir: string;
  /** Where root's servers live instead of /var/lib; any user can pass. */
  readonly rootHomes: string[];
  private readonly holders: Holder[] = [];

  constructor(name = 'data') {
    chmodSync(this.root, 0o755);
    this.dataDir = join(this.root, name);
    this.rootHomes = [join(this.root, 'homes')];
    mkdirSync(this.rootHomes[0]!, { mode: 0o755 });
  }

  /** Takes a share in this process. */
  acquire(dataDir = this.dataDir, log: (line: string) => void = () => undefined): Promise<EmbeddedPostgres> {
    return acquireEmbeddedPostgres({ dataDir, rootHomes: this.rootHomes, log });
  }

  /** Starts another process that takes a share. */
  hold(options: SpawnOptions = {}, dataDir = this.dataDir): Holder {
    const argument = JSON.stringify({ dataDir, rootHomes: this.rootHomes });
    const holder = new Holder(
      spawn(process.execPath, [HOLDER, argument], { cwd: '/', stdio: 'pipe', ...options }),
    );
    this.holders.push(holder);
    return holder;
  }

  /** The process id of the server, undefined when none runs. */
  serverPid(): number | undefined {
    return embeddedPostgresStatus(this.dataDir).server?.pid;
  }

  /** Where the cluster and, for root, its home are. */
  home(): string {
    const settings = JSON.parse(readFileSync(join(this.dataDir, 'postgres.json'), 'utf8')) as {
      external_home?: string;
    };
    return settings.external_home ?? join(this.dataDir, 'postgres');
  }

  /** Every cluster below here, whether or not its data folder still names it. */
  clusters(): string[] {
    const homes = this.rootHomes.flatMap((base) => readdirSync(base).map((name) => join(base, name)));
    const clusters = [join(this.dataDir, 'postgres'), ...homes].map((home) => join(home, 'cluster'));
    return clusters.filter((cluster) => existsSync(cluster));
  }

  async close(): Promise<void> {
    await Promise.all(this.holders.map((holder) => holder.kill()));
    await Promise.all(this.clusters().map(endServer));
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function endServer(cluster: string): Promise<void> {
  const server = findServer(cluster);
  if (server === undefined) return;
  process.kill(server.pid, 'SIGQUIT');
  await gone(server.pid);
}

/** Runs statements on one connection, and returns the rows of the last. */
export async function query(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** Whether a process lives; one that nobody has waited for yet does not. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync('/proc/self/stat') || !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

/** Waits until something is so. */
export async function until(question: () => boolean, forMs = 10_000): Promise<void> {
  const deadline = performance.now() + forMs;
  while (!question()) {
    if (performance.now() > deadline) throw new Error(`not so after ${forMs} ms: ${String(question)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits until a process has ended. */
export function gone(pid: number): Promise<void> {
  return until(() => !lives(pid));
}
