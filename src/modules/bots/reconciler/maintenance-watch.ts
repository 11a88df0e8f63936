import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { ConditionTold } from '../executor/executor.js';
import type { BotMaintenance } from '../registry/bot.entity.js';
import { BotsRepository } from '../registry/bots.repository.js';
import type { Crew } from './crew.js';

/** Knows which bots are left as they are. */
@Injectable()
export class MaintenanceWatch {
  private ofAll: BotMaintenance | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bots: BotsRepository,
  ) {}

  async refresh(): Promise<void> {
    this.ofAll = await this.bots.maintenance(this.dataSource.manager);
  }

  /** Why nothing is done with a bot; undefined: it is looked after. */
  pauseOf({ bot }: Crew): ConditionTold | undefined {
    if (this.ofAll !== undefined) {
      const { reason, begun_by } = this.ofAll;
      return told('GlobalMaintenance', `${begun_by} leaves all bots as they are${reason && `: ${reason}`}`);
    }
    return bot.paused ? told('Maintenance', 'it is left as it is: neither reconciled nor healed') : undefined;
  }
}

function told(reason: string, message: string): ConditionTold {
  return { type: 'Paused', status: 'true', reason, message };
}
