import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Executor } from '../executor/executor.js';
import { BotStatesRepository } from './states.repository.js';

const LEASE_SECONDS = 15;
const RENEW_MS = 4_000;

/** The right to look after the bots of this host, which one process has at a time. */
@Injectable()
export class HostLease {
  private readonly holder = randomUUID();
  private takenAt = -Infinity;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly states: BotStatesRepository,
    private readonly executor: Executor,
  ) {}

  get isHeld(): boolean {
    return performance.now() - this.takenAt < LEASE_SECONDS * 1_000;
  }

  /** Takes the lease, or renews it in time. @param idle whether no bot is looked after @returns whether it is held */
  async take(idle: boolean): Promise<boolean> {
    const { manager } = this.dataSource;
    const asked = performance.now();
    if (asked - this.takenAt < RENEW_MS) return true;
    // Where there are no bots nobody needs to look after them.
    if (idle && !(await this.states.any(manager))) return false;
    const taken = await this.states.lease(manager, this.executor.host, this.holder, LEASE_SECONDS);
    this.takenAt = taken ? asked : -Infinity;
    return taken;
  }

  /** Keeps it, of one bot, until the transaction ends. @throws Error when another process has it: what was to be done is not done */
  async guard(manager: EntityManager, botId: string): Promise<void> {
    if (!(await this.states.holds(manager, botId, this.executor.host, this.holder)))
      throw new Error(`another process looks after ${botId} by now`);
  }

  async release(): Promise<void> {
    this.takenAt = -Infinity;
    await this.states.release(this.dataSource.manager, this.executor.host, this.holder);
  }
}
