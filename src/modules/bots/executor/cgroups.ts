import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlueprintManifest } from '../blueprints/manifest.js';
import type { ConditionTold } from './executor.js';

const ROOT = '/sys/fs/cgroup';
const PERIOD = 100_000;

type Resources = BlueprintManifest['resources'];

/** A folder of the kernel that limits what is in it, and what is to be written there. */
interface Group {
  folder: string;
  limits: readonly (readonly [file: string, value: string])[];
}

/** Control groups of bots, of both versions of the kernel's interface; where there are none, nothing. */
export class ControlGroups {
  /** @param name of the group of all bots of a host */
  constructor(private readonly name: string) {}

  /** Puts a process and all that it will start into a group of its slot. @param slot its name */
  add(slot: string, pid: number, resources: Resources): ConditionTold {
    const applied: string[] = [];
    for (const { folder, limits } of this.groups(slot, resources)) {
      try {
        mkdirSync(folder, { recursive: true });
        for (const [file, value] of limits) writeFileSync(join(folder, file), value);
        writeFileSync(join(folder, 'cgroup.procs'), String(pid));
        applied.push(...limits.map(([file]) => file));
      } catch {
        // Told below: what is not there does not limit.
      }
    }
    return applied.length === 0
      ? {
          type: 'ControlGroup',
          status: 'false',
          reason: 'NotWritable',
          message: 'this machine gives it no control group: its CPU time is not limited',
        }
      : {
          type: 'ControlGroup',
          status: 'true',
          reason: 'Limited',
          message: `the kernel limits it by ${applied.join(', ')}`,
        };
  }

  /** The processes in the groups of a slot, those that left its session included. */
  members(slot: string): number[] {
    const pids = this.folders(slot).flatMap((folder) => {
      try {
        return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n');
      } catch {
        return [];
      }
    });
    return [...new Set(pids.filter((pid) => pid !== '').map(Number))];
  }

  /** Removes the groups of a slot in which nothing runs. */
  remove(slot: string): void {
    for (const folder of this.folders(slot)) removeFolder(folder);
  }

  /** Removes the group of all bots, when none is left. */
  close(): void {
    for (const folder of this.folders('.')) removeFolder(folder);
  }

  private folders(slot: string): string[] {
    const places = isUnified() ? [ROOT] : ['memory', 'pids', 'cpu'].map((each) => join(ROOT, each));
    return places.map((place) => join(place, this.name, slot)).filter((folder) => existsSync(folder));
  }

  private groups(slot: string, { memory_mb, processes, cpu }: Resources): Group[] {
    const bytes = String(memory_mb * 2 ** 20);
    const quota = String(Math.max(1_000, Math.round(cpu * PERIOD)));
    const folder = (...place: string[]): string => join(ROOT, ...place, this.name, slot);
    if (isUnified()) {
      const limits = [
        ['memory.max', bytes],
        ['pids.max', String(processes)],
        ['cpu.max', `${quota} ${PERIOD}`],
      ] as const;
      this.delegate();
      return [{ folder: folder(), limits }];
    }
    return [
      { folder: folder('memory'), limits: [['memory.limit_in_bytes', bytes]] },
      { folder: folder('pids'), limits: [['pids.max', String(processes)]] },
      { folder: folder('cpu'), limits: [['cpu.cfs_quota_us', quota]] },
    ];
  }

  /** Version 2 gives a group only the controllers that its parent passes on. */
  private delegate(): void {
    for (const folder of [ROOT, join(ROOT, this.name)]) {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'cgroup.subtree_control'), '+memory +pids +cpu');
      } catch {
        // Whoever owns the machine has said otherwise.
      }
    }
  }
}

function isUnified(): boolean {
  return existsSync(join(ROOT, 'cgroup.controllers'));
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something runs in it, or another process was faster.
  }
}
