import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { removeDataDir } from './data-dir.js';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built program with a data folder of its own, as a person would start it. */
export class Program {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'azt3knet-e2e-'));

  /** @param environment what it finds there beside PATH; it listens on a free port unless this says another */
  constructor(private readonly environment: Record<string, string> = {}) {
    writeFileSync(join(this.dataDir, '.env'), 'AZT3KNET_DATA_DIR=data\nAPI_PORT=0\n');
  }

  /** Starts `azt3knet …`, or with `main` the server. */
  start(
    args: readonly string[],
    entry: 'cli' | 'main' = 'cli',
    stdin: 'ignore' | 'pipe' = 'ignore',
  ): ChildProcess {
    return spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'program', `${entry}.js`), ...args], {
      cwd: this.dataDir,
      env: this.environmentOfProcess(),
      stdio: [stdin, 'pipe', 'pipe'],
    });
  }

  /** Runs `azt3knet …` to its end with this on its standard input. */
  async runWith(input: string, ...args: string[]): Promise<Ended> {
    const child = this.start(args, 'cli', 'pipe');
    child.stdin?.end(input);
    return ended(child);
  }

  /** Runs `azt3knet …` to its end. */
  async run(...args: string[]): Promise<Ended> {
    return ended(this.start(args));
  }

  /** All that its processes find in their environment. */
  protected environmentOfProcess(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      XDG_CACHE_HOME: join(PROJECT_ROOT, 'node_modules', '.cache'),
      XDG_CONFIG_HOME: join(this.dataDir, 'config'),
      ...this.environment,
    };
  }

  remove(): void {
    removeDataDir(join(this.dataDir, 'data'));
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** Collects what a process prints until it ends. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** Resolves with the text so far once `pattern` has been printed on standard output. */
export async function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve(text);
    });
    child.once('close', (code) =>
      reject(new Error(`ended with ${code} before printing ${String(pattern)}: ${text}`)),
    );
  });
}
