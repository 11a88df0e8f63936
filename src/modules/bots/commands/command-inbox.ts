import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { BotCommand } from '../registry/bot-history.entity.js';
import { BotCommandsRepository } from './bot-commands.repository.js';

/** Which bots of this process have something to take: a beat asks the database for no other. */
@Injectable()
export class CommandInbox {
  private readonly waiting = new Set<string>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: BotCommandsRepository,
  ) {}

  /** Looks once for all of them. */
  async refresh(botIds: readonly string[]): Promise<void> {
    for (const id of await this.repository.waiting(this.dataSource.manager, botIds)) this.waiting.add(id);
  }

  async take(botId: string, ordinal: number): Promise<BotCommand[]> {
    // What is for another instance is found again at the next look.
    if (!this.waiting.delete(botId)) return [];
    return this.repository.take(this.dataSource.manager, botId, ordinal);
  }
}
