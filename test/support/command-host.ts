import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { Program, type Ended } from './program.js';

const HOST = join(PROJECT_ROOT, 'test', 'support', 'command-host.mjs');
/** As many as run at the same time. */
const HOSTS = 2;

/** A standard stream of a host. */
class Spoken {
  text = '';
  private hear: () => void = () => undefined;

  constructor(stream: Readable | null) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
      this.hear();
    });
  }

  /** What was said before `end`, which is the last. */
  async upTo(end: string): Promise<string> {
    while (!this.text.endsWith(end)) await new Promise<void>((resolve) => (this.hear = resolve));
    const said = this.text.slice(0, -end.length);
    this.text = '';
    return said;
  }
}

/** A process that carries out one command after another: most of what a command costs is the start of its process. */
class CommandHost {
  private readonly child: ChildProcess;
  private readonly stdout: Spoken;
  private readonly stderr: Spoken;
  private readonly ready: Promise<unknown>;
  private readonly died: Promise<never>;
  private last: Promise<unknown> = Promise.resolve();
  waiting = 0;

  constructor() {
    this.child = fork(HOST, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
    this.stdout = new Spoken(this.child.stdout);
    this.stderr = new Spoken(this.child.stderr);
    this.ready = once(this.child, 'message');
    this.died = once(this.child, 'exit').then(([code]) => {
      throw new Error(`a command ended the process of all with ${String(code)}: ${this.stderr.text}`);
    });
    // Who waits for a command hears of it; nobody else has to.
    this.died.catch(() => undefined);
  }

  /** Carries out a command when those before it have ended. */
  async run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
    this.waiting += 1;
    const run = this.last.then(() => this.carryOut(args, cwd, env));
    this.last = run.catch(() => undefined);
    try {
      return await run;
    } finally {
      this.waiting -= 1;
    }
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private async carryOut(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
    const { child, ready, died, stdout, stderr } = this;
    await Promise.race([ready, died]);
    const id = randomUUID();
    const told = Promise.all([once(child, 'message'), stdout.upTo(`\0${id}\0`), stderr.upTo(`\0${id}\0`)]);
    child.send({ id, args, cwd, env });
    const [[answer], out, err] = await Promise.race([told, died]);
    return { code: (answer as { code: number }).code, stdout: out, stderr: err };
  }
}

const hosts: CommandHost[] = [];

/** The host with the least to do. */
function freeHost(): CommandHost {
  const [least] = hosts.toSorted((a, b) => a.waiting - b.waiting);
  if (least !== undefined && (least.waiting === 0 || hosts.length === HOSTS)) return least;
  const host = new CommandHost();
  hosts.push(host);
  return host;
}

afterAll(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.end()));
});

/**
 * The built program for tests of what commands do. `run` shares few processes among all commands of the test file; what is
 * about processes (signals, input, an early end) is for `start` and `runWith`, or for a {@link Program}.
 */
export class HostedProgram extends Program {
  override run(...args: string[]): Promise<Ended> {
    return freeHost().run(args, this.dataDir, this.environmentOfProcess());
  }
}
