import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Authenticator, type Caller } from '../../../core/http/index.js';
import type { Asker } from './api-access.js';
import { CommandRecord } from './command-record.js';
import { ConversationHub } from './conversation-hub.js';
import { ConversationsRepository } from './conversations.repository.js';
import { JobWatches } from './job-watches.js';
import { PlanDeadlines } from './plan-deadlines.js';

/** Who says something, and where. */
export interface Speech extends Asker {
  caller: Caller;
  conversation: string;
  /** Waits until there is room for more of an answer. */
  room: () => Promise<void>;
}

/** What a turn works with. */
@Injectable()
export class TurnServices {
  @Inject(PlanDeadlines)
  readonly deadlines!: PlanDeadlines;

  constructor(
    @InjectDataSource() readonly dataSource: DataSource,
    readonly repository: ConversationsRepository,
    readonly hub: ConversationHub,
    readonly authenticator: Authenticator,
    readonly record: CommandRecord,
    readonly watches: JobWatches,
  ) {}
}
