import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Resumption, Run } from '../run.entity.js';
import { RunsRepository } from '../runs.repository.js';
import type { CheckpointCandidate, CheckpointKeeper } from './run-course.js';
import { RunCheckpoints } from './run-checkpoints.js';

/** Tells runs where their checkpoints are. */
@Injectable()
export class RunKeepers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly runs: RunsRepository,
    private readonly checkpoints: RunCheckpoints,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(RunKeepers.name);
  }

  of(run: Run): CheckpointKeeper {
    const { id, checkpoint_every } = run;
    return {
      every: checkpoint_every ?? this.config.checkpointEvery,
      strict: checkpoint_every !== null,
      candidates: () => this.candidates(run),
      save: (checkpoint) => this.checkpoints.save(id, checkpoint),
      resumed: (resumption) => this.resumed(id, resumption),
      goesOnLater: () => this.checkpoints.goesOnLater(id),
    };
  }

  /** A run's own, and behind them those of the run that it parted from. */
  private async candidates({ id, ticks, parent_id, branch_tick }: Run): Promise<CheckpointCandidate[]> {
    const own = await this.checkpoints.states(id, ticks);
    const trunk =
      parent_id === null || branch_tick === null ? [] : await this.checkpoints.states(parent_id, branch_tick);
    return [...own, ...trunk].map((row) => ({
      tick: row.tick,
      own: row.run_id === id,
      load: (expected, folder) => this.checkpoints.load(row, expected, folder),
    }));
  }

  private async resumed(id: string, resumption: Resumption): Promise<void> {
    const { tick, skipped } = resumption;
    for (const each of skipped)
      this.logger.warn({ run_id: id, ...each }, 'a checkpoint could not be used; the run begins before it');
    this.logger.info({ run_id: id, tick }, 'the run goes on from a checkpoint');
    await this.checkpoints.forgetAfter(id, tick);
    await this.runs.noteResumption(this.dataSource.manager, id, resumption);
  }
}
