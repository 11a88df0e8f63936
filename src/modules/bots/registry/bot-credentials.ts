import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { PERMISSIONS } from '../../../core/http/index.js';
import { BotTokens } from '../../auth/index.js';
import { BotInstancesRepository } from '../reconciler/instances.repository.js';

/** Tells the guard of the API which processes of bots run, and what they may do: a token of one that has ended holds no more. */
@Injectable()
export class BotCredentials implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly tokens: BotTokens,
    private readonly instances: BotInstancesRepository,
  ) {}

  onModuleInit(): void {
    this.tokens.register(async (instance) => {
      const found = await this.instances.ofInstance(this.dataSource.manager, instance);
      if (found === undefined) return undefined;
      const permissions = PERMISSIONS.filter((each) => found.permissions.includes(each));
      return { botId: found.id, ordinal: found.ordinal, permissions };
    });
  }
}
