import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CheckpointCandidate,
  CheckpointKeeper,
} from '../../src/modules/simulation/checkpoints/run-course.js';
import type { NewCheckpoint } from '../../src/modules/simulation/checkpoints/run-checkpoints.js';
import type { Resumption } from '../../src/modules/simulation/run.entity.js';

/** Checkpoints of a run in a folder, as a run keeps them. */
export class CheckpointShelf implements CheckpointKeeper {
  readonly strict = true;
  readonly kept: NewCheckpoint[] = [];
  readonly resumptions: Resumption[] = [];
  /** What a run is to begin from, the first that can be used. */
  offered: CheckpointCandidate[] = [];

  constructor(
    private readonly folder: string,
    readonly every: number,
  ) {}

  candidates(): Promise<CheckpointCandidate[]> {
    return Promise.resolve(this.offered);
  }

  async save(checkpoint: NewCheckpoint): Promise<void> {
    const events = join(this.folder, `kept-${this.kept.length}.bin`);
    await copyFile(checkpoint.events, events);
    this.kept.push({ ...checkpoint, events });
  }

  resumed(resumption: Resumption): Promise<void> {
    this.resumptions.push(resumption);
    return Promise.resolve();
  }

  goesOnLater(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** A checkpoint of a tick, as a run may go on from it. */
  candidate(tick: number, own = true): CheckpointCandidate {
    const segments: string[] = [];
    let state: Uint8Array | undefined;
    for (let at = tick; at > 0;) {
      const found = this.kept.find(({ head }) => head.tick === at);
      if (found === undefined) throw new Error(`no checkpoint of tick ${at}`);
      state ??= found.state;
      segments.unshift(found.events);
      at = found.from;
    }
    return { tick, own, load: () => Promise.resolve({ state: state ?? new Uint8Array(0), segments }) };
  }
}
