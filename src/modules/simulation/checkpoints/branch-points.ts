import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ticksAsked } from '../deciders/deciders.schema.js';
import { TurnsRepository } from '../deciders/turns.repository.js';
import type { RunWithStatus } from '../runs.repository.js';
import { SimulationError } from '../simulation.errors.js';
import { RunCheckpoints } from './run-checkpoints.js';

/** What branches take over from the runs that they part from. */
@Injectable()
export class BranchPoints {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly checkpoints: RunCheckpoints,
    private readonly turns: TurnsRepository,
  ) {}

  /** What was decided outside before a branch is the other's, and has to be there. @throws SimulationError `decisions_missing` */
  async require({ id, definition }: RunWithStatus, at: number): Promise<void> {
    const asked = ticksAsked(definition.model === 'feedsim' ? [] : (definition.deciders ?? []), at);
    const settled = asked === 0 ? 0 : await this.turns.settledBefore(this.dataSource.manager, id, at);
    if (settled >= asked) return;
    const message = `is a tick that run ${id} has come to: not all of its ticks before ${at} are decided yet`;
    throw new SimulationError('conflict', 'decisions_missing', `at ${message}`, [{ field: 'at', message }]);
  }

  /** Keeps the checkpoint that a branch begins at, and gives it what was decided before. */
  async take(manager: EntityManager, from: string, to: string, at: number): Promise<void> {
    await this.checkpoints.pin(manager, from, at);
    await this.turns.copy(manager, from, to, at);
  }
}
