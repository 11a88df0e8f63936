import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../src/core/project.js';

/** A case of FeedSim; `ticks` are those after the warm-up. */
export interface Case {
  readonly seed: number;
  readonly agents: number;
  readonly ticks: number;
  readonly threads: number;
}

/** How long the ticks after the warm-up took. */
export interface Measured {
  readonly milliseconds: number;
}

const SOURCES = join(PROJECT_ROOT, 'bench', 'baselines');

function answerOf(command: string, args: readonly (string | number)[]): Measured & { checksum?: number } {
  const { status, stdout, stderr } = spawnSync(command, args.map(String), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

/** The baseline in C++, built for this machine; it gives the same checksums. */
export class CppBaseline {
  private constructor(private readonly folder: string) {}

  /** Nothing where there is no g++. */
  static build(): CppBaseline | undefined {
    if (spawnSync('g++', ['--version']).status !== 0) return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-feedsim-'));
    const source = join(SOURCES, 'feedsim.cpp');
    const options = ['-std=c++17', '-O3', '-march=native', '-pthread', '-w'];
    const { status, stderr } = spawnSync('g++', [...options, source, '-o', join(folder, 'feedsim')]);
    if (status === 0) return new CppBaseline(folder);
    rmSync(folder, { recursive: true });
    throw new Error(`g++ ended with ${status}: ${stderr.toString()}`);
  }

  run(variant: 'plain' | 'tuned', { seed, agents, ticks, threads }: Case): Measured & { checksum?: number } {
    return answerOf(join(this.folder, 'feedsim'), [variant, agents, ticks, threads, seed]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The baseline in JavaScript with objects. */
export function runObjects({ agents, ticks, seed }: Case): Measured {
  return answerOf(process.execPath, [join(SOURCES, 'feedsim-objects.mjs'), agents, ticks, seed]);
}

/** The baseline in Mesa; nothing where Python has none. */
export function runMesa({ agents, ticks, seed }: Case): Measured | undefined {
  if (spawnSync('python3', ['-c', 'import mesa']).status !== 0) return undefined;
  return answerOf('python3', [join(SOURCES, 'feedsim_mesa.py'), agents, ticks, seed]);
}
