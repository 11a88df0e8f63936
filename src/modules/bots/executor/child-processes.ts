import type { ChildProcess } from 'node:child_process';
import type { Sight } from './executor.js';

/** Exits that are remembered until somebody looks. */
const REMEMBERED = 10_000;

/** The children of this process, by instance; how those of a process before ended is not told. */
export class ChildProcesses {
  private readonly living = new Set<string>();
  private readonly exits = new Map<string, NonNullable<Sight['exit']>>();

  /** Follows a child from its start to its end. */
  follow(instance: string, child: ChildProcess): void {
    child.once('spawn', () => this.living.add(instance));
    child.once('exit', (code, signal) => this.remember(instance, code, signal));
    child.unref();
  }

  /** Whether the child of an instance has not ended. */
  lives(instance: string): boolean {
    return this.living.has(instance);
  }

  exitOf(instance: string): Sight['exit'] {
    return this.exits.get(instance);
  }

  forget(instance: string): void {
    this.exits.delete(instance);
  }

  private remember(instance: string, code: number | null, signal: string | null): void {
    this.living.delete(instance);
    this.exits.set(instance, { code, signal });
    for (const oldest of this.exits.keys()) {
      if (this.exits.size <= REMEMBERED) break;
      this.exits.delete(oldest);
    }
  }
}
