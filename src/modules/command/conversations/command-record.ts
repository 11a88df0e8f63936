import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService, AuditTally } from '../../../core/audit/index.js';
import type { Caller } from '../../../core/http/index.js';
import type { ChatCommand } from '../registry/chat-command.js';

/** What became of a command. */
export type CommandOutcome = 'done' | 'refused' | 'failed' | 'denied' | 'declined';

/** Of which command, in which conversation, for whom. */
export interface CommandCase {
  caller: Caller;
  conversation: string;
  command: ChatCommand;
  arguments: Readonly<Record<string, unknown>>;
}

/** What commands leave in the audit: those that only read are counted, the others are told of one by one, before and after. */
@Injectable()
export class CommandRecord {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
    private readonly tally: AuditTally,
  ) {}

  /** A command that changes something was confirmed, and is done next. */
  confirmed(
    manager: EntityManager,
    { caller, conversation, command, arguments: given }: CommandCase,
  ): Promise<void> {
    return this.audit.append(manager, {
      actor: caller.username,
      action: 'command.confirm',
      subject: { type: 'conversation', id: conversation },
      data: { command: command.name, effect: command.effect, arguments: given },
    });
  }

  /** What became of a command. @param problem the code of what was wrong */
  async ended(of: CommandCase, outcome: CommandOutcome, problem?: string): Promise<void> {
    const { caller, conversation, command } = of;
    const data = { command: command.name, outcome, ...(problem !== undefined && { problem }) };
    if (command.effect === 'read' || outcome === 'denied') {
      const subject = { type: 'user', id: caller.id };
      this.tally.add({ actor: caller.username, action: 'command.read', subject, data });
      return;
    }
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        actor: caller.username,
        action: 'command.end',
        subject: { type: 'conversation', id: conversation },
        data,
      }),
    );
  }
}
