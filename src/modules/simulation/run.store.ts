import { randomBytes } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../core/config/index.js';

/** The folders of runs, below the data folder. A folder that has the run's name is whole. */
@Injectable()
export class RunStore {
  private readonly root: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.root = join(config.dataDir, 'runs');
  }

  /** Where a file of a completed run is. */
  path(runId: string, file: string): string {
    return join(this.root, runId, file);
  }

  async exists(runId: string, file: string): Promise<boolean> {
    return access(this.path(runId, file)).then(
      () => true,
      () => false,
    );
  }

  /** A new folder to write a run into. */
  async openScratch(runId: string): Promise<string> {
    const folder = join(this.root, `.${runId}.${randomBytes(6).toString('hex')}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** Gives a written folder the run's name, in place of what an attempt that did not commit may have left. */
  async publish(runId: string, scratch: string): Promise<void> {
    const folder = join(this.root, runId);
    await rm(folder, { recursive: true, force: true });
    await rename(scratch, folder);
  }

  /** Removes the files of a run. */
  async remove(runId: string): Promise<void> {
    await rm(join(this.root, runId), { recursive: true, force: true });
  }

  async discard(scratch: string): Promise<void> {
    await rm(scratch, { recursive: true, force: true });
  }
}
